// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "panels/lessonpanelclauses.h"

#include "widgets/captionlabel.h"

#include <QPainter>
#include <QStyle>

#include <algorithm>

namespace rt {

namespace {
constexpr int gap = 6;
constexpr int wrapped = int(Qt::TextWordWrap) | int(Qt::AlignLeading) | int(Qt::AlignTop);
} // namespace

/// A tick or an empty circle, the sentence, and below it how near the learner is. Painted whole: it
/// changes while traffic arrives, and its height follows its width at once.
class ClauseCard::Row final : public QWidget
{
public:
    Row(const Theme &theme, QWidget *parent) : QWidget(parent), m_theme(theme)
    {
        QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
        policy.setHeightForWidth(true);
        setSizePolicy(policy);
    }

    void setClause(const Clause &clause)
    {
        if (clause == m_clause && !accessibleName().isEmpty())
            return;
        m_clause = clause;
        const QString words
            = clause.holds ? ClauseCard::tr("Done: %1") : ClauseCard::tr("Not yet: %1");
        setAccessibleName(words.arg(clause.sentence));
        setAccessibleDescription(clause.nearMiss);
        updateGeometry();
        update();
    }

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override
    {
        const int sentence = heightOf(FontRole::Ui, m_clause.sentence, width);
        return sentence + (showsMiss() ? heightOf(FontRole::Small, m_clause.nearMiss, width) : 0);
    }
    QSize sizeHint() const override { return {220, heightForWidth(220)}; }
    QSize minimumSizeHint() const override { return {100, side()}; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const QString icon = m_clause.holds ? QStringLiteral("check") : QStringLiteral("circle");
        const QRect mark(1, 1, side() - 2, side() - 2);
        m_theme.icon(icon, m_clause.holds ? Token::Good : Token::Dim)
            .paint(&painter, QStyle::visualRect(layoutDirection(), rect(), mark));
        QRect text = rect().adjusted(side() + gap, 0, 0, 0);
        draw(painter, text, FontRole::Ui, m_clause.holds ? Token::Dim : Token::Text,
             m_clause.sentence);
        text.setTop(heightOf(FontRole::Ui, m_clause.sentence, width()));
        if (showsMiss())
            draw(painter, text, FontRole::Small, Token::Dim, m_clause.nearMiss);
    }

private:
    int side() const { return QFontMetrics(m_theme.font(FontRole::Ui)).height(); }
    bool showsMiss() const { return !m_clause.holds && !m_clause.nearMiss.isEmpty(); }

    int heightOf(FontRole role, const QString &text, int width) const
    {
        const int room = std::max(40, width - side() - gap);
        return QFontMetrics(m_theme.font(role))
            .boundingRect(0, 0, room, 10000, wrapped, text)
            .height();
    }

    void draw(QPainter &painter, const QRect &rect, FontRole role, Token token,
              const QString &text) const
    {
        painter.setFont(m_theme.font(role));
        painter.setPen(m_theme.color(token));
        painter.drawText(QStyle::visualRect(layoutDirection(), this->rect(), rect), wrapped, text);
    }

    const Theme &m_theme;
    Clause m_clause;
};

ClauseCard::ClauseCard(const Theme &theme, QWidget *parent) : Card(theme, parent), m_theme(theme)
{
    setObjectName(QStringLiteral("lesson.clauses"));
    setAccessibleName(tr("Not yet, because"));
    body()->setSpacing(4);
    body()->addWidget(
        new CaptionLabel(theme, tr("Not yet, because"), this, FontRole::Strong, Token::Text));
}

void ClauseCard::setClauses(const std::vector<Clause> &clauses)
{
    while (m_rows.size() < clauses.size()) {
        m_rows.push_back(new Row(m_theme, this));
        body()->addWidget(m_rows.back());
    }
    for (size_t i = 0; i < m_rows.size(); ++i) {
        m_rows[i]->setVisible(i < clauses.size());
        if (i < clauses.size())
            m_rows[i]->setClause(clauses[i]);
    }
    setVisible(!clauses.empty());
}

} // namespace rt
