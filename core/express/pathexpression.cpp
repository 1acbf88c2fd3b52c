// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "express/pathexpression.h"

#include <QRegularExpression>

#include <vector>

namespace rt {

namespace {

using namespace Qt::StringLiterals;

struct Key
{
    QString name;
    /// Where its group begins in the expression.
    qsizetype offset = 0;
};

/// Replaces the signs of a path pattern by what they mean to a regular expression.
class Translation
{
public:
    explicit Translation(QString path) : m_path(std::move(path)) { }

    void run()
    {
        static const QRegularExpression signs(
            uR"(\\.|(/)?(\.)?:(\w+)(\(.*?\))?(\*)?(\?)?|[.*]|/\()"_s);
        qsizetype at = 0;
        for (auto it = signs.globalMatch(m_path); it.hasNext();) {
            const auto match = it.next();
            m_source += m_path.sliced(at, match.capturedStart() - at);
            m_source += translated(match);
            at = match.capturedEnd();
        }
        m_source += m_path.sliced(at);
    }

    QString source() const { return m_source; }
    std::vector<Key> keys() const { return m_keys; }

private:
    QString translated(const QRegularExpressionMatch &match)
    {
        const QString text = match.captured();
        if (text.startsWith(u'\\')) {
            m_backtrack += text;
            m_pos += 2;
            return text;
        }
        if (text == u".") {
            m_backtrack += u"\\."_s;
            ++m_pos;
            return u"\\."_s;
        }
        if (match.capturedLength(1) > 0 || match.capturedLength(2) > 0)
            m_backtrack.clear();
        else
            m_backtrack += m_path.sliced(m_pos, match.capturedStart() - m_pos);
        m_pos = match.capturedEnd();
        if (text == u"*") {
            m_backtrack.clear();
            return u"(.*)"_s;
        }
        if (text == u"/(") {
            m_backtrack += u'/';
            return u"/(?:"_s;
        }
        return parameter(match);
    }

    /// `:name`, with what stands before and behind it
    QString parameter(const QRegularExpressionMatch &match)
    {
        const QString slash = match.captured(1);
        const QString format = match.captured(2).isEmpty() ? QString() : u"\\."_s;
        m_keys.push_back({match.captured(3), m_source.size()});
        QString capture = match.captured(4);
        if (!capture.isEmpty())
            replaceFirstStar(capture);
        else if (!m_backtrack.isEmpty())
            capture = u"((?:(?!/|%1).)+?)"_s.arg(m_backtrack);
        else
            capture = u"([^/%1]+?)"_s.arg(format);
        const QString star
            = match.captured(5).isEmpty() ? QString() : u"((?:[/%1].+?)?)"_s.arg(format);
        m_backtrack.clear();
        return u"(?:"_s + format + slash + capture + star + u')' + match.captured(6);
    }

    /// The first escape or star of a parameter's own pattern; a star means anything.
    static void replaceFirstStar(QString &capture)
    {
        static const QRegularExpression first(uR"(\\.|\*)"_s);
        const auto match = first.match(capture);
        if (match.captured() == u"*")
            capture.replace(match.capturedStart(), 1, u"(.*)"_s);
    }

    QString m_path;
    QString m_source;
    /// What the next parameter may not run over: the text since the last separator.
    QString m_backtrack;
    qsizetype m_pos = 0;
    std::vector<Key> m_keys;
};

/// Groups without a name of their own are counted.
QStringList namesOfGroups(const QString &source, std::vector<Key> keys)
{
    static const QRegularExpression groups(uR"(\\.|\((?:\?<(.*?)>)?(?!\?))"_s);
    int unnamed = 0;
    size_t i = 0;
    for (auto it = groups.globalMatch(source); it.hasNext();) {
        const auto match = it.next();
        if (match.captured().startsWith(u'\\'))
            continue;
        if (i == keys.size() || keys[i].offset > match.capturedStart())
            keys.insert(keys.begin() + static_cast<std::ptrdiff_t>(i),
                        {QString::number(unnamed++), match.capturedStart()});
        ++i;
    }
    QStringList names;
    for (const Key &key : keys)
        names.append(key.name);
    return names;
}

} // namespace

PathExpression pathExpression(const QString &path, bool strict, bool toEnd)
{
    Translation translation(path);
    translation.run();
    PathExpression made;
    made.source = translation.source();
    made.keys = namesOfGroups(made.source, translation.keys());
    if (!strict)
        made.source += made.source.endsWith(u'/') ? u"?"_s : u"/?"_s;
    if (toEnd)
        made.source += u'$';
    else if (!made.source.endsWith(u'/'))
        made.source += u"(?=/|$)"_s;
    made.source.prepend(u'^');
    return made;
}

} // namespace rt
