// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/hpp.h"

#include "express/exchange.h"
#include "http/mediatype.h"
#include "middleware/optiontables.h"

namespace rt {

using namespace Qt::StringLiterals;

namespace {

/// lodash `defaults`: only undefined counts as absent.
JsValue optionValue(const JsValue &options, const QByteArray &name)
{
    const JsValue said = options[QString::fromLatin1(name)];
    return said.isUndefined() ? hppOptions().find(name)->defaultValue : said;
}

/// What every plain object inherits: hpp finds these in an empty object too, puts the function in
/// the parameter's place, and JSON then leaves it out.
bool isInherited(const QString &name)
{
    static const QStringList names {u"constructor"_s,          u"toString"_s,
                                    u"toLocaleString"_s,       u"valueOf"_s,
                                    u"hasOwnProperty"_s,       u"isPrototypeOf"_s,
                                    u"propertyIsEnumerable"_s, u"__defineGetter__"_s,
                                    u"__defineSetter__"_s,     u"__lookupGetter__"_s,
                                    u"__lookupSetter__"_s};
    return names.contains(name);
}

/// Object.keys() of an object or a list.
QStringList keysOf(const JsValue &value)
{
    QStringList keys = value.keys();
    for (qsizetype i = 0; i < value.items().size(); ++i)
        keys.append(QString::number(i));
    return keys;
}

JsValue memberOf(const JsValue &value, const QString &key)
{
    return value.isArray() ? value.items().value(key.toLongLong()) : value[key];
}

void setMember(JsValue &value, const QString &key, const JsValue &member)
{
    if (value.isArray())
        value.setAt(key.toLongLong(), member);
    else if (value.isObject())
        value.insert(key, member);
}

} // namespace

Result<std::shared_ptr<const Middleware>> Hpp::create(const JsValue &options)
{
    auto hpp = std::make_shared<Hpp>();
    hpp->m_checkQuery = optionValue(options, "checkQuery").isTruthy();
    hpp->m_checkBody = optionValue(options, "checkBody").isTruthy();
    // type-is: nothing at all means any type, an entry that is no string means none.
    const JsValue types = optionValue(options, "checkBodyOnlyForContentType");
    for (const JsValue &type : types.items())
        hpp->m_bodyTypes.append(type.toString().toLatin1());
    if (!types.isArray() && types.isTruthy())
        hpp->m_bodyTypes.append(types.toString().toLatin1());
    const JsValue whitelist = optionValue(options, "whitelist");
    if (whitelist.isString())
        hpp->m_whitelist.append(whitelist.toString());
    for (const JsValue &name : whitelist.items()) {
        if (name.isString()) // others are removed with a message on stderr
            hpp->m_whitelist.append(name.toString());
    }
    return hpp;
}

void Hpp::handle(const std::shared_ptr<Exchange> &exchange, Next next) const
{
    const bool bodyToo = m_checkBody && exchange->body.isTruthy() && bodyIsChecked(*exchange);
    // A second instance finds everything put aside already.
    const bool isFirst
        = exchange->queryPolluted.isUndefined() && exchange->bodyPolluted.isUndefined();
    int repeated = 0;
    if (m_checkQuery && exchange->query.isTruthy())
        repeated += putAside(exchange->query, exchange->queryPolluted, "query", *exchange);
    if (bodyToo)
        repeated += putAside(exchange->body, exchange->bodyPolluted, "body", *exchange);
    if (exchange->traced() && isFirst)
        explain(*exchange, repeated, bodyToo);
    next();
}

void Hpp::explain(Exchange &exchange, int repeated, bool bodyChecked) const
{
    if (repeated == 0)
        exchange.decide("hpp.NothingRepeated",
                        bodyChecked ? u"Nothing came twice, neither in the query nor in the body."_s
                                    : u"Nothing came twice in the query."_s);
    const QString type
        = QString::fromLatin1(exchange.header("content-type").value_or(QByteArray()));
    if (m_checkBody && !bodyChecked && !type.isEmpty() && hasBody(exchange.head().headers))
        exchange.decide("hpp.BodyNotChecked",
                        u"The body is %1: hpp looks at bodies of type %2 only."_s.arg(
                            type, QString::fromLatin1(m_bodyTypes.join(" or "))));
}

bool Hpp::bodyIsChecked(Exchange &exchange) const
{
    if (!hasBody(exchange.head().headers))
        return false;
    const QByteArray type = exchange.header("content-type").value_or(QByteArray());
    return typeIs(type, m_bodyTypes).has_value();
}

int Hpp::putAside(JsValue &part, JsValue &polluted, const char *where, Exchange &exchange) const
{
    int repeated = 0;
    if (polluted.isUndefined()) { // only the first of several instances
        polluted = JsValue::object();
        for (const QString &key : keysOf(part)) {
            const JsValue value = memberOf(part, key);
            if (!value.isArray())
                continue;
            if (key != u"__proto__") // that would set the prototype, no member
                polluted.insert(key, value);
            ++repeated;
            setMember(part, key, value.items().isEmpty() ? JsValue() : value.items().last());
            exchange.decide(
                "hpp.PutAside",
                u"%1 came %2 times in the %3; only the last value stays."_s.arg(
                    key, QString::number(value.items().size()), QString::fromLatin1(where)));
        }
    }
    for (const QString &name : m_whitelist) {
        if (polluted.contains(name)) {
            setMember(part, name, polluted[name]);
            polluted.remove(name);
            exchange.decide("hpp.Whitelisted",
                            u"%1 is on the whitelist and keeps its list."_s.arg(name));
        } else if (isInherited(name)) {
            setMember(part, name, JsValue());
        }
    }
    return repeated;
}

} // namespace rt
