// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "browser/request.h"

namespace rt {

QByteArray destinationName(Destination destination)
{
    switch (destination) {
    case Destination::Empty:
        return "empty";
    case Destination::Document:
        return "document";
    case Destination::Iframe:
        return "iframe";
    case Destination::Image:
        return "image";
    case Destination::Script:
        return "script";
    case Destination::Style:
        return "style";
    case Destination::WebSocket:
        return "websocket";
    }
    return {};
}

QByteArray modeName(RequestMode mode)
{
    switch (mode) {
    case RequestMode::Cors:
        return "cors";
    case RequestMode::NoCors:
        return "no-cors";
    case RequestMode::SameOrigin:
        return "same-origin";
    case RequestMode::Navigate:
        return "navigate";
    }
    return {};
}

QByteArray credentialsName(CredentialsMode credentials)
{
    switch (credentials) {
    case CredentialsMode::Omit:
        return "omit";
    case CredentialsMode::SameOrigin:
        return "same-origin";
    case CredentialsMode::Include:
        return "include";
    }
    return {};
}

bool Request::includesCredentials() const
{
    switch (credentials) {
    case CredentialsMode::Omit:
        return false;
    case CredentialsMode::SameOrigin:
        return isSameOrigin() && !tainted && !corsFlag;
    case CredentialsMode::Include:
        break;
    }
    // A credentialless page leaves them out of no-cors requests to other origins.
    const bool credentialless = client.embedderPolicy == EmbedderPolicy::Credentialless
        && mode == RequestMode::NoCors && !isSameOrigin();
    return !credentialless;
}

} // namespace rt
