// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/labconfig.h"
#include "lesson/actionrunner.h"
#include "lesson/labpatch.h"
#include "lesson/lessonlint.h"

namespace rt {

namespace {

/// The verbs of the lesson format and the keys that may stand beside each.
const QHash<QString, QStringList> &actionKeys()
{
    const auto words = [](const char *text) {
        return QString::fromLatin1(text).split(u' ', Qt::SkipEmptyParts);
    };
    static const QHash<QString, QStringList> keys = [&words] {
        QHash<QString, QStringList> map;
        for (const QString &verb :
             words("order page send raw form navigate load console storage cookie next advance "
                   "cancel "
                   "poll publish ws sio jwt xss har export server reset smoke clearPreflightCache"))
            map.insert(verb, {});
        map.insert(QStringLiteral("set"), words("to"));
        map.insert(QStringLiteral("answer"), words("with"));
        map.insert(QStringLiteral("pick"), words("where"));
        map.insert(QStringLiteral("wait"), words("upTo"));
        return map;
    }();
    return keys;
}

QString settingProblem(const JsValue &action)
{
    const QString path = action[u"set"].toString();
    if (!LabConfig::isKnownPath(path.toUtf8()))
        return QStringLiteral("there is no setting \"%1\"").arg(path);
    const auto changed = LabConfig::base().withSetting(path.toUtf8(), withOrigins(action[u"to"]));
    return changed ? QString() : changed.error().message;
}

QString answerProblem(const JsValue &action, const Lesson &lesson)
{
    const QString id = action[u"answer"].toString();
    const auto question = lesson.questions.constFind(id);
    if (question == lesson.questions.constEnd())
        return QStringLiteral("there is no question \"%1\"").arg(id);
    const JsValue with = action[u"with"];
    if (with.isUndefined())
        return QStringLiteral("\"with\" is missing");
    for (const JsValue &key : with.items()) {
        if (!question->options.isEmpty() && !question->options.contains(key.toString()))
            return QStringLiteral("\"%1\" is no option of %2").arg(key.asText(), id);
    }
    return {};
}

QString pickProblem(const JsValue &action, const Lesson &lesson)
{
    const auto target = parsePickTarget(action[u"pick"].toString());
    if (!target)
        return target.error().message;
    const QString condition = action[u"where"].toString();
    const QString check = condition.isEmpty()
        ? QStringLiteral("picked(%1)").arg(action[u"pick"].toString())
        : QStringLiteral("picked(%1, %2)").arg(action[u"pick"].toString(), condition);
    const auto compiled = Check::compile(check, lesson.defs);
    return compiled ? QString() : compiled.error().message;
}

QString requestProblem(const JsValue &arguments, bool isElement)
{
    QStringList keys {
        QStringLiteral("method"),   QStringLiteral("path"), QStringLiteral("url"),
        QStringLiteral("headers"),  QStringLiteral("json"), QStringLiteral("form"),
        QStringLiteral("text"),     QStringLiteral("mode"), QStringLiteral("credentials"),
        QStringLiteral("redirect"), QStringLiteral("cache")};
    if (isElement)
        keys = {QStringLiteral("as"), QStringLiteral("path"), QStringLiteral("url")};
    for (const QString &key : arguments.keys()) {
        if (!keys.contains(key))
            return QStringLiteral("unknown key \"%1\"").arg(key);
    }
    return arguments.contains(u"path") || arguments.contains(u"url")
        ? QString()
        : QStringLiteral("\"path\" or \"url\" is missing");
}

QString waitProblem(const JsValue &action, const Lesson &lesson)
{
    const auto compiled = Check::compile(action[u"wait"].toString(), lesson.defs);
    if (!compiled)
        return compiled.error().message;
    const JsValue upTo = action[u"upTo"];
    return upTo.isUndefined() || parseDuration(upTo.toString()) > 0
        ? QString()
        : QStringLiteral("\"upTo\" is no duration");
}

} // namespace

QString actionProblem(const JsValue &action, const Lesson &lesson)
{
    const QString verb = actionVerb(action);
    const auto known = actionKeys().constFind(verb);
    if (known == actionKeys().constEnd())
        return QStringLiteral("\"%1\" is no action").arg(verb);
    for (const QString &key : action.keys()) {
        if (key != verb && !known->contains(key))
            return QStringLiteral("unknown key \"%1\"").arg(key);
    }
    if (verb == u"set")
        return settingProblem(action);
    if (verb == u"answer")
        return answerProblem(action, lesson);
    if (verb == u"pick")
        return pickProblem(action, lesson);
    if (verb == u"wait")
        return waitProblem(action, lesson);
    static const QStringList requests {QStringLiteral("send"), QStringLiteral("raw"),
                                       QStringLiteral("form"), QStringLiteral("navigate"),
                                       QStringLiteral("load")};
    if (requests.contains(verb))
        return requestProblem(action[verb], verb == u"load");
    if (verb == u"advance" && parseDuration(action[verb].toString()) < 0)
        return QStringLiteral("\"%1\" is no duration").arg(action[verb].asText());
    return {};
}

} // namespace rt
