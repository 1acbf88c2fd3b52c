// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "models/cookiewords.h"

#include <QCoreApplication>

#include <algorithm>
#include <iterator>

namespace rt {

namespace {

struct WordRow
{
    const char *word;
    const char *sentence;
};

constexpr WordRow rows[] = {
    {"samesite-lax",
     QT_TRANSLATE_NOOP("cookies",
                       "Its SameSite is Lax, or not given, and the request comes from another site "
                       "without opening a page.")},
    {"samesite-strict",
     QT_TRANSLATE_NOOP("cookies",
                       "Its SameSite is Strict, and the request comes from another site.")},
    {"none-insecure",
     QT_TRANSLATE_NOOP("cookies", "SameSite=None needs Secure, which the line does not have.")},
    {"secure",
     QT_TRANSLATE_NOOP("cookies",
                       "It is Secure, and this address is neither https nor localhost.")},
    {"path", QT_TRANSLATE_NOOP("cookies", "Its Path does not cover this address.")},
    {"domain", QT_TRANSLATE_NOOP("cookies", "It belongs to another host.")},
    {"credentials",
     QT_TRANSLATE_NOOP("cookies", "The credentials mode of the request leaves cookies out.")},
    {"prefix",
     QT_TRANSLATE_NOOP("cookies",
                       "The prefix of its name promises attributes that the line does not have.")},
    {"partitioned", QT_TRANSLATE_NOOP("cookies", "Partitioned needs Secure.")},
    {"too-large", QT_TRANSLATE_NOOP("cookies", "Name and value exceed 4096 bytes.")},
    {"syntax", QT_TRANSLATE_NOOP("cookies", "The line is empty or holds a control character.")},
    {"httponly", QT_TRANSLATE_NOOP("cookies", "It is HttpOnly: script neither sees nor sets it.")},
};

} // namespace

QString cookieWordSentence(const QByteArray &word)
{
    const auto row = std::find_if(std::begin(rows), std::end(rows),
                                  [&word](const WordRow &known) { return word == known.word; });
    return row == std::end(rows) ? QString::fromLatin1(word)
                                 : QCoreApplication::translate("cookies", row->sentence);
}

} // namespace rt
