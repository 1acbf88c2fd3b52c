// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lesson/answers.h"

#include <QRegularExpression>
#include <QSet>

#include <algorithm>
#include <cmath>

namespace rt {

namespace {

/// One text, one number or a list of them, as texts.
QStringList texts(const JsValue &value)
{
    if (!value.isArray())
        return value.isNullish() ? QStringList() : QStringList {value.asText()};
    QStringList list;
    for (const JsValue &item : value.items())
        list.append(item.asText());
    return list;
}

QSet<QString> keys(const JsValue &value)
{
    const QStringList list = texts(value);
    return {list.begin(), list.end()};
}

std::optional<double> number(const JsValue &value)
{
    bool isNumber = true;
    const double result
        = value.isNumber() ? value.toNumber() : value.asText().trimmed().toDouble(&isNumber);
    return isNumber ? std::optional(result) : std::nullopt;
}

bool isRightNumber(const Question &question, const JsValue &given, const JsValue &correct)
{
    const auto wanted = number(correct);
    const auto got = number(given);
    return wanted && got && std::abs(*wanted - *got) <= question.tolerance;
}

bool isRightText(const Question &question, const JsValue &given, const JsValue &correct)
{
    const QString answer = normalizedAnswer(given.asText(), question.normalize);
    const QStringList accepted = texts(correct);
    return std::any_of(accepted.begin(), accepted.end(), [&](const QString &text) {
        return normalizedAnswer(text, question.normalize) == answer;
    });
}

} // namespace

bool isRightAnswer(const Question &question, const JsValue &given, const JsValue &correct)
{
    if (given.isNullish() || correct.isNullish())
        return false;
    switch (question.type) {
    case Question::Type::Single:
        return keys(given).size() == 1 && keys(correct).contains(texts(given).first());
    case Question::Type::Multi:
        return keys(given) == keys(correct);
    case Question::Type::Number:
        return isRightNumber(question, given, correct);
    case Question::Type::Text:
        return isRightText(question, given, correct);
    }
    Q_UNREACHABLE();
}

QStringList wrongChoices(const Question &question, const JsValue &given)
{
    const QSet<QString> right = keys(question.correct);
    QStringList wrong = texts(given);
    wrong.removeIf([&right](const QString &key) { return right.contains(key); });
    return wrong;
}

QString normalizedAnswer(QString text, const QStringList &ways)
{
    if (ways.contains(u"trim"))
        text = text.trimmed();
    if (ways.contains(u"quotes")) {
        static const QRegularExpression quotes(
            QStringLiteral("[\"'`\\x{2018}\\x{2019}\\x{201c}\\x{201d}]"));
        text.remove(quotes);
    }
    if (ways.contains(u"spaces"))
        text.remove(QRegularExpression(QStringLiteral("\\s+")));
    if (ways.contains(u"case"))
        text = text.toLower();
    if (ways.contains(u"list-order")) {
        QStringList items = text.split(u',');
        for (QString &item : items)
            item = item.trimmed();
        items.sort();
        text = items.join(u',');
    }
    return text;
}

} // namespace rt
