// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "browser/corspreflight.h"

#include "browser/fieldvalue.h"
#include "http/messagewriter.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace rt {

namespace {

QByteArray lineOf(const HeaderList &headers, const QByteArray &name)
{
    const auto value = headers.get(name);
    return value ? name + ": " + *value : QByteArray();
}

CorsVerdict statusVerdict(const ResponseHead &response)
{
    if (response.status >= 200 && response.status <= 299)
        return {CorsReason::Passed, {}, {}, u"Fetch, CORS-preflight fetch, step 7"_s};
    return {CorsReason::PreflightStatus,
            QByteArray::number(response.status),
            {},
            u"Fetch, CORS-preflight fetch, step 7"_s};
}

/// Reads both lists into `permission`.
CorsVerdict readLists(const HeaderList &headers, PreflightPermission &permission)
{
    const auto methods = tokenList(headers.get("Access-Control-Allow-Methods").value_or(""));
    if (!methods)
        return {CorsReason::InvalidAllowMethods,
                {},
                lineOf(headers, "Access-Control-Allow-Methods"),
                u"Fetch, CORS-preflight fetch, step 7.3"_s};
    const auto names = tokenList(headers.get("Access-Control-Allow-Headers").value_or(""));
    if (!names)
        return {CorsReason::InvalidAllowHeaders,
                {},
                lineOf(headers, "Access-Control-Allow-Headers"),
                u"Fetch, CORS-preflight fetch, step 7.3"_s};
    permission.methods = *methods;
    for (const QByteArray &name : *names)
        permission.headers.append(name.toLower());
    return {};
}

} // namespace

QByteArrayList PreflightQuestion::unsafeNames() const
{
    QByteArrayList names;
    for (const UnsafeHeader &header : unsafeHeaders)
        names.append(header.name);
    return names;
}

PreflightQuestion preflightQuestion(const QByteArray &method, const HeaderList &headers)
{
    PreflightQuestion question;
    question.method = method;
    question.unsafeHeaders = corsUnsafeRequestHeaders(headers);
    const bool byMethod = !isCorsSafelistedMethod(method);
    if (byMethod)
        question.need = question.unsafeHeaders.empty() ? PreflightNeed::Method
                                                       : PreflightNeed::MethodAndHeaders;
    else if (!question.unsafeHeaders.empty())
        question.need = PreflightNeed::Headers;
    return question;
}

QByteArray preflightNeedId(PreflightNeed need)
{
    switch (need) {
    case PreflightNeed::NotNeeded:
        return "preflight.NotNeeded";
    case PreflightNeed::Method:
        return "preflight.NeededForMethod";
    case PreflightNeed::Headers:
        return "preflight.NeededForHeaders";
    case PreflightNeed::MethodAndHeaders:
        return "preflight.NeededForMethodAndHeaders";
    }
    return {};
}

QString preflightNeedSentence(const PreflightQuestion &question)
{
    const QString method = QString::fromLatin1(question.method);
    const QString names = QString::fromLatin1(question.unsafeNames().join(", "));
    switch (question.need) {
    case PreflightNeed::NotNeeded:
        return QStringLiteral(
                   "%1 with these headers is what an HTML form could send: no preflight.")
            .arg(method);
    case PreflightNeed::Method:
        return QStringLiteral("%1 is not GET, HEAD or POST: the browser asks first.").arg(method);
    case PreflightNeed::Headers:
        return QStringLiteral("The browser asks first because of %1.").arg(names);
    case PreflightNeed::MethodAndHeaders:
        return QStringLiteral("The browser asks first because of the method %1 and of %2.")
            .arg(method, names);
    }
    return {};
}

std::optional<QByteArrayList> tokenList(QByteArrayView value)
{
    QByteArrayList tokens;
    for (const QByteArray &member : value.toByteArray().split(',')) {
        const QByteArray token = trimBlanks(member).toByteArray();
        if (token.isEmpty())
            continue;
        if (!isToken(token))
            return std::nullopt;
        tokens.append(token);
    }
    return tokens;
}

bool PreflightPermission::allowsMethod(const QByteArray &method) const
{
    if (isCorsSafelistedMethod(method) || methods.contains(method))
        return true;
    return credentials != CredentialsMode::Include && methods.contains("*");
}

bool PreflightPermission::allowsHeader(const QByteArray &lowerCaseName) const
{
    if (headers.contains(lowerCaseName))
        return true;
    return credentials != CredentialsMode::Include && headers.contains("*");
}

bool PreflightPermission::allowsAuthorizationByWildcard() const
{
    return allowsHeader("authorization") && !headers.contains("authorization");
}

namespace {

QByteArrayList namesToCheck(const PreflightQuestion &question)
{
    const QByteArrayList unsafe = question.unsafeNames();
    if (question.checkOrder.isEmpty())
        return unsafe;
    QByteArrayList names;
    for (const QByteArray &name : question.checkOrder) {
        if (unsafe.contains(name.toLower()))
            names.append(name.toLower());
    }
    return names;
}

} // namespace

CorsVerdict checkPermission(const PreflightPermission &permission,
                            const PreflightQuestion &question)
{
    if (!permission.allowsMethod(question.method))
        return {CorsReason::MethodNotAllowed,
                question.method,
                {},
                u"Fetch, CORS-preflight fetch, step 7.5"_s};
    for (const QByteArray &name : namesToCheck(question)) {
        if (!permission.allowsHeader(name))
            return {
                CorsReason::HeaderNotAllowed, name, {}, u"Fetch, CORS-preflight fetch, step 7.6"_s};
    }
    return {CorsReason::Passed, {}, {}, u"Fetch, CORS-preflight fetch, step 7"_s};
}

PreflightCheck checkPreflight(const ResponseHead &response, const QByteArray &origin,
                              CredentialsMode credentials, const PreflightQuestion &question)
{
    PreflightCheck check;
    check.permission.credentials = credentials;
    const HeaderList &headers = response.headers;
    if (isRedirectStatus(response.status) && headers.contains("Location")) {
        check.verdict = {CorsReason::PreflightRedirect, QByteArray::number(response.status),
                         lineOf(headers, "Location"), u"Fetch, CORS-preflight fetch, step 6"_s};
        return check;
    }
    check.verdict = corsCheck(origin, credentials, headers);
    if (check.verdict.passed())
        check.verdict = statusVerdict(response);
    if (check.verdict.passed())
        check.verdict = readLists(headers, check.permission);
    if (!check.verdict.passed())
        return check;
    check.verdict = checkPermission(check.permission, question);
    if (check.verdict.reason == CorsReason::MethodNotAllowed)
        check.verdict.evidence = lineOf(headers, "Access-Control-Allow-Methods");
    else if (check.verdict.reason == CorsReason::HeaderNotAllowed)
        check.verdict.evidence = lineOf(headers, "Access-Control-Allow-Headers");
    return check;
}

bool isRedirectStatus(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

} // namespace rt
