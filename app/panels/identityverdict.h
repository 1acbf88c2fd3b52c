// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "lab/credentialverdict.h"
#include "widgets/card.h"

namespace rt {

class CaptionLabel;
class Meter;
class Pill;

/// What the lab's server would say now: accepted or refused and by which check, how long the
/// credential still counts, and how much of a cookie's room it takes.
class IdentityVerdict : public Card
{
    Q_OBJECT

public:
    explicit IdentityVerdict(const Theme &theme, QWidget *parent = nullptr);

    /// `now`: lab time in milliseconds.
    void show(const Credential &credential, const CredentialVerdict &verdict, qint64 now);
    QString text() const;

private:
    void showTimes(const Credential &credential, qint64 now);
    void showSize(const Credential &credential);

    const Theme &m_theme;
    Pill *m_verdict;
    CaptionLabel *m_checks;
    CaptionLabel *m_times;
    Meter *m_life;
    Meter *m_size;
};

} // namespace rt
