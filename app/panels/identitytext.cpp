// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "panels/identitytext.h"

#include <QCoreApplication>

namespace rt {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("identity", text);
}

QString kindText(Credential::Kind kind)
{
    switch (kind) {
    case Credential::Kind::CookieSession:
        return tr("cookie session");
    case Credential::Kind::SessionId:
        return tr("session id");
    case Credential::Kind::SignedCookie:
        return tr("signed cookie");
    case Credential::Kind::Jwt:
        return tr("JSON Web Token");
    }
    return {};
}

QString placeText(Credential::Place place)
{
    switch (place) {
    case Credential::Place::Jar:
        return tr("in the jar");
    case Credential::Place::RequestCookie:
        return tr("sent with this request");
    case Credential::Place::ResponseCookie:
        return tr("set by this answer");
    case Credential::Place::Authorization:
        return tr("in Authorization");
    case Credential::Place::ResponseBody:
        return tr("in this answer's body");
    case Credential::Place::Pasted:
        return tr("pasted");
    }
    return {};
}

} // namespace

QString credentialTitle(const Credential &credential)
{
    const QString what
        = QStringLiteral("%1, %2").arg(kindText(credential.kind), placeText(credential.place));
    return credential.isCookie()
        ? QString::fromUtf8(credential.name) + QStringLiteral(" \u00b7 ") + what
        : what;
}

} // namespace rt
