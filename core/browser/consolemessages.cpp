// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "browser/consolemessages.h"

namespace rt::console {

namespace {

QString text(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes);
}

/// What "Access to KIND at" calls it.
QString kindOf(Destination destination)
{
    switch (destination) {
    case Destination::Script:
        return QStringLiteral("script");
    case Destination::Style:
        return QStringLiteral("CSS stylesheet");
    case Destination::Image:
        return QStringLiteral("image");
    case Destination::Empty:
    case Destination::Document:
    case Destination::Iframe:
    case Destination::WebSocket:
        break;
    }
    return QStringLiteral("fetch");
}

const char *messageOf(CorsReason reason)
{
    switch (reason) {
    case CorsReason::Passed:
        return "";
    case CorsReason::NoAllowOrigin:
        return "No 'Access-Control-Allow-Origin' header is present on the requested resource.";
    case CorsReason::WildcardWithCredentials:
        return "The value of the 'Access-Control-Allow-Origin' header in the response must not be "
               "the "
               "wildcard '*' when the request's credentials mode is 'include'.";
    case CorsReason::MultipleAllowOrigin:
        return "The 'Access-Control-Allow-Origin' header contains multiple values '%1', but only "
               "one is "
               "allowed. Have the server send the header with a valid value.";
    case CorsReason::InvalidAllowOrigin:
        return "The 'Access-Control-Allow-Origin' header contains the invalid value '%1'. Have the "
               "server send the header with a valid value.";
    case CorsReason::OriginMismatch:
        return "The 'Access-Control-Allow-Origin' header has a value '%1' that is not equal to the "
               "supplied origin. Have the server send the header with a valid value.";
    case CorsReason::CredentialsNotAllowed:
        return "The value of the 'Access-Control-Allow-Credentials' header in the response is '%1' "
               "which must be 'true' when the request's credentials mode is 'include'.";
    case CorsReason::PreflightStatus:
        return "It does not have HTTP ok status.";
    case CorsReason::PreflightRedirect:
        return "Redirect is not allowed for a preflight request.";
    case CorsReason::InvalidAllowMethods:
        return "Cannot parse Access-Control-Allow-Methods response header field in preflight "
               "response.";
    case CorsReason::InvalidAllowHeaders:
        return "Cannot parse Access-Control-Allow-Headers response header field in preflight "
               "response.";
    case CorsReason::MethodNotAllowed:
        return "Method %1 is not allowed by Access-Control-Allow-Methods in preflight response.";
    case CorsReason::HeaderNotAllowed:
        return "Request header field %1 is not allowed by Access-Control-Allow-Headers in "
               "preflight "
               "response.";
    case CorsReason::RedirectContainsCredentials:
        return "Redirect location '' contains a username and password, which is disallowed for "
               "cross-origin requests.";
    case CorsReason::DisabledScheme:
        return "Cross origin requests are only supported for protocol schemes: chrome, "
               "chrome-experimental-site-token-provider, chrome-extension, chrome-untrusted, data, "
               "http, "
               "https, isolated-app.";
    }
    return "";
}

QString cspEnd(const CspViolation &violation, bool framing)
{
    if (framing)
        return violation.reportOnly()
            ? QStringLiteral("The violation has been logged, but no further action has been taken.")
            : QStringLiteral("The request has been blocked.");
    return violation.reportOnly()
        ? QStringLiteral("The policy is report-only, so the violation has been logged but no "
                         "further action has been taken.")
        : QStringLiteral("The action has been blocked.");
}

QString cspSubjectText(const CspSubject &subject)
{
    const QString url = text(subject.url.href());
    switch (subject.use) {
    case CspUse::Connect:
        return QStringLiteral("Connecting to '%1'").arg(url);
    case CspUse::Script:
        return QStringLiteral("Loading the script '%1'").arg(url);
    case CspUse::Style:
        return QStringLiteral("Loading the stylesheet '%1'").arg(url);
    case CspUse::Image:
        return QStringLiteral("Loading the image '%1'").arg(url);
    case CspUse::Frame: // the console does not tell a page where the frame of another went
        return QStringLiteral("Framing '%1'")
            .arg(subject.self.sameOrigin(Origin::of(subject.url))
                     ? url
                     : text(subject.url.origin()) + QLatin1Char('/'));
    case CspUse::FrameAncestors:
        return QStringLiteral("Framing '%1/'").arg(text(subject.self.serialize()));
    case CspUse::FormAction:
        return QStringLiteral("Sending form data to '%1'").arg(url);
    case CspUse::BaseUri:
        return QStringLiteral("Setting the document's base URI to '%1'").arg(url);
    case CspUse::InlineScript:
        return QStringLiteral("Executing inline script");
    case CspUse::InlineStyle:
        return QStringLiteral("Applying inline style");
    }
    return {};
}

} // namespace

QString corsBlocked(const Request &request, const CorsVerdict &verdict, bool onPreflight)
{
    QString message = QString::fromLatin1(messageOf(verdict.reason));
    if (chromiumCorsError(verdict.reason, true).startsWith("Preflight") && onPreflight)
        message.prepend(
            QStringLiteral("Response to preflight request doesn't pass access control check: "));
    message.replace(QStringLiteral("%1"), text(verdict.parameter));
    QString where = QLatin1Char('\'') + text(request.url.href()) + QLatin1Char('\'');
    if (request.redirectCount > 0)
        where += QStringLiteral(" (redirected from '%1')").arg(text(request.firstUrl.href()));
    return QStringLiteral("Access to ") + kindOf(request.destination) + QStringLiteral(" at ")
        + where + QStringLiteral(" from origin '") + text(request.client.origin.serialize())
        + QStringLiteral("' has been blocked by CORS policy: ") + message;
}

QString failedToLoad(const QByteArray &netError)
{
    return QStringLiteral("Failed to load resource: ") + text(netError);
}

QString badStatus(int status, const QByteArray &reasonPhrase)
{
    return QStringLiteral("Failed to load resource: the server responded with a status of %1 (%2)")
        .arg(QString::number(status), text(reasonPhrase));
}

QString schemeNotSupported(const Url &url)
{
    return QStringLiteral("Fetch API cannot load %1. URL scheme \"%2\" is not supported.")
        .arg(text(url.href()), text(url.scheme));
}

QString modeIsSameOrigin(const Url &url, const QByteArray &origin)
{
    return QStringLiteral("Fetch API cannot load %1. Request mode is \"same-origin\" but the URL's "
                          "origin is not same as the request origin %2.")
        .arg(text(url.href()), text(origin));
}

QString redirectModeInNoCors(const Url &url)
{
    return QStringLiteral(
               "Fetch API cannot load %1. Request mode is \"no-cors\" but the redirect mode "
               "is not \"follow\".")
        .arg(text(url.href()));
}

QString leavesOrigin(const Url &url, const Url &page)
{
    return QStringLiteral(
               "Unsafe attempt to load URL %1 from frame with URL %2. Domains, protocols and "
               "ports must match.\n")
        .arg(text(url.href()), text(page.href()));
}

QString mixedContent(const Url &page, const Url &url, Destination destination)
{
    if (destination == Destination::WebSocket)
        return QStringLiteral(
                   "Mixed Content: The page at '%1' was loaded over HTTPS, but attempted to "
                   "connect to the insecure WebSocket endpoint '%2'. This request has been "
                   "blocked; this endpoint must be available over WSS.")
            .arg(text(page.href()), text(url.href()));
    const auto kind = [&] {
        switch (destination) {
        case Destination::Script:
            return "script";
        case Destination::Style:
            return "stylesheet";
        case Destination::Image:
            return "image";
        case Destination::Iframe:
            return "frame";
        case Destination::Empty:
        case Destination::Document:
        case Destination::WebSocket:
            break;
        }
        return "resource";
    }();
    return QStringLiteral(
               "Mixed Content: The page at '%1' was loaded over HTTPS, but requested an "
               "insecure %2 '%3'. This request has been blocked; the content must be served "
               "over HTTPS.")
        .arg(text(page.href()), QString::fromLatin1(kind), text(url.href()));
}

QString mixedPicture(const Url &page, const Url &url, bool upgraded)
{
    const QString end = upgraded
        ? QStringLiteral("automatically upgraded to HTTPS, For more information see "
                         "https://blog.chromium.org/2019/10/"
                         "no-more-mixed-messages-about-https.html")
        : isIpAddress(url.host)
        ? QStringLiteral("not upgraded to HTTPS because its URL's host is an IP address.")
        : QStringLiteral("not upgraded to HTTPS because it is a local network request.");
    return QStringLiteral("Mixed Content: The page at '%1' was loaded over HTTPS, but requested an "
                          "insecure element '%2'. This request was %3")
        .arg(text(page.href()), text(url.href()), end);
}

QString mixedForm(const Url &page, const Url &url)
{
    return QStringLiteral("Mixed Content: The page at '%1' was loaded over a secure connection, "
                          "but contains a form that targets an insecure endpoint '%2'. This "
                          "endpoint should be made available over a secure connection.")
        .arg(text(page.href()), text(url.href()));
}

QString insecureDownload(const Url &url)
{
    return QStringLiteral("The file at '%1' was loaded over an insecure connection. This file "
                          "should be served over HTTPS.")
        .arg(text(url.href()));
}

QString cspInlineScript(const CspViolation &violation, const QByteArray &script)
{
    const QString fallback
        = violation.directive == "script-src" || violation.directive == "script-src-elem"
        ? QString()
        : QStringLiteral("Note also that 'script-src' was not explicitly set, so '%1' is used as a "
                         "fallback. ")
              .arg(text(violation.directive));
    return QStringLiteral("Executing inline script violates the following Content Security Policy "
                          "directive '%1'. Either the 'unsafe-inline' keyword, a hash ('%2'), or a "
                          "nonce ('nonce-...') is required to enable inline execution. %3%4")
        .arg(text(violation.text), text(cspHash(script)), fallback, cspEnd(violation, false));
}

QString cspViolation(const CspViolation &violation, const CspSubject &subject)
{
    // What the browser process checks, it words in its own way.
    const bool framing = subject.use == CspUse::Frame || subject.use == CspUse::FrameAncestors
        || subject.use == CspUse::FormAction;
    QString fallback;
    if (violation.directive != violation.effectiveDirective)
        fallback = QStringLiteral(
                       "Note that '%1' was not explicitly set, so '%2' is used as a fallback.")
                       .arg(text(violation.effectiveDirective), text(violation.directive));
    const QString end = cspEnd(violation, framing);
    QStringList parts = framing ? QStringList {end, fallback} : QStringList {fallback, end};
    parts.removeAll(QString());
    const QString reportOnly
        = framing && violation.reportOnly() ? QStringLiteral("report-only ") : QString();
    return cspSubjectText(subject) + QStringLiteral(" violates the following ") + reportOnly
        + QStringLiteral("Content Security Policy directive: \"") + text(violation.text)
        + QStringLiteral("\". ") + parts.join(QLatin1Char(' '))
        + (framing ? QStringLiteral("\n") : QString());
}

QString cspRefusedFetch(const Url &url)
{
    return QStringLiteral("Fetch API cannot load %1. Refused to connect because it violates the "
                          "document's Content Security Policy.")
        .arg(text(url.href()));
}

QString refusedFrame(const Url &url, const QByteArray &option)
{
    return QStringLiteral(
               "Refused to display '%1/' in a frame because it set 'X-Frame-Options' to '%2'.")
        .arg(text(url.origin()), text(option));
}

QString conflictingFrameOptions(const Url &url, const QByteArray &values)
{
    return QStringLiteral("Refused to display '%1/' in a frame because it set multiple "
                          "'X-Frame-Options' headers with conflicting values ('%2'). Falling back "
                          "to 'deny'.")
        .arg(text(url.origin()), text(values));
}

QString invalidFrameOption(const Url &url, const QByteArray &value)
{
    return QStringLiteral("Invalid 'X-Frame-Options' header encountered when loading '%1/': '%2' "
                          "is not a recognized directive. The header will be ignored.")
        .arg(text(url.origin()), text(value));
}

QString refusedScript(const Url &url, const QByteArray &type, bool strict)
{
    return QStringLiteral("Refused to execute script from '%1' because its MIME type ('%2') is not "
                          "executable%3.")
        .arg(text(url.href(false)), text(type),
             strict ? QStringLiteral(", and strict MIME type checking is enabled") : QString());
}

QString refusedModule(const QByteArray &type)
{
    return QStringLiteral("Failed to load module script: Expected a JavaScript-or-Wasm module "
                          "script but the server responded with a MIME type of \"%1\". Strict "
                          "MIME type checking is enforced for module scripts per HTML spec.")
        .arg(text(type));
}

QString refusedStyle(const Url &url, const QByteArray &type)
{
    return QStringLiteral("Refused to apply style from '%1' because its MIME type ('%2') is not a "
                          "supported stylesheet MIME type, and strict MIME checking is enabled.")
        .arg(text(url.href(false)), text(type));
}

QString integrityMismatch(const Url &url, const QByteArray &sha256)
{
    return QStringLiteral(
               "Failed to find a valid digest in the 'integrity' attribute for resource '%1' "
               "with computed SHA-256 integrity '%2'. The resource has been blocked.")
        .arg(text(url.href()), text(sha256));
}

QString integrityNotEligible(const Url &url)
{
    return QStringLiteral(
               "Subresource Integrity: The resource '%1' has an integrity attribute, but the "
               "response is not eligible for integrity validation.")
        .arg(text(url.href()));
}

QString integrityFailed(const Url &url)
{
    return QStringLiteral("Fetch API cannot load %1. SRI's integrity checks failed.")
        .arg(text(url.href()));
}

} // namespace rt::console
