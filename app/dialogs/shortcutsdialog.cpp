// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "dialogs/shortcutsdialog.h"

#include "actions.h"
#include "widgets/captionlabel.h"

#include <QAction>
#include <QBoxLayout>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QKeySequenceEdit>
#include <QPushButton>
#include <QTableWidget>

namespace rt {

namespace {
enum Column { Command, Menu, Key, ColumnCount };
}

ShortcutsDialog::ShortcutsDialog(const Theme &theme, Actions &actions, QWidget *parent)
    : QDialog(parent), m_theme(theme), m_actions(actions),
      m_table(new QTableWidget(0, ColumnCount, this)), m_editor(new QKeySequenceEdit(this)),
      m_note(new CaptionLabel(theme, {}, this, FontRole::Small))
{
    setObjectName(QStringLiteral("shortcuts"));
    setWindowTitle(tr("Keyboard shortcuts"));
    m_editor->setObjectName(QStringLiteral("shortcuts.key"));
    m_editor->setAccessibleName(tr("New key for the chosen command"));
    auto *reset = new QPushButton(tr("Default key"), this);
    auto *all = new QPushButton(tr("All defaults"), this);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto *row = new QHBoxLayout;
    row->addWidget(new CaptionLabel(theme, tr("New key"), this, FontRole::Ui, Token::Text));
    row->addWidget(m_editor, 1);
    row->addWidget(reset);
    row->addWidget(all);
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_table, 1);
    column->addLayout(row);
    column->addWidget(m_note);
    column->addWidget(buttons);
    fill();
    resize(theme.controlHeight() * 22, theme.controlHeight() * 20);
    connect(m_table, &QTableWidget::currentCellChanged, this, &ShortcutsDialog::showCurrent);
    connect(m_editor, &QKeySequenceEdit::editingFinished, this, &ShortcutsDialog::takeKey);
    connect(reset, &QPushButton::clicked, this, &ShortcutsDialog::resetCurrent);
    connect(all, &QPushButton::clicked, this, &ShortcutsDialog::resetAll);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::accept);
}

void ShortcutsDialog::fill()
{
    const auto rows = commandRows();
    m_table->setAccessibleName(tr("Commands and their keys"));
    m_table->setHorizontalHeaderLabels({tr("Command"), tr("Menu"), tr("Key")});
    m_table->setRowCount(static_cast<int>(rows.size()));
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(m_theme.rowHeight());
    m_table->horizontalHeader()->setSectionResizeMode(Command, QHeaderView::Stretch);
    m_table->horizontalHeader()->setSectionResizeMode(Menu, QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(Key, QHeaderView::ResizeToContents);
    for (int i = 0; i < m_table->rowCount(); ++i) {
        const QAction *action = m_actions.all()[static_cast<size_t>(i)];
        auto *name = new QTableWidgetItem(action->icon(), action->text().remove(u'&'));
        name->setData(Qt::UserRole, action->objectName());
        m_table->setItem(i, Command, name);
        m_table->setItem(
            i, Menu,
            new QTableWidgetItem(QString(QLatin1StringView(rows[static_cast<size_t>(i)].menu))
                                     .replace(u'/', QStringLiteral(" \u203a "))));
        m_table->setItem(
            i, Key, new QTableWidgetItem(action->shortcut().toString(QKeySequence::NativeText)));
    }
}

QString ShortcutsDialog::currentId() const
{
    const QTableWidgetItem *item = m_table->item(m_table->currentRow(), Command);
    return item ? item->data(Qt::UserRole).toString() : QString();
}

void ShortcutsDialog::showCurrent()
{
    const QString id = currentId();
    m_note->clear();
    if (!id.isEmpty())
        m_editor->setKeySequence(m_actions.action(id)->shortcut());
}

void ShortcutsDialog::takeKey()
{
    const QString id = currentId();
    const QKeySequence key = m_editor->keySequence();
    if (id.isEmpty() || key == m_actions.action(id)->shortcut())
        return;
    for (const QAction *other : m_actions.all()) {
        if (!key.isEmpty() && other->shortcut() == key) {
            m_note->setText(
                tr("%1 is the key of \u201c%2\u201d. Give that another one first.")
                    .arg(key.toString(QKeySequence::NativeText), other->text().remove(u'&')));
            m_editor->setKeySequence(m_actions.action(id)->shortcut());
            return;
        }
    }
    setKey(id, key);
}

void ShortcutsDialog::setKey(const QString &id, const QKeySequence &key)
{
    m_actions.action(id)->setShortcut(key);
    for (int i = 0; i < m_table->rowCount(); ++i) {
        if (m_table->item(i, Command)->data(Qt::UserRole).toString() == id)
            m_table->item(i, Key)->setText(key.toString(QKeySequence::NativeText));
    }
}

void ShortcutsDialog::resetCurrent()
{
    if (const QString id = currentId(); !id.isEmpty())
        setKey(id, Actions::defaultShortcut(id));
    showCurrent();
}

void ShortcutsDialog::resetAll()
{
    for (const QAction *action : m_actions.all())
        setKey(action->objectName(), Actions::defaultShortcut(action->objectName()));
    showCurrent();
}

} // namespace rt
