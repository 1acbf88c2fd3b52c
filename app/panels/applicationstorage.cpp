// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "panels/applicationstorage.h"

#include "lab/labsession.h"

#include <QHeaderView>
#include <QInputDialog>
#include <QPushButton>

namespace rt {

namespace {

QString keyOf(const QString &origin, const QString &item)
{
    return origin + u' ' + item;
}

} // namespace

ApplicationStorage::ApplicationStorage(LabSession &lab, const Theme &theme, QWidget *parent)
    : ApplicationTable(
        QStringLiteral("application.storage"), {tr("Key"), tr("Value"), tr("Origin")},
        tr("Nothing is stored. What a page keeps in localStorage appears here; every "
           "script of that page can read it."),
        theme, parent),
      m_lab(lab)
{
    view().setAccessibleName(tr("Local storage"));
    view().setColumnWidth(0, 100);
    view().setColumnWidth(1, 150);
    view().horizontalHeader()->setStretchLastSection(true);
    rows().setEditableColumn(1);
    const auto itemOf = [](const QString &key) { return key.section(u' ', 1); };
    const auto originOf = [](const QString &key) { return key.section(u' ', 0, 0); };
    connect(addButton(QStringLiteral("application.storage.add"), tr("Add\u2026"),
                      QStringLiteral("plus")),
            &QPushButton::clicked, this, [this] { add(); });
    connect(addRowButton(QStringLiteral("application.storage.delete"), tr("Delete"),
                         QStringLiteral("trash")),
            &QPushButton::clicked, this, [this, itemOf, originOf] {
                change(originOf(currentKey()), itemOf(currentKey()), JsValue());
            });
    auto *steal = addRowButton(QStringLiteral("application.storage.steal"), tr("Use elsewhere"),
                               QStringLiteral("copy"));
    steal->setToolTip(tr("Puts the value into the raw tool's Authorization header"));
    connect(steal, &QPushButton::clicked, this, [this] {
        const QModelIndex value = view().currentIndex().siblingAtColumn(1);
        emit stealRequested("Authorization", "Bearer " + value.data().toString().toUtf8());
    });
    connect(&rows(), &RowsModel::cellTyped, this,
            [this, itemOf, originOf](const QString &key, const QString &text) {
                change(originOf(key), itemOf(key), JsValue(text));
            });
    connect(&lab, &LabSession::browserStateChanged, this, &ApplicationStorage::refresh);
    refresh();
}

void ApplicationStorage::refresh()
{
    std::vector<RowsModel::Row> all;
    for (const auto &[origin, items] : m_lab.browserState().storage.members()) {
        for (const auto &[key, value] : items.members())
            all.push_back({keyOf(origin, key), {key, value.asText(), origin}, {}});
    }
    setRows(std::move(all));
}

void ApplicationStorage::add()
{
    const QString pair = QInputDialog::getText(this, tr("Add to localStorage"),
                                               tr("key=value, for the client's page:"));
    const qsizetype equals = pair.indexOf(u'=');
    if (pair.isEmpty())
        return;
    if (equals < 1)
        emit refused(tr("An item is written key=value."));
    else
        change(m_lab.config().setting("client.page").toString(), pair.left(equals),
               JsValue(pair.mid(equals + 1)));
}

void ApplicationStorage::change(const QString &origin, const QString &item, const JsValue &value)
{
    JsValue arguments = JsValue::object();
    arguments.insert(QStringLiteral("origin"), JsValue(origin));
    if (value.isUndefined()) {
        arguments.insert(QStringLiteral("delete"), JsValue(item));
    } else {
        JsValue items = JsValue::object();
        items.insert(item, value);
        arguments.insert(QStringLiteral("set"), items);
    }
    if (const auto done = m_lab.run({"storage", arguments, false}); !done)
        emit refused(done.error().message);
}

} // namespace rt
