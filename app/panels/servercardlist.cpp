// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "panels/servercardlist.h"

#include "models/labdocument.h"
#include "panels/servercard.h"
#include "panels/servercardheader.h"
#include "widgets/captionlabel.h"

#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace rt {

namespace {

constexpr int gap = 6;

/// A line in the accent colour between two cards.
class DropMark final : public QWidget
{
public:
    DropMark(const Theme &theme, QWidget *parent) : QWidget(parent), m_theme(theme)
    {
        setAttribute(Qt::WA_TransparentForMouseEvents);
        hide();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter(this).fillRect(rect(), m_theme.color(Token::Accent));
    }

private:
    const Theme &m_theme;
};

} // namespace

ServerCardList::ServerCardList(LabDocument &document, const Theme &theme, QWidget *parent)
    : QWidget(parent), m_document(document), m_theme(theme), m_column(new QVBoxLayout(this)),
      m_mark(new DropMark(theme, this))
{
    setObjectName(QStringLiteral("server.order"));
    setAccessibleName(tr("Middleware in order"));
    m_column->setContentsMargins(12, 2, 12, 8);
    m_column->setSpacing(gap);
    addSettings();
    connect(&document, &LabDocument::configChanged, this, &ServerCardList::arrange);
    arrange();
}

ServerCard *ServerCardList::card(const QByteArray &stage) const
{
    const auto found = std::find_if(m_stages.begin(), m_stages.end(),
                                    [&](const ServerCard *card) { return card->stage() == stage; });
    return found == m_stages.end() ? nullptr : *found;
}

ServerCard *ServerCardList::cardOf(const QByteArray &path) const
{
    const std::vector<ServerCard *> all = allCards();
    const auto found = std::find_if(all.begin(), all.end(), [&](const ServerCard *card) {
        return card->holds(path) || path == "server." + card->stage()
            || path == "server." + card->stage() + ".enabled";
    });
    return found == all.end() ? nullptr : *found;
}

std::vector<ServerCard *> ServerCardList::allCards() const
{
    std::vector<ServerCard *> all = m_cards;
    all.insert(all.end(), m_settings.begin(), m_settings.end());
    return all;
}

int ServerCardList::setFilter(const QString &search)
{
    int matching = 0;
    for (ServerCard *card : allCards()) {
        const int found = card->setFilter(search);
        if (!search.isEmpty())
            card->setOpen(found > 0);
        matching += found;
    }
    return matching;
}

ServerCard *ServerCardList::makeCard(OptionGroup group)
{
    auto *card = new ServerCard(std::move(group), m_document, m_theme, this);
    connect(card, &ServerCard::opened, this, [this, card] { emit cardOpened(card); });
    connect(card, &ServerCard::optionHovered, this, &ServerCardList::optionHovered);
    connect(card, &ServerCard::optionFocused, this, &ServerCardList::optionFocused);
    if (const StageGrip *grip = card->header()->grip()) {
        connect(grip, &StageGrip::dragged, this, &ServerCardList::showDropMark);
        connect(grip, &StageGrip::dropped, this,
                [this, card](const QPoint &position) { drop(card, position); });
    }
    return card;
}

void ServerCardList::addSettings()
{
    auto *caption = new CaptionLabel(m_theme, tr("BESIDE THE STACK"), this);
    caption->setContentsMargins(2, 8, 0, 0);
    m_column->addWidget(caption);
    for (OptionGroup &group : serverSettingGroups()) {
        m_settings.push_back(makeCard(std::move(group)));
        m_column->addWidget(m_settings.back());
    }
    m_column->addStretch(1);
}

void ServerCardList::arrange()
{
    std::vector<ServerCard *> ordered;
    for (const StackEntry &entry : m_document.config().stack()) {
        ServerCard *wanted = card(entry.name);
        if (const MiddlewareInfo *info = middlewareInfo(entry.name); !wanted && info) {
            wanted = makeCard(stageGroup(*info));
            m_stages.push_back(wanted);
        }
        if (wanted)
            ordered.push_back(wanted);
    }
    if (ordered == m_cards)
        return;
    // A stage that the order leaves out is parked; its card waits unseen.
    for (ServerCard *card : m_cards)
        card->setVisible(std::find(ordered.begin(), ordered.end(), card) != ordered.end());
    QWidget *focus = window()->focusWidget();
    m_cards = std::move(ordered);
    for (size_t i = 0; i < m_cards.size(); ++i) {
        m_column->removeWidget(m_cards[i]);
        m_column->insertWidget(static_cast<int>(i), m_cards[i]);
        m_cards[i]->show();
        if (i > 0)
            setTabOrder(m_cards[i - 1]->header(), m_cards[i]->header());
    }
    if (focus && isAncestorOf(focus))
        focus->setFocus();
}

// The slot before card i is i; the one after the last is cards().size().
int ServerCardList::slotAt(const QPoint &globalPosition) const
{
    const int y = mapFromGlobal(globalPosition).y();
    const auto below = std::find_if(m_cards.begin(), m_cards.end(), [y](const ServerCard *card) {
        return y < card->geometry().center().y();
    });
    return static_cast<int>(below - m_cards.begin());
}

void ServerCardList::showDropMark(const QPoint &globalPosition)
{
    if (m_cards.empty())
        return;
    const int slot = slotAt(globalPosition);
    const bool last = slot >= static_cast<int>(m_cards.size());
    const QRect near = (last ? m_cards.back() : m_cards[static_cast<size_t>(slot)])->geometry();
    const int y = last ? near.bottom() + gap / 2 : near.top() - gap / 2;
    m_mark->setGeometry(near.left(), y - 1, near.width(), 2);
    m_mark->raise();
    m_mark->show();
}

void ServerCardList::drop(ServerCard *card, const QPoint &globalPosition)
{
    m_mark->hide();
    const auto from
        = static_cast<int>(std::find(m_cards.begin(), m_cards.end(), card) - m_cards.begin());
    const int slot = slotAt(globalPosition);
    m_document.moveStage(card->stage(), (slot > from ? slot - 1 : slot) - from);
}

} // namespace rt
