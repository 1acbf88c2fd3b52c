// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "panels/serverpanel.h"

#include "forms/optionform.h"
#include "forms/optionrow.h"
#include "models/labdocument.h"
#include "panels/servercard.h"
#include "panels/servercardlist.h"
#include "panels/serverchanges.h"
#include "panels/serverpanelcaption.h"
#include "widgets/captionlabel.h"

#include <QAction>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QScrollArea>
#include <QTimer>

namespace rt {

ServerPanel::ServerPanel(LabDocument &document, const Theme &theme, QWidget *parent)
    : QWidget(parent), m_document(document), m_theme(theme)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(new ServerPanelCaption(document, theme, this));
    setupSearch();
    setupCards();
    connect(m_list, &ServerCardList::optionHovered, this, &ServerPanel::optionHovered);
    connect(m_list, &ServerCardList::optionFocused, this, &ServerPanel::optionFocused);
    connect(m_list, &ServerCardList::cardOpened, this, &ServerPanel::controlsCreated);
    connect(m_changes, &ServerChanges::optionActivated, this, &ServerPanel::revealOption);
}

void ServerPanel::setupCards()
{
    m_scroll = new QScrollArea(this);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_changes = new ServerChanges(m_document, m_theme, content);
    m_list = new ServerCardList(m_document, m_theme, content);
    column->addWidget(m_changes);
    column->addWidget(m_list, 1);
    m_scroll->setWidget(content);
    layout()->addWidget(m_scroll);
}

void ServerPanel::setupSearch()
{
    auto *holder = new QWidget(this);
    auto *row = new QHBoxLayout(holder);
    row->setContentsMargins(12, 0, 12, 4);
    m_search = new QLineEdit(holder);
    m_search->setObjectName(QStringLiteral("serverSearch"));
    m_search->setPlaceholderText(tr("Search the options"));
    m_search->setAccessibleName(m_search->placeholderText());
    m_search->setClearButtonEnabled(true);
    m_search->addAction(m_theme.icon(QStringLiteral("search"), Token::Dim),
                        QLineEdit::LeadingPosition);
    m_search->installEventFilter(this);
    m_found = new CaptionLabel(m_theme, {}, holder, FontRole::Small);
    row->addWidget(m_search, 1);
    row->addWidget(m_found);
    layout()->addWidget(holder);
    connect(m_search, &QLineEdit::textChanged, this, &ServerPanel::filter);
}

void ServerPanel::filter(const QString &search)
{
    const int found = m_list->setFilter(search.trimmed());
    m_found->setText(search.trimmed().isEmpty() ? QString() : tr("%n found", nullptr, found));
    emit controlsCreated();
}

void ServerPanel::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

bool ServerPanel::eventFilter(QObject *watched, QEvent *event)
{
    const auto *key = event->type() == QEvent::KeyPress ? static_cast<QKeyEvent *>(event) : nullptr;
    if (watched == m_search && key && key->key() == Qt::Key_Escape && !m_search->text().isEmpty()) {
        m_search->clear();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

bool ServerPanel::showOption(const QByteArray &path)
{
    ServerCard *card = m_list->cardOf(path);
    if (!card)
        return false;
    card->setOpen(true);
    QWidget *row = card->form() ? card->form()->row(path) : nullptr;
    scrollTo(row ? row : card);
    return true;
}

bool ServerPanel::revealOption(const QByteArray &path)
{
    if (!showOption(path))
        return false;
    m_list->cardOf(path)->focusOption(path);
    return true;
}

// The card has just grown; its rows have their places after the layout has run.
void ServerPanel::scrollTo(QWidget *widget)
{
    QTimer::singleShot(0, widget, [this, widget] { m_scroll->ensureWidgetVisible(widget, 0, 24); });
}

void ServerPanel::markOption(const QByteArray &path)
{
    for (ServerCard *card : m_list->allCards())
        card->markOption(path);
}

} // namespace rt
