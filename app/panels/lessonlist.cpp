// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "panels/lessonlist.h"

#include "widgets/captionlabel.h"
#include "widgets/emptystate.h"

#include <QCoreApplication>
#include <QPainter>
#include <QStyle>
#include <QVBoxLayout>

#include <algorithm>

namespace rt {

namespace {
constexpr int sideMargin = 14;
}

QString trackTitle(const QString &track)
{
    static const std::pair<const char *, const char *> titles[] = {
        {"http", QT_TRANSLATE_NOOP("tracks", "HTTP")},
        {"streams", QT_TRANSLATE_NOOP("tracks", "Bodies and streams")},
        {"cors", QT_TRANSLATE_NOOP("tracks", "CORS")},
        {"helmet", QT_TRANSLATE_NOOP("tracks", "Helmet")},
        {"hpp-compression", QT_TRANSLATE_NOOP("tracks", "HPP and compression")},
        {"sessions", QT_TRANSLATE_NOOP("tracks", "Sessions and tokens")},
        {"realtime", QT_TRANSLATE_NOOP("tracks", "Real time")},
        {"capstones", QT_TRANSLATE_NOOP("tracks", "All together")},
    };
    for (const auto &[id, title] : titles) {
        if (track == QLatin1StringView(id))
            return QCoreApplication::translate("tracks", title);
    }
    return track.left(1).toUpper() + track.mid(1);
}

LessonRow::LessonRow(const Lesson &lesson, const QString &title, const Theme &theme,
                     QWidget *parent)
    : QAbstractButton(parent), m_theme(theme), m_minutes(tr("%n min", nullptr, lesson.minutes))
{
    setText(title);
    setObjectName(QStringLiteral("lesson.row.") + lesson.id);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setEnabled(lesson.unavailable.isEmpty());
    setCursor(isEnabled() ? Qt::PointingHandCursor : Qt::ArrowCursor);
    setToolTip(lesson.unavailable.isEmpty() ? title : lesson.unavailable);
    setState(LessonState::New);
}

QString LessonRow::stateInWords() const
{
    switch (m_state) {
    case LessonState::New:
        return tr("not begun");
    case LessonState::Started:
        return tr("begun");
    case LessonState::Done:
        return tr("done");
    }
    return {};
}

void LessonRow::setState(LessonState state)
{
    m_state = state;
    setAccessibleName(tr("%1, %2, %3").arg(text(), m_minutes, stateInWords()));
    update();
}

QSize LessonRow::sizeHint() const
{
    return {240, m_theme.controlHeight() + 2};
}

QSize LessonRow::minimumSizeHint() const
{
    return {120, sizeHint().height()};
}

void LessonRow::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    if ((underMouse() || hasFocus()) && isEnabled())
        painter.fillRect(rect(), m_theme.color(Token::AccentTint));
    const auto at
        = [this](const QRect &part) { return QStyle::visualRect(layoutDirection(), rect(), part); };
    painter.setFont(m_theme.font(FontRole::Ui));
    const int side = painter.fontMetrics().height();
    const QRect mark(sideMargin, (height() - side) / 2, side, side);
    const bool done = m_state == LessonState::Done;
    const Token tone = done               ? Token::Good
        : m_state == LessonState::Started ? Token::Accent
                                          : Token::Line;
    const QString icon = done             ? QStringLiteral("check")
        : m_state == LessonState::Started ? QStringLiteral("play")
                                          : QStringLiteral("circle");
    m_theme.icon(icon, tone).paint(&painter, at(mark));
    painter.setPen(m_theme.color(isEnabled() ? Token::Text : Token::Dim));
    const QFontMetrics small(m_theme.font(FontRole::Small));
    const int minutes = small.horizontalAdvance(m_minutes) + 4;
    const QRect title = rect().adjusted(mark.right() + 9, 0, -(sideMargin + minutes + 8), 0);
    painter.drawText(at(title), int(Qt::AlignLeading | Qt::AlignVCenter),
                     painter.fontMetrics().elidedText(text(), Qt::ElideRight, title.width()));
    painter.setFont(m_theme.font(FontRole::Small));
    painter.setPen(m_theme.color(Token::Dim));
    const QRect end(width() - sideMargin - minutes, 0, minutes, height());
    painter.drawText(at(end), int(Qt::AlignTrailing | Qt::AlignVCenter), m_minutes);
}

LessonList::LessonList(const Theme &theme, QWidget *parent) : QScrollArea(parent), m_theme(theme)
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    setWidget(new QWidget);
    m_column = new QVBoxLayout(widget());
    m_column->setContentsMargins(0, 0, 0, 12);
    m_column->setSpacing(0);
}

void LessonList::addTrack(const QString &track, int count)
{
    const QString words = count == 1 ? tr("%1 · 1 lesson") : tr("%1 · %n lessons", nullptr, count);
    auto *caption = new CaptionLabel(m_theme, words.arg(trackTitle(track)), widget());
    caption->setContentsMargins(sideMargin, m_rows.isEmpty() ? 4 : 14, sideMargin, 4);
    m_column->addWidget(caption);
}

void LessonList::setLessons(const std::vector<Lesson> &lessons, const QString &language)
{
    const QList<QWidget *> old
        = widget()->findChildren<QWidget *>(QString(), Qt::FindDirectChildrenOnly);
    qDeleteAll(old);
    m_rows.clear();
    while (QLayoutItem *item = m_column->takeAt(0))
        delete item;
    if (lessons.empty()) {
        m_column->addWidget(new EmptyState(m_theme, QStringLiteral("lesson"),
                                           tr("Lessons appear here."), widget()));
        return;
    }
    QString track;
    for (const Lesson &lesson : lessons) {
        if (lesson.track != track) {
            track = lesson.track;
            addTrack(track,
                     static_cast<int>(std::count_if(
                         lessons.begin(), lessons.end(),
                         [&track](const Lesson &other) { return other.track == track; })));
        }
        auto *row = new LessonRow(lesson, lesson.text(language).title, m_theme, widget());
        row->setState(m_states.value(lesson.id, LessonState::New));
        connect(row, &QAbstractButton::clicked, this,
                [this, id = lesson.id] { emit lessonChosen(id); });
        m_rows.insert(lesson.id, row);
        m_column->addWidget(row);
    }
    m_column->addStretch(1);
}

void LessonList::setState(const QString &lesson, LessonState state)
{
    m_states.insert(lesson, state);
    if (LessonRow *row = m_rows.value(lesson))
        row->setState(state);
}

} // namespace rt
