// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"

#include <QByteArray>
#include <QRegularExpression>

#include <optional>
#include <vector>

namespace rt {

/// A path of app.get() or app.use() as path-to-regexp 0.1.13 reads it: literals, `:param` with a
/// pattern of its own, `*`, `?`, groups. Matches the path as it stands in the request, undecoded.
class PathPattern
{
public:
    struct Options
    {
        bool caseSensitive = false;
        bool strict = false;
        /// True for routes; false for app.use(), which matches a prefix.
        bool toEnd = true;
    };
    struct Match
    {
        /// The matched part of the path.
        QByteArray path;
        JsValue params = JsValue::object();
        /// The parameter text that is no valid percent-encoding; then `params` does not count.
        std::optional<QByteArray> undecodable;
    };

    PathPattern() = default;
    PathPattern(const QByteArray &pattern, Options options);
    const QByteArray &pattern() const { return m_pattern; }
    std::optional<Match> match(QByteArrayView path) const;

private:
    struct Part
    {
        QByteArray literal;
        /// Name of the parameter behind `literal`; empty at the end.
        QByteArray param;
    };
    void readParts();
    std::optional<Match> matchParts(QByteArrayView path) const;
    std::optional<Match> matchExpression(QByteArrayView path) const;

    QByteArray m_pattern;
    Options m_options;
    /// Whole segments only: by far the most patterns, and many of them per request.
    bool m_isPlain = true;
    std::vector<Part> m_parts;
    QRegularExpression m_expression;
    /// Names of the groups of `m_expression` in order.
    QStringList m_keys;
};

} // namespace rt
