// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lesson/checknames.h"

#include <array>

namespace rt {

namespace {

struct Macro
{
    QStringView name;
    QStringView condition;
};

constexpr std::array<Macro, 5> macros {{
    {u"pf", u"kind == \"preflight\""},
    {u"act", u"kind == \"actual\""},
    {u"raw", u"kind == \"raw\""},
    {u"ok", u"result == \"ok\""},
    {u"blocked", u"result == \"blocked\""},
}};

// In the order of CheckStream.
constexpr std::array<QStringView, checkStreamCount> streams {
    u"call", u"http", u"har", u"ws", u"frame", u"packet", u"event", u"change", u"act"};

// In the order of Comparison.
constexpr std::array<QStringView, 11> comparisons {u"==",         u"!=",       u"<",    u"<=",
                                                   u">",          u">=",       u"has",  u"contains",
                                                   u"startsWith", u"endsWith", u"icase"};

template<typename Enum, typename Table>
std::optional<Enum> indexOf(const Table &table, QStringView word)
{
    for (size_t i = 0; i < table.size(); ++i) {
        if (table.at(i) == word)
            return static_cast<Enum>(i);
    }
    return std::nullopt;
}

} // namespace

std::optional<CheckStream> checkStream(QStringView name)
{
    return indexOf<CheckStream>(streams, name);
}

QString checkStreamName(CheckStream stream)
{
    return streams.at(static_cast<size_t>(stream)).toString();
}

std::optional<QString> checkMacro(QStringView name)
{
    for (const Macro &macro : macros) {
        if (macro.name == name)
            return macro.condition.toString();
    }
    return std::nullopt;
}

std::optional<Comparison> checkComparison(QStringView word)
{
    return indexOf<Comparison>(comparisons, word);
}

QString checkComparisonName(Comparison comparison)
{
    return comparisons.at(static_cast<size_t>(comparison)).toString();
}

QString pathText(const CheckPath &path)
{
    QString text;
    for (const PathSegment &segment : path) {
        if (segment.isKey)
            text += QStringLiteral("[\"%1\"]").arg(segment.text);
        else
            text += text.isEmpty() ? segment.text : u'.' + segment.text;
    }
    return text;
}

} // namespace rt
