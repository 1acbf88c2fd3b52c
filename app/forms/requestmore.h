// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "browser/fetchrequest.h"
#include "widgets/pill.h"

class QActionGroup;

namespace rt {

/// The choices of fetch() that are needed seldom, folded into one pill: redirect, cache,
/// referrerPolicy. What differs from the default stands on the pill.
class RequestMore final : public PillButton
{
    Q_OBJECT

public:
    explicit RequestMore(const Theme &theme, QWidget *parent = nullptr);

    void writeTo(FetchRequest &request) const;
    void readFrom(const FetchRequest &request);

signals:
    void choiceChanged();

private:
    QActionGroup *addChoice(QMenu &menu, const QString &title, const QByteArrayList &names);
    static int chosen(const QActionGroup *group);
    static void choose(QActionGroup *group, int index);
    void showChoices();

    QActionGroup *m_redirect;
    QActionGroup *m_cache;
    QActionGroup *m_referrerPolicy;
};

} // namespace rt
