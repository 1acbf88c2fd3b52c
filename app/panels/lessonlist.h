// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "lesson/lesson.h"

#include <QAbstractButton>
#include <QScrollArea>

class QVBoxLayout;

namespace rt {

class Theme;

enum class LessonState { New, Started, Done };

/// "CORS" for the track "cors".
QString trackTitle(const QString &track);

/// One lesson in the list: state, title, minutes.
class LessonRow final : public QAbstractButton
{
    Q_OBJECT

public:
    LessonRow(const Lesson &lesson, const QString &title, const Theme &theme, QWidget *parent);

    void setState(LessonState state);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString stateInWords() const;

    const Theme &m_theme;
    LessonState m_state = LessonState::New;
    QString m_minutes;
};

/// All lessons by track. A lesson this version cannot play stays visible with the reason.
class LessonList final : public QScrollArea
{
    Q_OBJECT

public:
    explicit LessonList(const Theme &theme, QWidget *parent = nullptr);

    void setLessons(const std::vector<Lesson> &lessons, const QString &language);
    void setState(const QString &lesson, LessonState state);

signals:
    void lessonChosen(const QString &id);

private:
    void addTrack(const QString &track, int count);

    const Theme &m_theme;
    QVBoxLayout *m_column;
    QHash<QString, LessonRow *> m_rows;
    QHash<QString, LessonState> m_states;
};

} // namespace rt
