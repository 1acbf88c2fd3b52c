// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "panels/clientpanelsaved.h"

#include "widgets/emptystate.h"
#include "widgets/flowlayout.h"

#include <QBoxLayout>
#include <QInputDialog>
#include <QListView>
#include <QPushButton>
#include <QStackedLayout>

namespace rt {

ClientSavedPage::ClientSavedPage(SavedRequests &saved, const Theme &theme, QWidget *parent)
    : QWidget(parent), m_saved(saved), m_theme(theme), m_stack(new QStackedLayout),
      m_list(new QListView(this))
{
    m_list->setObjectName(QStringLiteral("client.saved"));
    m_list->setAccessibleName(tr("Saved requests"));
    m_list->setModel(&saved);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setFont(theme.font(FontRole::Mono));
    connect(&theme, &Theme::changed, m_list,
            [this] { m_list->setFont(m_theme.font(FontRole::Mono)); });
    m_stack->addWidget(new EmptyState(theme, QStringLiteral("save"),
                                      tr("Requests you keep under a name appear here."), this));
    m_stack->addWidget(m_list);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 6, 0, 0);
    column->setSpacing(4);
    column->addWidget(makeButtons());
    column->addLayout(m_stack, 1);
    connect(m_list, &QListView::activated, this, &ClientSavedPage::load);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &ClientSavedPage::showList);
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&saved, signal, this, &ClientSavedPage::showList);
    connect(&saved, &QAbstractItemModel::modelReset, this, &ClientSavedPage::showList);
    showList();
}

QWidget *ClientSavedPage::makeButtons()
{
    auto *bar = new QWidget(this);
    auto *flow = new FlowLayout(bar, 8);
    flow->setContentsMargins(12, 0, 12, 0);
    const auto add
        = [this, bar, flow](const QString &name, const QString &text, const QString &icon) {
              auto *button = new QPushButton(m_theme.icon(icon), text, bar);
              button->setObjectName(name);
              button->setAutoDefault(false);
              flow->addWidget(button);
              return button;
          };
    connect(add(QStringLiteral("client.saved.save"), tr("Save this request\u2026"),
                QStringLiteral("save")),
            &QPushButton::clicked, this, &ClientSavedPage::askName);
    m_load = add(QStringLiteral("client.saved.load"), tr("Load"), QStringLiteral("edit"));
    m_delete = add(QStringLiteral("client.saved.delete"), tr("Delete"), QStringLiteral("trash"));
    connect(m_load, &QPushButton::clicked, this, &ClientSavedPage::load);
    connect(m_delete, &QPushButton::clicked, this, &ClientSavedPage::remove);
    return bar;
}

void ClientSavedPage::askName()
{
    const QString name
        = QInputDialog::getText(this, tr("Save this request"), tr("Name:")).trimmed();
    if (!name.isEmpty())
        emit saveRequested(name);
}

void ClientSavedPage::load()
{
    if (m_list->currentIndex().isValid())
        emit editRequested(m_saved.request(m_list->currentIndex().row()));
}

void ClientSavedPage::remove()
{
    if (!m_list->currentIndex().isValid())
        return;
    if (const auto done = m_saved.remove(m_list->currentIndex().row()); !done)
        emit refused(done.error().message);
}

void ClientSavedPage::showList()
{
    m_stack->setCurrentIndex(m_saved.rowCount() > 0 ? 1 : 0);
    const bool chosen = m_list->currentIndex().isValid();
    m_load->setEnabled(chosen);
    m_delete->setEnabled(chosen);
}

} // namespace rt
