// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "models/savedrequests.h"

#include "forms/requestwords.h"

#include <QSaveFile>

#include <algorithm>

namespace rt {

using namespace Qt::StringLiterals;

namespace {

JsValue text(const QByteArray &bytes)
{
    return JsValue(QString::fromUtf8(bytes));
}

QByteArray bytes(const JsValue &value)
{
    return value.toString().toUtf8();
}

template<typename Enum> Enum wordIn(const QByteArrayList &words, const JsValue &value, Enum other)
{
    const qsizetype index = words.indexOf(bytes(value));
    return index < 0 ? other : static_cast<Enum>(index);
}

JsValue pairs(const HeaderList &headers)
{
    JsValue list = JsValue::array();
    for (const HeaderField &field : headers)
        list.append(JsValue::array({text(field.name), text(field.value)}));
    return list;
}

} // namespace

JsValue SavedRequests::toJson(const QString &name, const FetchRequest &request)
{
    JsValue json = JsValue::object();
    json.insert(u"name"_s, JsValue(name));
    json.insert(u"api"_s, text(request.api));
    json.insert(u"page"_s, text(request.page));
    json.insert(u"method"_s, text(request.method));
    json.insert(u"url"_s, text(request.url));
    json.insert(u"headers"_s, pairs(request.headers));
    if (request.hasBody) {
        json.insert(u"body"_s, JsValue(QString::fromLatin1(request.body.toBase64())));
        json.insert(u"bodyType"_s, text(request.bodyType));
    }
    json.insert(u"mode"_s, text(modeWords().at(static_cast<int>(request.mode))));
    json.insert(u"credentials"_s,
                text(credentialsWords().at(static_cast<int>(request.credentials))));
    json.insert(u"redirect"_s, text(redirectWords().at(static_cast<int>(request.redirect))));
    json.insert(u"cache"_s, text(cacheWords().at(static_cast<int>(request.cache))));
    json.insert(u"referrerPolicy"_s, text(request.referrerPolicy));
    return json;
}

FetchRequest SavedRequests::fromJson(const JsValue &json)
{
    FetchRequest request;
    request.api = bytes(json[u"api"]);
    request.page = bytes(json[u"page"]);
    request.method = bytes(json[u"method"]);
    request.url = bytes(json[u"url"]);
    for (const JsValue &pair : json[u"headers"].items()) {
        if (pair.items().size() == 2)
            request.headers.append(bytes(pair.items().at(0)), bytes(pair.items().at(1)));
    }
    request.hasBody = json[u"body"].isString();
    request.body = QByteArray::fromBase64(bytes(json[u"body"]));
    request.bodyType = bytes(json[u"bodyType"]);
    request.mode = wordIn(modeWords(), json[u"mode"], request.mode);
    request.credentials = wordIn(credentialsWords(), json[u"credentials"], request.credentials);
    request.redirect = wordIn(redirectWords(), json[u"redirect"], request.redirect);
    request.cache = wordIn(cacheWords(), json[u"cache"], request.cache);
    request.referrerPolicy = bytes(json[u"referrerPolicy"]);
    return request;
}

Result<void> SavedRequests::setFile(const QString &name)
{
    m_file = name;
    beginResetModel();
    m_entries.clear();
    QFile file(name);
    Result<void> read;
    if (file.open(QIODevice::ReadOnly)) {
        const QByteArray content = file.readAll();
        const auto parsed = parseJson(QByteArrayView(content));
        const auto *list = std::get_if<JsValue>(&parsed);
        if (list && list->isArray()) {
            for (const JsValue &entry : list->items())
                m_entries.push_back({entry[u"name"].toString(), fromJson(entry)});
        } else {
            read = failure(tr("%1 holds no saved requests.").arg(name));
        }
    }
    endResetModel();
    return read;
}

Result<void> SavedRequests::write() const
{
    if (m_file.isEmpty())
        return {};
    JsValue list = JsValue::array();
    for (const Entry &entry : m_entries)
        list.append(toJson(entry.name, entry.request));
    QSaveFile file(m_file);
    if (!file.open(QIODevice::WriteOnly) || file.write(rt::toJson(list)) < 0 || !file.commit())
        return failure(tr("%1 cannot be written: %2.").arg(m_file, file.errorString()));
    return {};
}

Result<void> SavedRequests::save(const QString &name, const FetchRequest &request)
{
    const auto same = std::find_if(m_entries.begin(), m_entries.end(),
                                   [&name](const Entry &entry) { return entry.name == name; });
    if (same != m_entries.end()) {
        same->request = request;
        const QModelIndex row = index(static_cast<int>(same - m_entries.begin()));
        emit dataChanged(row, row);
    } else {
        beginInsertRows({}, rowCount(), rowCount());
        m_entries.push_back({name, request});
        endInsertRows();
    }
    return write();
}

Result<void> SavedRequests::remove(int row)
{
    beginRemoveRows({}, row, row);
    m_entries.erase(m_entries.begin() + row);
    endRemoveRows();
    return write();
}

const FetchRequest &SavedRequests::request(int row) const
{
    return m_entries.at(static_cast<size_t>(row)).request;
}

int SavedRequests::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

QVariant SavedRequests::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Entry &entry = m_entries[static_cast<size_t>(index.row())];
    const QString method = QString::fromUtf8(entry.request.method);
    const QString url = QString::fromUtf8(entry.request.url);
    switch (role) {
    case Qt::DisplayRole:
        return QStringLiteral("%1 \u00b7 %2 %3").arg(entry.name, method, url);
    case Qt::ToolTipRole:
    case UrlRole:
        return url;
    case MethodRole:
        return method;
    default:
        return {};
    }
}

} // namespace rt
