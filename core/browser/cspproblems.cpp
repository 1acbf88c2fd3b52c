// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "browser/cspproblems.h"

#include "browser/fieldvalue.h"

#include <QRegularExpression>

namespace rt {

namespace {

QString text(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes);
}

bool isSourceList(QByteArrayView name)
{
    return name.endsWith("-src") || name.endsWith("-src-elem") || name.endsWith("-src-attr")
        || isOneOf(name, {"base-uri", "form-action"});
}

bool isKeyword(QByteArrayView source)
{
    return isOneOf(source,
                   {"'self'", "'unsafe-inline'", "'unsafe-eval'", "'unsafe-hashes'",
                    "'wasm-unsafe-eval'", "'wasm-eval'", "'strict-dynamic'", "'report-sample'",
                    "'inline-speculation-rules'"});
}

/// A query or fragment in a path, which Chromium leaves out.
QString pathProblem(const QByteArray &name, const QByteArray &source)
{
    const qsizetype authority = source.indexOf("://");
    const qsizetype slash = source.indexOf('/', authority < 0 ? 0 : authority + 3);
    const QByteArray path = slash < 0 ? QByteArray() : source.mid(slash);
    const bool query = path.contains('?');
    if (!query && !path.contains('#'))
        return {};
    return QStringLiteral("The source list for Content Security Policy directive '%1' contains a "
                          "source with an invalid path: '%2'. %3, will be ignored.")
        .arg(text(name), text(path),
             query ? QStringLiteral("The query component, including the '?'")
                   : QStringLiteral("The fragment identifier, including the '#'"));
}

QString sourceProblem(const QByteArray &name, const QByteArray &source)
{
    if (isCspDirective(source.toLower()))
        return QStringLiteral(
                   "The Content-Security-Policy directive '%1' contains '%2' as a source "
                   "expression. Did you want to add it as a directive and forget a "
                   "semicolon?")
            .arg(text(name), text(source));
    if (!isCspSource(source))
        return QStringLiteral("The source list for the Content Security Policy directive '%1' "
                              "contains an invalid source: '%2'. It will be ignored.")
            .arg(text(name), text(source));
    return pathProblem(name, source);
}

QString ancestorProblem(const QByteArray &source)
{
    const bool supported
        = equalsIgnoringCase(source, "'self'") || (!source.startsWith('\'') && isCspSource(source));
    return supported
        ? QString()
        : QStringLiteral("The Content-Security-Policy directive 'frame-ancestors' does "
                         "not support the source expression '%1'")
              .arg(text(source));
}

/// Chromium then does not read the directive at all.
QString charactersProblem(const CspDirective &directive)
{
    const auto isPlain = [](char c) { return c >= 0x21 && c <= 0x7e; };
    const bool plain
        = std::all_of(directive.values.begin(), directive.values.end(), [&](const QByteArray &v) {
              return std::all_of(v.begin(), v.end(), isPlain);
          });
    return plain ? QString()
                 : QStringLiteral(
                       "The value for the Content-Security-Policy directive '%1' contains one or "
                       "more invalid characters. In a source expression, non-whitespace characters "
                       "outside ASCII 0x21-0x7E must be Punycode-encoded, as described in RFC 3492 "
                       "(https://tools.ietf.org/html/rfc3492), if part of the hostname and "
                       "percent-encoded, as described in RFC 3986, section 2.1 "
                       "(http://tools.ietf.org/html/rfc3986#section-2.1), if part of the path.")
                       .arg(text(directive.name));
}

QString noneProblem(const QByteArray &name)
{
    return QStringLiteral("The Content-Security-Policy directive '%1' contains the keyword 'none' "
                          "alongside with other source expressions. The keyword 'none' must be the "
                          "only source expression in the directive value, otherwise it is ignored.")
        .arg(text(name));
}

QStringList listProblems(const CspDirective &directive)
{
    QStringList problems;
    const bool ancestors = directive.name == "frame-ancestors";
    bool none = false;
    for (const QByteArray &source : directive.values) {
        if (equalsIgnoringCase(source, "'none'")) {
            none = true;
            continue;
        }
        const QString problem
            = ancestors ? ancestorProblem(source) : sourceProblem(directive.name, source);
        if (!problem.isEmpty())
            problems.append(problem);
    }
    const bool others
        = std::any_of(directive.values.begin(), directive.values.end(),
                      [](const QByteArray &v) { return !equalsIgnoringCase(v, "'none'"); });
    if (none && others)
        problems.append(noneProblem(directive.name));
    return problems;
}

} // namespace

bool isCspDirective(QByteArrayView name)
{
    return isOneOf(name, {"base-uri",        "block-all-mixed-content",
                          "child-src",       "connect-src",
                          "default-src",     "fenced-frame-src",
                          "font-src",        "form-action",
                          "frame-ancestors", "frame-src",
                          "img-src",         "manifest-src",
                          "media-src",       "object-src",
                          "plugin-types",    "report-to",
                          "report-uri",      "require-trusted-types-for",
                          "sandbox",         "script-src",
                          "script-src-attr", "script-src-elem",
                          "style-src",       "style-src-attr",
                          "style-src-elem",  "treat-as-public-address",
                          "trusted-types",   "upgrade-insecure-requests",
                          "worker-src"});
}

bool isCspSource(const QByteArray &source)
{
    static const QRegularExpression secret(
        QStringLiteral("^'(nonce|sha256|sha384|sha512)-[A-Za-z0-9+/_-]+={0,2}'$"),
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression scheme(QStringLiteral("^[A-Za-z][A-Za-z0-9+.-]*:$"));
    static const QRegularExpression host(
        QStringLiteral("^([A-Za-z][A-Za-z0-9+.-]*://)?"
                       "(\\*|(\\*\\.)?[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*)(:([0-9]+|\\*))?(/.*)?$"));
    const QString candidate = text(source);
    return source == "*" || isKeyword(source) || secret.match(candidate).hasMatch()
        || scheme.match(candidate).hasMatch() || host.match(candidate).hasMatch();
}

bool isCspDirectiveName(QByteArrayView name)
{
    return std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
            || c == '-';
    });
}

QStringList cspProblems(const CspDirective &directive)
{
    const QString characters = charactersProblem(directive);
    if (!characters.isEmpty())
        return {characters};
    if (isSourceList(directive.name) || directive.name == "frame-ancestors")
        return listProblems(directive);
    if (directive.name == "upgrade-insecure-requests" && !directive.values.isEmpty())
        return {QStringLiteral("The Content Security Policy directive 'upgrade-insecure-requests' "
                               "should be empty, but was delivered with a value of '%1'. The "
                               "directive has been applied, and the value ignored.")
                    .arg(text(directive.values.join(' ')))};
    if (directive.name == "plugin-types")
        return {QStringLiteral("The Content-Security-Policy directive 'plugin-types' has been "
                               "removed from the specification. If you want to block plugins, "
                               "consider specifying \"object-src 'none'\" instead.")};
    return {};
}

QString cspDuplicate(const QByteArray &name)
{
    return QStringLiteral("Ignoring duplicate Content-Security-Policy directive '%1'.")
        .arg(text(name));
}

QString cspUnknown(const QByteArray &name)
{
    return QStringLiteral("Unrecognized Content-Security-Policy directive '%1'.").arg(text(name));
}

QString cspBadName(const QByteArray &name)
{
    return QStringLiteral(
               "The Content-Security-Policy directive name '%1' contains one or more "
               "invalid characters. Only ASCII alphanumeric characters or dashes '-' are "
               "allowed in directive names.")
        .arg(text(name));
}

} // namespace rt
