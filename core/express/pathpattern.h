// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"

#include <QByteArray>

#include <optional>
#include <vector>

namespace rt {

/// A path of app.get() or app.use() with literal segments and `:param` (path-to-regexp 0.1, the
/// part of it the lab's routes need). Matches the path as it stands in the request, undecoded.
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
    QByteArray m_pattern;
    std::vector<Part> m_parts;
    Options m_options;
};

} // namespace rt
