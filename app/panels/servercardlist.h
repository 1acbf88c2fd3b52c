// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "forms/optiongroup.h"
#include "lab/labconfig.h"

#include <QWidget>

#include <vector>

class QVBoxLayout;

namespace rt {

class LabDocument;
class ServerCard;
class Theme;

/// The stack as cards in order, with the mark that shows where a dragged one would go.
class ServerCardList final : public QWidget
{
    Q_OBJECT

public:
    ServerCardList(LabDocument &document, const Theme &theme, QWidget *parent = nullptr);

    const std::vector<ServerCard *> &cards() const { return m_cards; }
    ServerCard *card(const QByteArray &stage) const;
    /// The card that has the option, whether a stage's or one of the settings below the stack.
    ServerCard *cardOf(const QByteArray &path) const;
    std::vector<ServerCard *> allCards() const;
    /// Returns how many options match.
    int setFilter(const QString &search);

signals:
    void cardOpened(rt::ServerCard *card);
    void optionHovered(const QByteArray &path);
    void optionFocused(const QByteArray &path);

private:
    void arrange();
    void showCaptions();
    /// Gives the cards their places in the column, this one first.
    void place(const std::vector<ServerCard *> &cards, int first);
    std::vector<ServerCard *> cardsOf(const std::vector<StackEntry> &entries);
    ServerCard *makeCard(OptionGroup group);
    void addSettings();
    void showDropMark(const QPoint &globalPosition);
    void drop(ServerCard *card, const QPoint &globalPosition);
    int slotAt(const QPoint &globalPosition) const;

    LabDocument &m_document;
    const Theme &m_theme;
    QVBoxLayout *m_column;
    QWidget *m_mark;
    QWidget *m_parkedCaption = nullptr;
    QWidget *m_settingsCaption = nullptr;
    bool m_filtered = false;
    std::vector<ServerCard *> m_cards;
    /// Stages that the order leaves out; switching one on puts it into the stack.
    std::vector<ServerCard *> m_parked;
    /// Every card made for a stage so far.
    std::vector<ServerCard *> m_stages;
    std::vector<ServerCard *> m_settings;
};

} // namespace rt
