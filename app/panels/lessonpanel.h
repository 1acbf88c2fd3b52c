// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "lesson/lesson.h"
#include "panels/lessonlist.h"

#include <QUrl>
#include <QWidget>

#include <vector>

class QStackedWidget;
class QToolButton;

namespace rt {

class CaptionLabel;
class ControlGate;
class LessonRunner;
class LessonView;
class Theme;

/// The lessons: the list of all, or the one that is being played. Decides, while a lesson runs,
/// which controls of the window rest.
class LessonPanel final : public QWidget
{
    Q_OBJECT

public:
    LessonPanel(LessonRunner &runner, const Theme &theme, QWidget *parent = nullptr);
    ~LessonPanel() override;

    void setLessons(std::vector<Lesson> lessons);
    /// Language of the texts, "en" by default.
    void setLanguage(const QString &language);
    void setLessonState(const QString &id, LessonState state);
    void showList();
    /// Back to the lesson that is running.
    void showLesson();
    /// False when there is no such lesson or it cannot be played.
    bool startLesson(const QString &id);
    void leaveLesson();

public slots:
    /// Decides again which controls rest; for whoever has just made some.
    void applyFocus();

signals:
    /// A step was opened or the lesson ended: which controls rest has changed. The names are those
    /// of the step, empty when all controls are live.
    void focusChanged(const QStringList &controls);
    /// "glossary:preflight", or an https address the learner must agree to first.
    void linkActivated(const QUrl &url);
    /// A control or option named in a text was clicked: "client.send", "server.cors.maxAge".
    void controlRequested(const QByteArray &id);
    /// Paths of the check language that the step wants marked in the traffic.
    void highlightChanged(const QStringList &paths);
    void lessonStateChanged(const QString &id, rt::LessonState state);

private:
    QWidget *makeCaption();
    void connectRunner();
    void updateCaption();
    void openLink(const QUrl &url);
    void showStep();
    const Lesson *find(const QString &id) const;
    const Lesson *following(const QString &id) const;
    QStringList locked() const;

    LessonRunner &m_runner;
    const Theme &m_theme;
    std::vector<Lesson> m_lessons;
    QString m_language = QStringLiteral("en");
    CaptionLabel *m_caption = nullptr;
    QToolButton *m_listButton = nullptr;
    QStackedWidget *m_stack = nullptr;
    LessonList *m_list = nullptr;
    LessonView *m_view = nullptr;
    ControlGate *m_gate = nullptr;
};

} // namespace rt
