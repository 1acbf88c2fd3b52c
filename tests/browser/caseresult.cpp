// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "caseresult.h"

#include <QRegularExpression>
#include <QStringDecoder>

#include <algorithm>
#include <cmath>

namespace caseresult {

namespace {

const QSet<QByteArray> &noise()
{
    static const QSet<QByteArray> names = {"host",
                                           "connection",
                                           "user-agent",
                                           "accept-encoding",
                                           "sec-ch-ua",
                                           "sec-ch-ua-mobile",
                                           "sec-ch-ua-platform",
                                           "sec-websocket-key",
                                           "sec-websocket-version",
                                           "sec-websocket-extensions",
                                           "cache-control",
                                           "pragma",
                                           "upgrade",
                                           "upgrade-insecure-requests",
                                           "priority"};
    return names;
}

bool isDefault(const QByteArray &name, const QByteArray &value)
{
    if (name == "accept-language")
        return value == "en-US,en;q=0.9";
    return name == "accept"
        && (value == "*/*" || value.startsWith("text/html,") || value.startsWith("image/")
            || value.startsWith("text/css,"));
}

QString withoutBoundary(const QByteArray &value)
{
    static const QRegularExpression boundary(QStringLiteral("boundary=----WebKitFormBoundary\\w+"));
    return QString::fromLatin1(value).replace(boundary, QStringLiteral("boundary={boundary}"));
}

QString keyOf(const rt::CookieNote &note)
{
    return QString::fromLatin1(note.domain + ' ' + note.path + ' ' + note.name);
}

QJsonArray texts(const QByteArrayList &list)
{
    QJsonArray out;
    for (const QByteArray &item : list)
        out.append(QString::fromLatin1(item));
    return out;
}

QJsonObject jarEntry(const rt::Cookie &cookie, qint64 nowMs)
{
    QJsonObject entry;
    entry[QStringLiteral("name")] = devToolsText(cookie.name);
    entry[QStringLiteral("value")] = devToolsText(cookie.value);
    entry[QStringLiteral("domain")] = QString::fromLatin1(cookie.domain);
    entry[QStringLiteral("hostOnly")] = cookie.hostOnly;
    entry[QStringLiteral("path")] = devToolsText(cookie.path);
    entry[QStringLiteral("secure")] = cookie.secure;
    entry[QStringLiteral("httpOnly")] = cookie.httpOnly;
    const QByteArray sameSite = rt::sameSiteName(cookie.sameSite);
    entry[QStringLiteral("sameSite")]
        = sameSite.isEmpty() ? QJsonValue() : QJsonValue(QString::fromLatin1(sameSite));
    entry[QStringLiteral("expiresIn")] = QJsonValue();
    if (cookie.expiresAt) {
        const double seconds = static_cast<double>(*cookie.expiresAt - nowMs) / 1000;
        entry[QStringLiteral("expiresIn")] = std::floor(seconds / 10 + 0.5) * 10 + 0.0;
    }
    if (!cookie.partition.isEmpty())
        entry[QStringLiteral("partitioned")] = true;
    return entry;
}

} // namespace

QString devToolsText(const QByteArray &bytes)
{
    QString out;
    qsizetype i = 0;
    while (i < bytes.size()) {
        const auto lead = static_cast<uchar>(bytes.at(i));
        const qsizetype length = lead < 0xC0 ? 1
            : lead < 0xE0                    ? 2
            : lead < 0xF0                    ? 3
            : lead < 0xF8                    ? 4
                                             : 1;
        const QByteArray piece = bytes.mid(i, length);
        if (piece.size() < length) { // nothing whole follows: this byte alone is left out
            ++i;
            continue;
        }
        QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
        const QString text = decoder(piece);
        if (!decoder.hasError())
            out += text;
        i += length;
    }
    return out;
}

QJsonObject wireEntry(const CaseNames &names, const LoggedRequest &request,
                      const QSet<QByteArray> &own)
{
    QJsonObject entry;
    entry[QStringLiteral("to")] = request.to;
    entry[QStringLiteral("method")] = QString::fromLatin1(request.method);
    entry[QStringLiteral("target")] = names.blank(QString::fromLatin1(request.target));
    QJsonObject headers;
    bool multipart = false;
    for (const auto &[name, value] : request.headers) {
        const QByteArray key = name.toLower();
        const QString text = QString::fromLatin1(value);
        if (key == "host" && text != names.authority(request.to))
            entry[QStringLiteral("host")] = names.blank(text);
        if (key == "sec-websocket-key")
            entry[QStringLiteral("websocket")] = true;
        if ((noise().contains(key) && !own.contains(key)) || key == "host" || isDefault(key, value))
            continue;
        const QString keyText = QString::fromLatin1(key);
        if (key == "user-agent" && value.startsWith("Mozilla/5.0")) {
            headers[keyText] = QStringLiteral("{user-agent}");
        } else if (key == "content-type") {
            headers[keyText] = withoutBoundary(value);
            multipart = headers[keyText].toString().contains(QStringLiteral("{boundary}"));
        } else if (headers.contains(keyText)) {
            headers[keyText]
                = headers[keyText].toString() + QStringLiteral(", ") + names.blank(text);
        } else {
            headers[keyText] = names.blank(text);
        }
    }
    if (!request.body.isEmpty()) {
        if (multipart)
            headers.remove(QStringLiteral("content-length"));
        entry[QStringLiteral("body")] = multipart ? QStringLiteral("{multipart}")
                                                  : names.blank(QString::fromLatin1(request.body));
    }
    entry[QStringLiteral("headers")] = headers;
    return entry;
}

QJsonArray rawWireEntry(const CaseNames &names, const LoggedRequest &request)
{
    QJsonArray lines;
    for (const auto &[name, value] : request.headers) {
        const QByteArray key = name.toLower();
        QString text = names.blank(withoutBoundary(value));
        if (key == "user-agent")
            text = QStringLiteral("{user-agent}");
        else if (key == "sec-ch-ua")
            text = QStringLiteral("{brands}");
        else if (key == "sec-websocket-key")
            text = QStringLiteral("{key}");
        lines.append(QString::fromLatin1(name) + QStringLiteral(": ") + text);
    }
    return lines;
}

QJsonObject fetchResult(const rt::FetchResult &result)
{
    QJsonObject out;
    if (result.outcome != rt::FetchResult::Outcome::Ok) {
        out[QStringLiteral("outcome")]
            = result.threw ? QStringLiteral("type-error") : QStringLiteral("network-error");
        out[QStringLiteral("error")] = result.exception;
        return out;
    }
    const QString type = QString::fromLatin1(result.type);
    out[QStringLiteral("outcome")] = result.readable ? QStringLiteral("ok") : type;
    out[QStringLiteral("type")] = type;
    out[QStringLiteral("status")] = result.status;
    out[QStringLiteral("statusText")] = QString::fromLatin1(result.statusText);
    out[QStringLiteral("redirected")] = result.redirected;
    out[QStringLiteral("url")] = QString::fromLatin1(result.url);
    QJsonArray headers;
    for (const rt::HeaderField &field : result.headers)
        headers.append(
            QJsonArray {QString::fromLatin1(field.name), QString::fromLatin1(field.value)});
    out[QStringLiteral("headers")] = headers;
    out[QStringLiteral("body")]
        = result.readable ? QJsonValue(QString::fromUtf8(result.body)) : QJsonValue();
    return out;
}

/// The cases' scripts and style sheets leave one mark; comments and broken ones leave none.
bool saysThatItRan(const QByteArray &script)
{
    static const QRegularExpression mark(QStringLiteral("(^|\\n|;|\\*/)\\s*window\\.__ran ?= ?1"));
    return mark.match(QString::fromUtf8(script)).hasMatch();
}

bool saysThatItApplies(const QByteArray &sheet)
{
    static const QRegularExpression mark(QStringLiteral("(^|\\}|\\*/)\\s*:root ?\\{ ?--hit: ?1"));
    return mark.match(QString::fromUtf8(sheet)).hasMatch();
}

QJsonObject loadResult(rt::ElementKind kind, const rt::ElementOutcome &outcome)
{
    using Event = rt::ElementOutcome::Event;
    QJsonObject out;
    out[QStringLiteral("outcome")]
        = outcome.event == Event::Load ? QStringLiteral("load") : QStringLiteral("error");
    switch (kind) {
    case rt::ElementKind::Script:
        out[QStringLiteral("ran")] = outcome.applied && saysThatItRan(outcome.source);
        break;
    case rt::ElementKind::Style:
        out[QStringLiteral("applied")] = outcome.applied && saysThatItApplies(outcome.source);
        break;
    case rt::ElementKind::Image:
        out[QStringLiteral("width")] = outcome.naturalWidth;
        break;
    case rt::ElementKind::Iframe: {
        // The framed document tells the page by a script of its own.
        const bool told
            = std::any_of(outcome.framedScripts.begin(), outcome.framedScripts.end(),
                          [](const QByteArray &script) { return script.contains("frame-loaded"); });
        out[QStringLiteral("outcome")] = told ? QStringLiteral("load") : QStringLiteral("blocked");
        break;
    }
    }
    return out;
}

QJsonObject netResult(const rt::FetchResult &result)
{
    QJsonObject net;
    if (result.netError.isEmpty() && result.blockedReason.isEmpty())
        return net;
    net[QStringLiteral("error")] = QString::fromLatin1(result.netError);
    if (!result.blockedReason.isEmpty())
        net[QStringLiteral("blocked")] = QString::fromLatin1(result.blockedReason);
    if (!result.chromiumCode.isEmpty())
        net[QStringLiteral("cors")] = QJsonObject {
            {QStringLiteral("error"), QString::fromLatin1(result.chromiumCode)},
            {QStringLiteral("parameter"), QString::fromLatin1(result.chromiumParameter)}};
    return net;
}

QJsonObject cookieNotes(const rt::FetchResult &result)
{
    std::vector<rt::CookieNote> withheld;
    std::copy_if(result.withheld.begin(), result.withheld.end(), std::back_inserter(withheld),
                 [](const rt::CookieNote &n) { return !n.chromiumReasons.isEmpty(); });
    std::sort(withheld.begin(), withheld.end(),
              [](const auto &a, const auto &b) { return keyOf(a) < keyOf(b); });
    QJsonArray notSent;
    for (const rt::CookieNote &note : withheld)
        notSent.append(QJsonObject {{QStringLiteral("name"), devToolsText(note.name)},
                                    {QStringLiteral("domain"), QString::fromLatin1(note.domain)},
                                    {QStringLiteral("path"), devToolsText(note.path)},
                                    {QStringLiteral("reasons"), texts(note.chromiumReasons)}});
    QJsonArray rejected;
    for (const rt::CookieNote &note : result.rejected) {
        if (note.chromiumReasons.isEmpty())
            continue;
        QString line = devToolsText(note.line);
        if (line.size() > 200)
            line = line.left(60) + QStringLiteral("...(%1)").arg(line.size());
        rejected.append(QJsonObject {{QStringLiteral("line"), line},
                                     {QStringLiteral("reasons"), texts(note.chromiumReasons)}});
    }
    QJsonObject notes;
    if (!notSent.isEmpty())
        notes[QStringLiteral("notSent")] = notSent;
    if (!rejected.isEmpty())
        notes[QStringLiteral("rejected")] = rejected;
    return notes;
}

QJsonArray jar(const std::vector<rt::Cookie> &cookies, qint64 nowMs)
{
    std::vector<std::pair<QString, QJsonObject>> entries;
    for (const rt::Cookie &cookie : cookies) {
        const QJsonObject entry = jarEntry(cookie, nowMs);
        const QStringList parts
            = {entry.value(QStringLiteral("domain")).toString(),
               cookie.hostOnly ? QStringLiteral("true") : QStringLiteral("false"),
               entry.value(QStringLiteral("path")).toString(),
               entry.value(QStringLiteral("name")).toString()};
        entries.emplace_back(parts.join(QChar(0)), entry);
    }
    std::stable_sort(entries.begin(), entries.end(),
                     [](const auto &a, const auto &b) { return a.first < b.first; });
    QJsonArray out;
    for (const auto &[key, entry] : entries)
        out.append(entry);
    return out;
}

} // namespace caseresult
