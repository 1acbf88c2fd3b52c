// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/credentialverdict.h"

#include "base/hmac.h"
#include "http/cookiesignature.h"
#include "lab/credentialjwt.h"
#include "lab/credentialtext.h"
#include "lab/labconfig.h"

#include <QUrl>

namespace rt {

namespace {

using Kind = Credential::Kind;
using Role = CredentialPart::Role;
using Outcome = CredentialCheck::Outcome;

QStringList texts(const JsValue &value)
{
    QStringList list;
    for (const JsValue &one : value.isArray() ? value.items() : QList<JsValue> {value}) {
        if (one.isTruthy())
            list.append(one.asText());
    }
    return list;
}

const CredentialPart *partOf(const std::vector<CredentialPart> &parts, Role role)
{
    for (const CredentialPart &part : parts) {
        if (part.role == role)
            return &part;
    }
    return nullptr;
}

/// npm keygrip: HMAC-SHA-1 of name=value in base64url without padding.
QByteArray keygripSignature(const Credential &credential, const QString &key)
{
    return hmac(HashAlgorithm::Sha1, key.toUtf8(), credential.name + '=' + credential.text)
        .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

void add(CredentialVerdict &verdict, const char *id, Outcome outcome, const QString &sentence)
{
    verdict.checks.push_back({id, outcome, sentence});
}

QString keyName(int key, qsizetype count)
{
    return count == 1
        ? CredentialText::tr("The lab's key made this signature.")
        : CredentialText::tr("Key %1 of %2 made this signature.").arg(key + 1).arg(count);
}

/// Which key made the signature of a cookie session; says so in the verdict.
bool checkKeygrip(const Credential &credential, const QStringList &keys, CredentialVerdict &verdict)
{
    const QByteArray digest = credential.signature.value_or(QByteArray());
    for (int i = 0; i < keys.size() && verdict.key < 0; ++i) {
        if (equalInConstantTime(keygripSignature(credential, keys.at(i)), digest))
            verdict.key = i;
    }
    const QString name = QString::fromUtf8(credential.name);
    if (verdict.key < 0) {
        add(verdict, "cookieSession.BadSignature", Outcome::Failed,
            CredentialText::tr("No key of the lab made this signature. The server begins an empty "
                               "session and deletes %1.sig.")
                .arg(name));
        return false;
    }
    add(verdict, "cookieSession.Verified", Outcome::Passed, keyName(verdict.key, keys.size()));
    if (verdict.key > 0)
        add(verdict, "cookieSession.Resigned", Outcome::Note,
            CredentialText::tr("It is an older key: the server accepts it and signs %1.sig anew "
                               "with the first one.")
                .arg(name));
    return true;
}

bool checkCookieSignature(const Credential &credential, const LabConfig &config,
                          CredentialVerdict &verdict)
{
    if (config.setting("server.cookieSession.signed") == JsValue(false)) {
        add(verdict, "cookieSession.Unsigned", Outcome::Note,
            CredentialText::tr("Signing is off: the server believes whatever stands in it."));
        return true;
    }
    if (!credential.signature) {
        add(verdict, "cookieSession.NoSignature", Outcome::Failed,
            CredentialText::tr("There is no cookie %1.sig, so the server begins an empty session.")
                .arg(QString::fromUtf8(credential.name)));
        return false;
    }
    return checkKeygrip(credential, keysFor(credential, config), verdict);
}

void checkExpiry(const Credential &credential, qint64 now, CredentialVerdict &verdict)
{
    if (credential.expiresAt && *credential.expiresAt <= now)
        add(verdict, "cookie.Expired", Outcome::Note,
            CredentialText::tr("The browser has dropped the cookie by now and does not send it. "
                               "Its content would still count."));
}

CredentialVerdict judgeCookieSession(const Credential &credential, const LabConfig &config,
                                     qint64 now)
{
    CredentialVerdict verdict;
    const bool isSigned = checkCookieSignature(credential, config, verdict);
    const std::vector<CredentialPart> parts = takeApart(credential);
    const CredentialPart &payload = *partOf(parts, Role::Payload);
    const bool readable = payload.problem.isEmpty();
    if (!isSigned)
        add(verdict, "cookieSession.Content", Outcome::NotReached,
            CredentialText::tr("What stands in it is not looked at any more."));
    else if (readable)
        add(verdict, "cookieSession.Content", Outcome::Passed,
            CredentialText::tr("It holds base64 JSON, which becomes req.session."));
    else
        add(verdict, "cookieSession.Unreadable", Outcome::Failed,
            CredentialText::tr("It holds no base64 JSON, so the server begins an empty session."));
    verdict.accepted = isSigned && readable;
    checkExpiry(credential, now, verdict);
    return verdict;
}

/// connect.sid and what res.cookie(…, {signed: true}) makes: npm cookie-signature.
CredentialVerdict judgeSigned(const Credential &credential, const LabConfig &config, qint64 now)
{
    CredentialVerdict verdict;
    const QString plain = QString::fromUtf8(QByteArray::fromPercentEncoding(credential.text));
    const QStringList keys = keysFor(credential, config);
    for (int i = 0; i < keys.size() && verdict.key < 0; ++i) {
        if (plain.startsWith(u"s:") && unsignCookieValue(plain.mid(2), keys.at(i)))
            verdict.key = i;
    }
    const bool isSession = credential.kind == Kind::SessionId;
    verdict.accepted = verdict.key >= 0;
    if (verdict.accepted)
        add(verdict, isSession ? "session.Verified" : "cookies.Verified", Outcome::Passed,
            keyName(verdict.key, keys.size()));
    else if (keys.isEmpty())
        add(verdict, isSession ? "session.NoSecret" : "cookies.NoSecret", Outcome::Failed,
            CredentialText::tr("The lab has no secret for it, so nothing can be checked."));
    else
        add(verdict, isSession ? "session.BadSignature" : "cookies.BadSignature", Outcome::Failed,
            isSession ? CredentialText::tr("No secret of the lab made this signature. The server "
                                           "makes a new session with a new id.")
                      : CredentialText::tr("No secret of the lab made this signature, so "
                                           "req.signedCookies has false here."));
    if (isSession && verdict.accepted)
        add(verdict, "session.Store", Outcome::Note,
            CredentialText::tr(
                "Everything else is kept at the server: only its store knows whether "
                "this id still counts. Send it to find out."));
    checkExpiry(credential, now, verdict);
    return verdict;
}

} // namespace

CredentialVerdict judge(const Credential &credential, const LabConfig &config, qint64 now)
{
    switch (credential.kind) {
    case Kind::CookieSession:
        return judgeCookieSession(credential, config, now);
    case Kind::SessionId:
    case Kind::SignedCookie:
        return judgeSigned(credential, config, now);
    case Kind::Jwt:
        return judgeJwt(credential, config, now);
    }
    Q_UNREACHABLE();
}

Result<Credential> signedAgain(const Credential &credential, const LabConfig &config,
                               const std::optional<QString> &secret)
{
    if (credential.kind == Kind::Jwt)
        return jwtSignedAgain(credential, config, secret);
    const QStringList keys = secret ? QStringList {*secret} : keysFor(credential, config);
    if (keys.isEmpty())
        return failure(CredentialText::tr("The lab has no key to sign this with."));
    Credential made = credential;
    if (credential.kind == Kind::CookieSession) {
        made.signature = keygripSignature(credential, keys.first());
        return made;
    }
    const std::vector<CredentialPart> parts = takeApart(credential);
    const QString value = QString::fromUtf8(partOf(parts, Role::Id)->raw);
    made.text = QUrl::toPercentEncoding(QStringLiteral("s:") + signCookieValue(value, keys.first()),
                                        "!*'()");
    return made;
}

QByteArray keyPath(const Credential &credential, const LabConfig &config)
{
    switch (credential.kind) {
    case Kind::CookieSession:
        return config.setting("server.cookieSession.keys").isNullish()
                && !config.setting("server.cookieSession.secret").isNullish()
            ? QByteArray("server.cookieSession.secret")
            : QByteArray("server.cookieSession.keys");
    case Kind::SessionId:
        return "server.session.secret";
    case Kind::SignedCookie:
        return "server.cookies.secret";
    case Kind::Jwt:
        return "server.jwt.secret";
    }
    Q_UNREACHABLE();
}

QStringList keysFor(const Credential &credential, const LabConfig &config)
{
    return texts(config.setting(keyPath(credential, config)));
}

} // namespace rt
