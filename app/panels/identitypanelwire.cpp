// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "panels/identitypanel.h"

#include "capture/capturestore.h"
#include "lab/authmodes.h"
#include "lab/command.h"
#include "lab/labsession.h"
#include "models/callrequest.h"
#include "models/labdocument.h"
#include "selection.h"

#include <QInputDialog>
#include <QRandomGenerator>

#include <algorithm>

namespace rt {

// The half of IdentityPanel that acts on the lab: jar, keys, clock and requests.

using Kind = Credential::Kind;

namespace {

JsValue object(std::initializer_list<std::pair<QString, QByteArray>> members)
{
    JsValue value = JsValue::object();
    for (const auto &[name, text] : members) {
        if (!text.isEmpty())
            value.insert(name, JsValue(QString::fromUtf8(text)));
    }
    return value;
}

QString newKey()
{
    QByteArray bytes(24, '\0');
    for (char &byte : bytes)
        byte = static_cast<char>(QRandomGenerator::system()->bounded(256));
    return QString::fromLatin1(
        bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

} // namespace

FetchRequest IdentityPanel::requestFor(const Credential &credential) const
{
    FetchRequest request;
    const CallRecord *call = m_store ? m_store->call(m_selection.call()) : nullptr;
    const bool usable = call && call->path != "/login" && call->path != "/logout"
        && call->url.startsWith(virtualOrigin("api"));
    if (usable) {
        request = requestOf(*call);
    } else {
        request.page = m_document.config().setting("client.page").toString().toUtf8();
        request.url = virtualOrigin("api") + "/me";
    }
    if (!credential.isCookie()) {
        request.headers.remove("Authorization");
        request.headers.append("Authorization", "Bearer " + credential.text);
    } else if (request.api != "raw" && request.page != virtualOrigin("api")) {
        request.credentials = CredentialsMode::Include;
    }
    return request;
}

void IdentityPanel::putIntoJar(const Credential &credential)
{
    const auto put = [this, &credential](const QByteArray &name, const QByteArray &value) {
        JsValue edit = object({{QStringLiteral("edit"), name},
                               {QStringLiteral("domain"), credential.domain},
                               {QStringLiteral("path"), credential.path}});
        edit.insert(QStringLiteral("value"), JsValue(QString::fromUtf8(value)));
        if (const auto done = m_lab.run({"cookie", edit}); !done)
            emit said(done.error().message);
    };
    put(credential.name, credential.text);
    if (credential.kind != Kind::CookieSession)
        return;
    const QByteArray name = credential.name + ".sig";
    const auto &jar = m_lab.browserState().cookies;
    const bool held = std::any_of(jar.begin(), jar.end(),
                                  [&name](const auto &cookie) { return cookie.name == name; });
    if (credential.signature)
        put(name, *credential.signature);
    else if (held)
        std::ignore = m_lab.run({"cookie", object({{QStringLiteral("delete"), name}})});
}

void IdentityPanel::send()
{
    if (!m_edited)
        return;
    if (m_edited->isCookie())
        putIntoJar(*m_edited);
    emit sendRequested(requestFor(*m_edited));
}

void IdentityPanel::signAgain(IdentityActions::SignWith with)
{
    using SignWith = IdentityActions::SignWith;
    const LabConfig &config = m_document.config();
    std::optional<QString> secret;
    if (with == SignWith::Nothing)
        return adopt(unsignedToken(*m_edited));
    if (with == SignWith::PublicKey)
        secret = publicKeyText(config);
    if (with == SignWith::OtherSecret) {
        bool chosen = false;
        secret = QInputDialog::getText(this, tr("Sign with another secret"),
                                       tr("The secret, as an attacker would have it:"),
                                       QLineEdit::Normal, m_guessed, &chosen);
        if (!chosen)
            return;
    }
    const auto made = signedAgain(*m_edited, config, secret);
    if (!made)
        return emit said(made.error().message);
    adopt(*made);
}

void IdentityPanel::guessSecret()
{
    m_guessed = guessedSecret(*m_edited);
    JsValue act = JsValue::object();
    act.insert(QStringLiteral("name"), JsValue(QStringLiteral("jwt.crack")));
    act.insert(QStringLiteral("argument"), JsValue(m_guessed));
    std::ignore = m_lab.run({"act", act});
    emit said(m_guessed.isEmpty()
                  ? tr("No word of the list made this signature.")
                  : tr("The secret is \u201c%1\u201d: it stands in every attacker's list. "
                       "Now anybody can sign.")
                        .arg(m_guessed));
}

void IdentityPanel::rotateKeys(bool keepOld)
{
    const QStringList old = keysFor(*m_edited, m_document.config());
    const QByteArray path = m_edited->kind == Kind::CookieSession
        ? QByteArray("server.cookieSession.keys")
        : keyPath(*m_edited, m_document.config());
    JsValue value;
    if (m_edited->kind == Kind::Jwt)
        value = JsValue(newKey());
    else
        value = JsValue::stringArray(keepOld ? QStringList {newKey()} + old
                                             : QStringList {old.first()});
    if (const auto done = m_document.setOption(path, value); !done)
        emit said(done.error().message);
    else
        m_selection.selectOption(path);
}

void IdentityPanel::revoke()
{
    if (m_edited->isCookie())
        putIntoJar(*m_edited);
    FetchRequest request = requestFor(*m_edited);
    request.method = "POST";
    request.url = virtualOrigin("api") + "/logout";
    request.body.clear();
    request.hasBody = false;
    emit sendRequested(request);
}

void IdentityPanel::expire()
{
    const std::vector<CredentialTime> times = timesOf(*m_edited);
    const auto end = std::find_if(times.begin(), times.end(), [](const CredentialTime &time) {
        return time.claim == "exp" || time.claim == "expires";
    });
    const qint64 left = end == times.end() ? 0 : end->at - m_lab.now();
    if (left <= 0) {
        emit said(tr("It is over already."));
        return;
    }
    JsValue arguments = JsValue::object();
    arguments.insert(QStringLiteral("milliseconds"), JsValue(left + 1000));
    if (const auto done = m_lab.run({"advance", arguments}); !done)
        emit said(done.error().message);
}

/// Gives the lab a login when it has none, and uses it.
void IdentityPanel::logIn()
{
    LabConfig config = m_document.config();
    if (authMode(config) == AuthMode::None) {
        const std::pair<const char *, JsValue> settings[]
            = {{"server.cookieSession.keys", JsValue::stringArray({newKey()})},
               {"server.cookieSession.enabled", JsValue(true)}};
        for (const auto &[path, value] : settings) {
            auto changed = config.withSetting(path, value);
            if (!changed)
                return emit said(changed.error().message);
            config = std::move(*changed);
        }
        m_document.setConfig(config, tr("Login by cookie session"));
    }
    FetchRequest request;
    request.page = virtualOrigin("api");
    request.url = virtualOrigin("api") + "/login";
    request.method = "POST";
    request.headers.append("Content-Type", "application/json");
    request.body = R"({"email":"test@example.com","password":"123456"})";
    request.hasBody = true;
    emit sendRequested(request);
}

} // namespace rt
