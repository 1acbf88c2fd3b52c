// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "exporters/curl.h"

#include "exporters/secrets.h"
#include "http/url.h"

#include <algorithm>

namespace rt {

namespace {

/// For a POSIX shell; what no printable ASCII can say goes into $'…', which bash, zsh and dash
/// 0.5.11 and POSIX 2024 know.
QByteArray quoted(const QByteArray &text)
{
    const bool plain = std::all_of(text.begin(), text.end(), [](char c) {
        return static_cast<uchar>(c) >= 0x20 && static_cast<uchar>(c) < 0x7f;
    });
    if (plain)
        return "'" + QByteArray(text).replace("'", "'\\''") + "'";
    QByteArray out = "$'";
    for (const char c : text) {
        const auto byte = static_cast<uchar>(c);
        if (c == '\'' || c == '\\')
            out += QByteArray("\\") + c;
        else if (byte >= 0x20 && byte < 0x7f)
            out += c;
        else
            out += "\\x" + QByteArray::number(byte, 16).rightJustified(2, '0');
    }
    return out + "'";
}

/// curl makes these itself from the URL and the data.
bool madeByCurl(const QByteArray &name)
{
    return equalsIgnoringCase(name, "Host") || equalsIgnoringCase(name, "Content-Length")
        || equalsIgnoringCase(name, "Connection");
}

QByteArray connectTo(const ExchangeRecord &exchange, const Url &url)
{
    const quint16 port
        = exchange.hasClient ? exchange.client.key.serverPort : exchange.server.key.serverPort;
    const bool loopback = url.host == "localhost" || url.host == "127.0.0.1";
    if (port == 0 || loopback)
        return {};
    return " --connect-to "
        + quoted(url.host + ":" + QByteArray::number(url.effectivePort())
                 + ":127.0.0.1:" + QByteArray::number(port));
}

} // namespace

QByteArray curlCommand(const ExchangeRecord &exchange, const ExportOptions &options)
{
    const EndReport &end = exchange.end();
    const QByteArray whole = exchange.targetOrigin + end.request.target;
    const HeaderList headers
        = options.keepSecrets ? end.request.headers : maskHeaders(end.request.headers);
    QByteArray command = "curl -i";
    if (end.request.method == "HEAD")
        command += " --head";
    else if (end.request.method != "GET" || !end.requestBody.isEmpty())
        command += " -X " + quoted(end.request.method);
    command += " " + quoted(options.keepSecrets ? whole : maskUrl(whole));
    if (const auto url = parseUrl(whole))
        command += connectTo(exchange, *url);
    for (const HeaderField &field : headers) {
        if (!madeByCurl(field.name))
            command += " \\\n  -H "
                + quoted(field.name + (field.value.isEmpty() ? ";" : ": " + field.value));
    }
    if (!end.requestBody.isEmpty()) {
        const QByteArray type = end.request.headers.get("Content-Type").value_or("");
        const QByteArray body
            = options.keepSecrets ? end.requestBody : maskBody(end.requestBody, type);
        command += " \\\n  --data-raw " + quoted(body);
    }
    if (end.request.headers.contains("Accept-Encoding"))
        command += " \\\n  --compressed";
    return command + "\n";
}

Result<QByteArray> writeCurl(const CaptureData &data, const ExportOptions &options)
{
    QByteArray script = "#!/usr/bin/env bash\n";
    for (const ExchangeRecord &exchange : data.exchanges) {
        if (exchange.kind != ExchangeRecord::Kind::Preflight
            && !exchange.request().method.isEmpty())
            script += "\n" + curlCommand(exchange, options);
    }
    return script;
}

} // namespace rt
