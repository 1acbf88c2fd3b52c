// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lesson/placeholders.h"

#include <QRegularExpression>

namespace rt {

std::vector<Placeholder> placeholders(const QString &text)
{
    static const QRegularExpression form(
        QStringLiteral("\\{\\{\\s*([a-z]+)\\s*:\\s*(.*?)\\s*\\}\\}"));
    std::vector<Placeholder> found;
    for (auto match = form.globalMatch(text); match.hasNext();) {
        const QRegularExpressionMatch one = match.next();
        found.push_back(
            {one.captured(1), one.captured(2), one.capturedStart(), one.capturedLength()});
    }
    return found;
}

QString withoutPlaceholders(const QString &text,
                            const std::function<QString(const Placeholder &)> &meaning)
{
    QString result;
    qsizetype at = 0;
    for (const Placeholder &placeholder : placeholders(text)) {
        result += QStringView(text).sliced(at, placeholder.position - at);
        result += meaning(placeholder);
        at = placeholder.position + placeholder.length;
    }
    return result + QStringView(text).sliced(at).toString();
}

} // namespace rt
