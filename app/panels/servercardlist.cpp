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
    m_parkedCaption = new CaptionLabel(theme, tr("NOT IN THE STACK"), this);
    m_parkedCaption->setContentsMargins(2, 8, 0, 0);
    m_column->addWidget(m_parkedCaption);
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
    all.insert(all.end(), m_parked.begin(), m_parked.end());
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
    m_filtered = !search.isEmpty();
    showCaptions();
    return matching;
}

// A caption stands above something, or not at all.
void ServerCardList::showCaptions()
{
    const auto visible = [this](const std::vector<ServerCard *> &cards) {
        return std::any_of(cards.begin(), cards.end(), [this](const ServerCard *card) {
            return !m_filtered || card->isVisibleTo(this);
        });
    };
    m_parkedCaption->setVisible(visible(m_parked));
    m_settingsCaption->setVisible(visible(m_settings));
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
    m_settingsCaption = new CaptionLabel(m_theme, tr("BESIDE THE STACK"), this);
    m_settingsCaption->setContentsMargins(2, 8, 0, 0);
    m_column->addWidget(m_settingsCaption);
    for (OptionGroup &group : serverSettingGroups()) {
        m_settings.push_back(makeCard(std::move(group)));
        m_column->addWidget(m_settings.back());
    }
    m_column->addStretch(1);
}

std::vector<ServerCard *> ServerCardList::cardsOf(const std::vector<StackEntry> &entries)
{
    std::vector<ServerCard *> cards;
    for (const StackEntry &entry : entries) {
        ServerCard *wanted = card(entry.name);
        if (const MiddlewareInfo *info = middlewareInfo(entry.name); !wanted && info) {
            wanted = makeCard(stageGroup(*info));
            m_stages.push_back(wanted);
        }
        // A stage that is mounted twice is shown once: its options are the same.
        if (wanted && std::find(cards.begin(), cards.end(), wanted) == cards.end())
            cards.push_back(wanted);
    }
    return cards;
}

void ServerCardList::arrange()
{
    const std::vector<ServerCard *> stack = cardsOf(m_document.config().stack());
    const std::vector<ServerCard *> parked = cardsOf(m_document.config().parked());
    if (stack == m_cards && parked == m_parked)
        return;
    QWidget *focus = window()->focusWidget();
    m_cards = stack;
    m_parked = parked;
    const int count = static_cast<int>(m_cards.size());
    for (int i = 0; i < count; ++i)
        m_cards[static_cast<size_t>(i)]->header()->setPlace(i + 1, count);
    for (ServerCard *card : m_parked)
        card->header()->setPlace(0, count);
    place(m_cards, 0);
    m_column->removeWidget(m_parkedCaption);
    m_column->insertWidget(count, m_parkedCaption);
    place(m_parked, count + 1);
    showCaptions();
    if (focus && isAncestorOf(focus))
        focus->setFocus();
}

void ServerCardList::place(const std::vector<ServerCard *> &cards, int first)
{
    for (size_t i = 0; i < cards.size(); ++i) {
        m_column->removeWidget(cards[i]);
        m_column->insertWidget(first + static_cast<int>(i), cards[i]);
        cards[i]->show();
        if (i > 0)
            setTabOrder(cards[i - 1]->header(), cards[i]->header());
    }
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
