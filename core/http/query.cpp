// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "http/query.h"

#include <QStringDecoder>

#include <algorithm>
#include <memory>
#include <optional>

namespace rt {

namespace {

/// A value under construction. JavaScript's lists may have holes while qs builds them, and an
/// object that a list overflowed into knows its highest index.
struct Node
{
    enum class Kind { Text, List, Object };
    Kind kind = Kind::Text;
    QString text;
    std::vector<std::optional<Node>> items;
    /// Through JsValue's order: only keys matter here.
    std::vector<std::pair<QString, Node>> members;
    bool overflow = false;
    qint64 maxIndex = 0;
    /// Where the last of the values stands that met something else under one key (strictMerge).
    std::optional<qint64> conflict;

    static Node ofText(QString text)
    {
        Node node;
        node.text = std::move(text);
        return node;
    }
    static Node ofKind(Kind kind)
    {
        Node node;
        node.kind = kind;
        return node;
    }
    bool isText() const { return kind == Kind::Text; }
    /// As JavaScript's `!value`.
    bool isFalsy() const { return isText() && text.isEmpty(); }

    Node *find(const QString &key)
    {
        for (auto &[name, value] : members) {
            if (name == key)
                return &value;
        }
        return nullptr;
    }
    void set(const QString &key, Node value)
    {
        if (Node *known = find(key))
            *known = std::move(value);
        else
            members.emplace_back(key, std::move(value));
    }
};

QString indexText(qint64 index)
{
    return QString::number(index);
}

/// String(parseInt(text, 10)) === text, not negative.
std::optional<qint64> indexOf(const QString &text)
{
    bool isNumber = false;
    const qint64 index = text.toLongLong(&isNumber);
    return isNumber && index >= 0 && QString::number(index) == text ? std::optional(index)
                                                                    : std::nullopt;
}

Node toObject(const Node &list)
{
    Node object = Node::ofKind(Node::Kind::Object);
    for (size_t i = 0; i < list.items.size(); ++i) {
        if (list.items[i])
            object.members.emplace_back(indexText(static_cast<qint64>(i)), *list.items[i]);
    }
    return object;
}

Node limited(Node list, double arrayLimit)
{
    if (static_cast<double>(list.items.size()) <= arrayLimit)
        return list;
    Node object = toObject(list);
    object.overflow = true;
    object.maxIndex = static_cast<qint64>(list.items.size()) - 1;
    return object;
}

void concat(Node &list, const Node &value)
{
    if (value.kind == Node::Kind::List)
        list.items.insert(list.items.end(), value.items.begin(), value.items.end());
    else
        list.items.emplace_back(value);
}

/// What repeated keys become.
Node combine(Node a, const Node &b, double arrayLimit)
{
    if (a.overflow) {
        Node values = Node::ofKind(Node::Kind::List);
        concat(values, b);
        for (auto &value : values.items)
            a.set(indexText(++a.maxIndex), value.value_or(Node()));
        return a;
    }
    Node list = Node::ofKind(Node::Kind::List);
    concat(list, a);
    concat(list, b);
    return limited(std::move(list), arrayLimit);
}

Node merge(Node target, const Node &source, const QsOptions &options);

Node mergeText(Node target, const Node &source, const QsOptions &options)
{
    if (target.kind == Node::Kind::List) {
        target.items.emplace_back(source);
        return limited(std::move(target), options.arrayLimit);
    }
    if (target.kind == Node::Kind::Object) {
        if (target.overflow) {
            target.set(indexText(++target.maxIndex), source);
            return target;
        }
        if (target.conflict) {
            target.set(indexText(++*target.conflict), source);
            return target;
        }
        // strictMerge: what was there and what came stand side by side
        Node pair = Node::ofKind(Node::Kind::List);
        pair.items = {std::move(target), source};
        pair = limited(std::move(pair), options.arrayLimit);
        if (pair.kind == Node::Kind::List)
            pair.conflict = 1;
        return pair;
    }
    return combine(std::move(target), source, options.arrayLimit);
}

Node mergeIntoText(const Node &target, const Node &source, const QsOptions &options)
{
    if (source.overflow) {
        Node result = Node::ofKind(Node::Kind::Object);
        result.set(QStringLiteral("0"), target);
        for (const auto &[key, value] : source.members)
            result.set(indexText(indexOf(key).value_or(0) + 1), value);
        result.overflow = true;
        result.maxIndex = source.maxIndex + 1;
        return result;
    }
    Node list = Node::ofKind(Node::Kind::List);
    concat(list, target);
    concat(list, source);
    return limited(std::move(list), options.arrayLimit);
}

Node mergeLists(Node target, const Node &source, const QsOptions &options)
{
    for (size_t i = 0; i < source.items.size(); ++i) {
        if (!source.items[i])
            continue;
        const Node &item = *source.items[i];
        if (i >= target.items.size())
            target.items.resize(i + 1);
        if (!target.items[i])
            target.items[i] = item;
        else if (!target.items[i]->isText() && !item.isText())
            target.items[i] = merge(*target.items[i], item, options);
        else
            target.items.emplace_back(item);
    }
    return limited(std::move(target), options.arrayLimit);
}

/// The highest numeric key, `least` when all are lower.
qint64 maxNumericIndex(const Node &object, qint64 least)
{
    for (const auto &[key, value] : object.members)
        least = std::max(least, indexOf(key).value_or(least));
    return least;
}

/// utils.js, merge(), the end of it: every member of `source` goes into the object `target`.
void mergeMembers(Node &target, const Node &source, const QsOptions &options)
{
    const Node members = source.kind == Node::Kind::List ? toObject(source) : source;
    for (const auto &[key, value] : members.members) {
        if (Node *known = target.find(key))
            *known = merge(std::move(*known), value, options);
        else
            target.set(key, value);
        if (source.overflow && !target.overflow) {
            target.overflow = true;
            target.maxIndex = maxNumericIndex(target, source.maxIndex);
        }
        const auto index = indexOf(key);
        if (target.overflow)
            target.maxIndex = std::max(target.maxIndex, index.value_or(target.maxIndex));
        if (target.conflict)
            target.conflict = std::max(*target.conflict, index.value_or(*target.conflict));
    }
}

Node merge(Node target, const Node &source, const QsOptions &options)
{
    if (source.isFalsy())
        return target;
    if (source.isText())
        return mergeText(std::move(target), source, options);
    if (target.isText())
        return mergeIntoText(target, source, options);
    if (target.kind == Node::Kind::List && source.kind == Node::Kind::List)
        return mergeLists(std::move(target), source, options);
    if (target.kind == Node::Kind::List) {
        Node object = toObject(target);
        if (target.conflict) // the list may have grown past its last conflict
            object.conflict = static_cast<qint64>(target.items.size()) - 1;
        target = std::move(object);
    }
    mergeMembers(target, source, options);
    return target;
}

QString decoded(QStringView text)
{
    QString plain = text.toString();
    plain.replace(u'+', u' ');
    if (!plain.contains(u'%'))
        return plain;
    return decodeUriComponent(plain).value_or(plain);
}

/// The key cut into parent, bracket groups and, beyond the depth, the rest. Nothing: depth
/// exceeded.
std::optional<QStringList> segmentsOf(const QString &key, const QsOptions &options)
{
    if (options.depth <= 0)
        return QStringList {key};
    QStringList segments;
    qsizetype open = key.indexOf(u'[');
    const QString parent = open < 0 ? key : key.left(open);
    if (!parent.isEmpty())
        segments.append(parent);
    double collected = 0;
    while (open >= 0 && collected < options.depth) {
        int level = 1;
        qsizetype close = open + 1;
        for (; close < key.size() && level > 0; ++close)
            level += key.at(close) == u'[' ? 1 : key.at(close) == u']' ? -1 : 0;
        if (level > 0) {
            segments.append(u'[' + key.mid(open) + u']');
            return segments;
        }
        segments.append(key.mid(open, close - open));
        ++collected;
        open = key.indexOf(u'[', close);
    }
    if (open >= 0) {
        if (options.strictDepth)
            return std::nullopt;
        segments.append(u'[' + key.mid(open) + u']');
    }
    return segments;
}

Node wrap(const QString &segment, Node leaf, const QsOptions &options)
{
    if (segment == u"[]") {
        if (leaf.overflow)
            return leaf;
        return combine(Node::ofKind(Node::Kind::List), leaf, options.arrayLimit);
    }
    Node object = Node::ofKind(Node::Kind::Object);
    const bool bracketed = segment.startsWith(u'[') && segment.endsWith(u']');
    const QString name = bracketed ? segment.mid(1, segment.size() - 2) : segment;
    const auto index = bracketed ? indexOf(name) : std::nullopt;
    if (index && static_cast<double>(*index) < options.arrayLimit) {
        Node list = Node::ofKind(Node::Kind::List);
        list.items.resize(static_cast<size_t>(*index) + 1);
        list.items.back() = std::move(leaf);
        return list;
    }
    if (name != u"__proto__")
        object.set(name, std::move(leaf));
    if (index) {
        object.overflow = true;
        object.maxIndex = *index;
    }
    return object;
}

JsValue finished(const Node &node)
{
    switch (node.kind) {
    case Node::Kind::Text:
        return JsValue(node.text);
    case Node::Kind::List: {
        JsValue list = JsValue::array();
        for (const auto &item : node.items) {
            if (item)
                list.append(finished(*item));
        }
        return list;
    }
    case Node::Kind::Object: {
        JsValue object = JsValue::object();
        for (const auto &[name, value] : node.members)
            object.insert(name, finished(value));
        return object;
    }
    }
    Q_UNREACHABLE();
}

/// Flat pairs; JavaScript's key order is that of the object they stand in.
Node pairsOf(QStringView text, const QsOptions &options)
{
    QString clean = text.toString();
    clean.replace(QLatin1String("%5B"), QLatin1String("["), Qt::CaseInsensitive);
    clean.replace(QLatin1String("%5D"), QLatin1String("]"), Qt::CaseInsensitive);
    Node pairs = Node::ofKind(Node::Kind::Object);
    double count = 0;
    for (const QStringView part : QStringView(clean).split(u'&')) {
        if (++count > options.parameterLimit)
            break;
        const qsizetype bracket = part.indexOf(QLatin1String("]="));
        const qsizetype equals = bracket < 0 ? part.indexOf(u'=') : bracket + 1;
        const QString key = decoded(equals < 0 ? part : part.first(equals));
        const Node value = Node::ofText(equals < 0 ? QString() : decoded(part.sliced(equals + 1)));
        if (Node *known = pairs.find(key))
            *known = combine(*known, value, options.arrayLimit);
        else
            pairs.set(key, value);
    }
    std::stable_sort(pairs.members.begin(), pairs.members.end(), [](const auto &a, const auto &b) {
        const auto first = indexOf(a.first);
        const auto second = indexOf(b.first);
        return first && (!second || *first < *second);
    });
    return pairs;
}

} // namespace

QByteArray faultId(QueryFault)
{
    return "query.DepthExceeded";
}

std::variant<JsValue, QueryFault> parseQs(QStringView text, const QsOptions &options)
{
    if (text.isEmpty())
        return JsValue::object();
    Node result = Node::ofKind(Node::Kind::Object);
    for (const auto &[key, value] : pairsOf(text, options).members) {
        if (key.isEmpty())
            continue;
        const auto segments = segmentsOf(key, options);
        if (!segments)
            return QueryFault::DepthExceeded;
        Node leaf = value;
        for (auto segment = segments->crbegin(); segment != segments->crend(); ++segment)
            leaf = wrap(*segment, std::move(leaf), options);
        result = merge(std::move(result), leaf, options);
    }
    return finished(result);
}

JsValue parseExtendedQuery(QByteArrayView query)
{
    const auto parsed = parseQs(QString::fromLatin1(query));
    const JsValue *value = std::get_if<JsValue>(&parsed);
    return value ? *value : JsValue::object();
}

JsValue parseSimpleQuery(QStringView text, double maxKeys)
{
    JsValue result = JsValue::object();
    double count = 0;
    for (const QStringView part : text.split(u'&')) {
        if (maxKeys > 0 && ++count > maxKeys)
            break;
        if (part.isEmpty())
            continue;
        const qsizetype equals = part.indexOf(u'=');
        const QString key = unescapeQuery(equals < 0 ? part : part.first(equals));
        const JsValue value(equals < 0 ? QString() : unescapeQuery(part.sliced(equals + 1)));
        JsValue known = result[key];
        if (known.isUndefined()) {
            result.insert(key, value);
        } else {
            if (!known.isArray())
                known = JsValue::array({known});
            known.append(value);
            result.insert(key, known);
        }
    }
    return result;
}

QString unescapeQuery(QStringView text)
{
    const QByteArray coded = text.toString().replace(u'+', u' ').toUtf8();
    if (const auto exact = decodeUriComponent(QString::fromUtf8(coded)))
        return *exact;
    // lib/querystring.js, unescapeBuffer(): what is no escape stays as it is.
    QByteArray bytes;
    for (qsizetype i = 0; i < coded.size(); ++i) {
        const QByteArray digits = coded.mid(i + 1, 2);
        const QByteArray byte = QByteArray::fromHex(digits);
        const bool escaped
            = coded.at(i) == '%' && digits.size() == 2 && byte.toHex() == digits.toLower();
        bytes += escaped ? byte.at(0) : coded.at(i);
        i += escaped ? 2 : 0;
    }
    return QString::fromUtf8(bytes);
}

std::optional<QString> decodeUriComponent(QStringView text)
{
    QByteArray bytes;
    const QByteArray utf8 = text.toUtf8();
    for (qsizetype i = 0; i < utf8.size(); ++i) {
        if (utf8.at(i) != '%') {
            bytes += utf8.at(i);
            continue;
        }
        bool isHex = false;
        const QByteArray digits = utf8.mid(i + 1, 2);
        const int value = digits.size() == 2 && !digits.startsWith('+') && !digits.startsWith('-')
                && !digits.startsWith(' ')
            ? digits.toInt(&isHex, 16)
            : 0;
        if (!isHex)
            return std::nullopt;
        bytes += static_cast<char>(value);
        i += 2;
    }
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    QString result = decoder(bytes);
    return decoder.hasError() ? std::nullopt : std::optional(result);
}

std::optional<QByteArray> encodeUriComponent(QStringView text)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (!text.at(i).isSurrogate())
            continue;
        if (!text.at(i).isHighSurrogate() || i + 1 >= text.size()
            || !text.at(i + 1).isLowSurrogate())
            return std::nullopt;
        ++i;
    }
    return text.toUtf8().toPercentEncoding("!'()*", "");
}

} // namespace rt
