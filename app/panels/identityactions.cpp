// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "panels/identityactions.h"

#include "lab/credentialverdict.h"
#include "lab/labconfig.h"
#include "widgets/flowlayout.h"

#include <QAction>
#include <QMenu>
#include <QPushButton>

namespace rt {

using Kind = Credential::Kind;

IdentityActions::IdentityActions(const Theme &theme, QWidget *parent)
    : QWidget(parent), m_theme(theme)
{
    auto *flow = new FlowLayout(this, 6);
    flow->setContentsMargins(0, 0, 0, 0);
    m_send = add("identity.send", tr("Send it"), &IdentityActions::sendRequested);
    m_send->setIcon(theme.icon(QStringLiteral("send"), Token::OnAccent));
    m_send->setDefault(true);
    m_flip = add("identity.flip", tr("Flip a letter"), &IdentityActions::flipRequested);
    m_sign = add("identity.sign", tr("Sign again"), nullptr);
    m_sign->setMenu(makeSignMenu());
    m_reset = add("identity.reset", tr("Undo edits"), &IdentityActions::resetRequested);
    m_rotate = add("identity.rotate", tr("New key"), &IdentityActions::rotateRequested);
    m_dropKeys = add("identity.dropKeys", tr("Drop old keys"), &IdentityActions::dropKeysRequested);
    m_guess = add("identity.guess", tr("Guess the secret"), &IdentityActions::guessRequested);
    m_revoke = add("identity.revoke", tr("Revoke"), &IdentityActions::revokeRequested);
    m_expire = add("identity.expire", tr("Let it expire"), &IdentityActions::expireRequested);
}

QPushButton *IdentityActions::add(const char *name, const QString &text,
                                  void (IdentityActions::*signal)())
{
    auto *button = new QPushButton(text, this);
    button->setObjectName(QLatin1StringView(name));
    button->setAccessibleName(text);
    button->setAutoDefault(false);
    if (signal)
        connect(button, &QPushButton::clicked, this, signal);
    layout()->addWidget(button);
    return button;
}

QMenu *IdentityActions::makeSignMenu()
{
    const std::pair<const char *, QString> entries[] = {
        {"identity.signLabKey", tr("With the lab's key, as only the server can")},
        {"identity.signPublicKey", tr("With the public key, as if it were a secret")},
        {"identity.signSecret", tr("With another secret\u2026")},
        {"identity.signNothing", tr("Not at all: algorithm none")},
    };
    auto *menu = new QMenu(m_sign);
    for (size_t i = 0; i < m_signWith.size(); ++i) {
        m_signWith[i] = menu->addAction(entries[i].second);
        m_signWith[i]->setObjectName(QLatin1StringView(entries[i].first));
        connect(m_signWith[i], &QAction::triggered, this,
                [this, i] { emit signRequested(static_cast<SignWith>(i)); });
    }
    return menu;
}

void IdentityActions::offer(QPushButton &button, bool possible, const QString &help)
{
    button.setEnabled(possible);
    button.setToolTip(help);
    button.setAccessibleDescription(help);
}

void IdentityActions::show(const Credential &credential, const LabConfig &config, bool edited)
{
    const qsizetype keys = keysFor(credential, config).size();
    const bool isToken = credential.kind == Kind::Jwt;
    offer(*m_send, true,
          credential.isCookie()
              ? tr("Puts it into the browser's jar and sends the selected request again, or GET "
                   "/me.")
              : tr("Puts it into Authorization and sends the selected request again, or GET /me."));
    offer(*m_flip, true, tr("Changes one letter of the content and leaves the signature alone."));
    offer(*m_sign, true, tr("Makes a new signature for what stands here."));
    m_signWith[0]->setEnabled(keys > 0 || isToken);
    m_signWith[1]->setVisible(isToken && !publicKeyText(config).isEmpty());
    m_signWith[3]->setVisible(isToken);
    m_guess->setVisible(isToken);
    offer(*m_guess, isToken, tr("Tries a short list of bad secrets on the signature."));
    offer(*m_reset, edited, tr("Back to what was captured."));
    offer(*m_rotate, true,
          isToken ? tr("Gives the lab a new random secret. Every token signed before is refused.")
                  : tr("Puts a new random key in front: it signs from now on, the old ones still "
                       "verify."));
    offer(*m_dropKeys, !isToken && keys > 1,
          isToken ? tr("A token has one secret at a time.")
                  : tr("Keeps the first key only: what older ones signed is refused."));
    const bool listed = config.setting("server.jwt.denylist") == JsValue(true);
    const QString revoking = credential.kind == Kind::SessionId
        ? tr("Logs out: the server forgets the session behind this id.")
        : !isToken ? tr("A signed cookie cannot be revoked: it counts until it expires or its key "
                        "goes.")
        : listed   ? tr("Logs out: the server keeps the token's jti on its deny list.")
                   : tr("Only with the deny list on (jwt.denylist) does the server remember a "
                          "logged-out token.");
    offer(*m_revoke, credential.kind == Kind::SessionId || (isToken && listed), revoking);
    offer(*m_expire, !timesOf(credential).empty(), tr("Skips lab time to just after its end."));
}

} // namespace rt
