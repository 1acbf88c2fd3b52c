// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "browser/formdata.h"

#include "base/random.h"

namespace rt {

namespace {

bool isUnreserved(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')
        || QByteArrayView("*-._").contains(c);
}

QByteArray urlEncoded(const QString &text)
{
    QByteArray out;
    for (const char c : text.toUtf8()) {
        if (isUnreserved(c))
            out += c;
        else if (c == ' ')
            out += '+';
        else
            out += '%' + QByteArray(1, c).toHex().toUpper();
    }
    return out;
}

/// Every line end becomes CR LF.
QByteArray withNetworkLines(const QString &text)
{
    QByteArray out = text.toUtf8();
    return out.replace("\r\n", "\n").replace('\r', '\n').replace('\n', "\r\n");
}

QByteArray fieldName(const QString &name)
{
    return withNetworkLines(name).replace("\r\n", "%0D%0A").replace('"', "%22");
}

QByteArray boundary(Random &random)
{
    static constexpr QByteArrayView letters
        = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789AB";
    QByteArray text = "----WebKitFormBoundary";
    for (const char c : random.bytes(16))
        text += letters[static_cast<uchar>(c) & 63];
    return text;
}

} // namespace

QByteArray urlEncodedForm(const FormFields &fields)
{
    QByteArray out;
    for (const auto &[name, value] : fields) {
        if (!out.isEmpty())
            out += '&';
        out += urlEncoded(name) + '=' + urlEncoded(value);
    }
    return out;
}

EncodedForm multipartForm(const FormFields &fields, Random &random)
{
    const QByteArray line = boundary(random);
    EncodedForm form;
    for (const auto &[name, value] : fields)
        form.body += "--" + line + "\r\nContent-Disposition: form-data; name=\"" + fieldName(name)
            + "\"\r\n\r\n" + withNetworkLines(value) + "\r\n";
    form.body += "--" + line + "--\r\n";
    form.type = "multipart/form-data; boundary=" + line;
    return form;
}

QByteArray plainTextForm(const FormFields &fields)
{
    QByteArray out;
    for (const auto &[name, value] : fields)
        out += withNetworkLines(name) + '=' + withNetworkLines(value) + "\r\n";
    return out;
}

EncodedForm encodeForm(const FormFields &fields, const QByteArray &enctype, Random &random)
{
    const QByteArray lower = enctype.toLower();
    if (lower == "multipart/form-data")
        return multipartForm(fields, random);
    if (lower == "text/plain")
        return {plainTextForm(fields), "text/plain"};
    return {urlEncodedForm(fields), "application/x-www-form-urlencoded"};
}

} // namespace rt
