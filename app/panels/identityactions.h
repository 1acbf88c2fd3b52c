// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "lab/credential.h"
#include "widgets/theme.h"

#include <QWidget>

#include <array>

class QAction;
class QMenu;
class QPushButton;

namespace rt {

class LabConfig;

/// What can be done with a credential, as buttons; each says in its tool tip what it does, or why
/// it cannot be done.
class IdentityActions : public QWidget
{
    Q_OBJECT

public:
    /// What a new signature is made with.
    enum class SignWith { LabKey, PublicKey, OtherSecret, Nothing };

    explicit IdentityActions(const Theme &theme, QWidget *parent = nullptr);

    void show(const Credential &credential, const LabConfig &config, bool edited);

signals:
    void sendRequested();
    void resetRequested();
    void flipRequested();
    void signRequested(rt::IdentityActions::SignWith with);
    void guessRequested();
    void rotateRequested();
    void dropKeysRequested();
    void revokeRequested();
    void expireRequested();

private:
    QPushButton *add(const char *name, const QString &text, void (IdentityActions::*signal)());
    QMenu *makeSignMenu();
    void offer(QPushButton &button, bool possible, const QString &help);

    const Theme &m_theme;
    QPushButton *m_send;
    QPushButton *m_reset;
    QPushButton *m_flip;
    QPushButton *m_sign;
    QPushButton *m_guess;
    std::array<QAction *, 4> m_signWith {};
    QPushButton *m_rotate;
    QPushButton *m_dropKeys;
    QPushButton *m_revoke;
    QPushButton *m_expire;
};

} // namespace rt
