// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "browser/safelist.h"

#include "browser/fieldvalue.h"

#include <algorithm>

namespace rt {

namespace {

constexpr qsizetype maximumValueBytes = 128;
constexpr qsizetype maximumSafelistBytes = 1024;

/// https://fetch.spec.whatwg.org/#cors-unsafe-request-header-byte
bool isUnsafeByte(char c)
{
    const auto byte = static_cast<uchar>(c);
    return (byte < 0x20 && byte != '\t') || byte == 0x7F
        || QByteArrayView("\"():<>?@[\\]{}").contains(c);
}

bool isLanguageByte(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')
        || QByteArrayView(" *,-.;=").contains(c);
}

bool hasUnsafeByte(QByteArrayView value)
{
    return std::any_of(value.begin(), value.end(), isUnsafeByte);
}

bool isSimpleContentType(QByteArrayView value)
{
    const auto end = std::find(value.begin(), value.end(), ';');
    const QByteArrayView type = value.first(end - value.begin());
    const QByteArray essence = trimBlanks(type).toByteArray().toLower();
    return essence == "application/x-www-form-urlencoded" || essence == "multipart/form-data"
        || essence == "text/plain";
}

std::optional<qint64> rangePosition(QByteArrayView digits)
{
    const bool valid = !digits.isEmpty()
        && std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
    bool fits = false;
    const qint64 number = valid ? digits.toByteArray().toLongLong(&fits) : 0;
    return fits ? std::optional(number) : std::nullopt;
}

/// https://fetch.spec.whatwg.org/#simple-range-header-value; a range without a start is none.
bool isSimpleRange(QByteArrayView value)
{
    if (!value.startsWith("bytes="))
        return false;
    const QByteArrayView range = value.sliced(6);
    const qsizetype dash = range.indexOf('-');
    const auto first = dash < 0 ? std::nullopt : rangePosition(range.first(dash));
    if (!first)
        return false;
    const QByteArrayView last = range.sliced(dash + 1);
    const auto end = rangePosition(last);
    return last.isEmpty() || (end && *first <= *end);
}

HeaderSafety valueSafety(QByteArrayView name, QByteArrayView value)
{
    if (isOneOf(name, {"accept"}))
        return hasUnsafeByte(value) ? HeaderSafety::UnsafeByte : HeaderSafety::Safelisted;
    if (isOneOf(name, {"accept-language", "content-language"})) {
        const bool safe = std::all_of(value.begin(), value.end(), isLanguageByte);
        return safe ? HeaderSafety::Safelisted : HeaderSafety::UnsafeByte;
    }
    if (isOneOf(name, {"content-type"})) {
        if (hasUnsafeByte(value))
            return HeaderSafety::UnsafeByte;
        return isSimpleContentType(value) ? HeaderSafety::Safelisted
                                          : HeaderSafety::ContentTypeNotSimple;
    }
    if (isOneOf(name, {"range"}))
        return isSimpleRange(value) ? HeaderSafety::Safelisted : HeaderSafety::NotASimpleRange;
    if (isOneOf(name, {"save-data"}))
        return equalsIgnoringCase(value, "on") ? HeaderSafety::Safelisted
                                               : HeaderSafety::UnsafeValue;
    // Chromium differs: client hints and its own Intervention are still on the list.
    if (isOneOf(name,
                {"dpr", "width", "viewport-width", "device-memory", "rtt", "downlink", "ect",
                 "intervention"}))
        return hasUnsafeByte(value) ? HeaderSafety::UnsafeByte : HeaderSafety::Safelisted;
    return HeaderSafety::UnknownName;
}

} // namespace

HeaderSafety headerSafety(QByteArrayView name, QByteArrayView value)
{
    const HeaderSafety safety = valueSafety(name, value);
    if (safety == HeaderSafety::UnknownName || value.size() <= maximumValueBytes)
        return safety;
    return HeaderSafety::ValueTooLong;
}

bool isNoCorsSafelisted(QByteArrayView name, QByteArrayView value)
{
    return isOneOf(name, {"accept", "accept-language", "content-language", "content-type"})
        && headerSafety(name, value) == HeaderSafety::Safelisted;
}

QByteArray headerSafetyId(HeaderSafety safety)
{
    switch (safety) {
    case HeaderSafety::Safelisted:
        return "safelist.Safelisted";
    case HeaderSafety::UnknownName:
        return "safelist.UnknownName";
    case HeaderSafety::UnsafeByte:
        return "safelist.UnsafeByte";
    case HeaderSafety::ValueTooLong:
        return "safelist.ValueTooLong";
    case HeaderSafety::ContentTypeNotSimple:
        return "safelist.ContentTypeNotSimple";
    case HeaderSafety::NotASimpleRange:
        return "safelist.NotASimpleRange";
    case HeaderSafety::UnsafeValue:
        return "safelist.UnsafeValue";
    case HeaderSafety::SafelistTooLong:
        return "safelist.SafelistTooLong";
    }
    return {};
}

QString headerSafetySentence(HeaderSafety safety, const QByteArray &name)
{
    const auto text = [&] {
        switch (safety) {
        case HeaderSafety::Safelisted:
            return "%1 with this value needs no permission.";
        case HeaderSafety::UnknownName:
            return "%1 is not one of the headers every page may send.";
        case HeaderSafety::UnsafeByte:
            return "The value of %1 holds a byte that plain forms could never send.";
        case HeaderSafety::ValueTooLong:
            return "The value of %1 is longer than 128 bytes.";
        case HeaderSafety::ContentTypeNotSimple:
            return "%1 names a type that no HTML form can send.";
        case HeaderSafety::NotASimpleRange:
            return "%1 is not a single range with a start.";
        case HeaderSafety::UnsafeValue:
            return "%1 may only be \"on\".";
        case HeaderSafety::SafelistTooLong:
            return "%1 counts as unsafe because the safe headers together exceed 1024 bytes.";
        }
        return "";
    }();
    return QString::fromLatin1(text).arg(QString::fromLatin1(name));
}

std::vector<UnsafeHeader> corsUnsafeRequestHeaders(const HeaderList &headers)
{
    std::vector<UnsafeHeader> unsafe;
    std::vector<UnsafeHeader> safe;
    qsizetype safeBytes = 0;
    for (const HeaderField &field : headers) {
        const HeaderSafety safety = headerSafety(field.name, field.value);
        if (safety != HeaderSafety::Safelisted) {
            unsafe.push_back({field.name.toLower(), safety});
            continue;
        }
        safe.push_back({field.name.toLower(), HeaderSafety::SafelistTooLong});
        safeBytes += field.value.size();
    }
    if (safeBytes > maximumSafelistBytes)
        unsafe.insert(unsafe.end(), safe.begin(), safe.end());
    const auto byName = [](const auto &a, const auto &b) { return a.name < b.name; };
    std::stable_sort(unsafe.begin(), unsafe.end(), byName);
    const auto sameName = [](const auto &a, const auto &b) { return a.name == b.name; };
    unsafe.erase(std::unique(unsafe.begin(), unsafe.end(), sameName), unsafe.end());
    return unsafe;
}

bool isCorsSafelistedMethod(QByteArrayView method)
{
    return method == "GET" || method == "HEAD" || method == "POST";
}

} // namespace rt
