// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "panels/lessonpanel.h"

#include "forms/controlgate.h"
#include "forms/controllabels.h"
#include "lesson/lessonrunner.h"
#include "panels/lessonpanelview.h"
#include "widgets/captionlabel.h"

#include <QHBoxLayout>
#include <QStackedWidget>
#include <QToolButton>

#include <algorithm>

namespace rt {

LessonPanel::LessonPanel(LessonRunner &runner, const Theme &theme, QWidget *parent)
    : QWidget(parent), m_runner(runner), m_theme(theme)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(makeCaption());
    m_stack = new QStackedWidget(this);
    m_list = new LessonList(theme, m_stack);
    m_view = new LessonView(runner, theme, m_stack);
    m_stack->addWidget(m_list);
    m_stack->addWidget(m_view);
    column->addWidget(m_stack, 1);
    connect(m_list, &LessonList::lessonChosen, this, &LessonPanel::startLesson);
    connect(m_view, &LessonView::linkActivated, this, &LessonPanel::openLink);
    connect(m_view, &LessonView::answered, this, &LessonPanel::applyFocus);
    connect(m_view, &LessonView::listRequested, this, &LessonPanel::showList);
    connect(m_view, &LessonView::nextLessonRequested, this, [this] {
        if (const Lesson *next = following(m_runner.lesson().id))
            startLesson(next->id);
    });
    connectRunner();
    updateCaption();
}

LessonPanel::~LessonPanel() = default;

QWidget *LessonPanel::makeCaption()
{
    auto *caption = new QWidget(this);
    caption->setObjectName(QStringLiteral("lesson.caption")); // becomes the dock's title bar
    auto *row = new QHBoxLayout(caption);
    row->setContentsMargins(14, 6, 8, 0);
    m_caption = new CaptionLabel(m_theme, {}, caption);
    m_caption->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_listButton = new QToolButton(caption);
    m_listButton->setAutoRaise(true);
    m_listButton->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_listButton->setIcon(m_theme.icon(QStringLiteral("list"), Token::Dim));
    connect(m_listButton, &QToolButton::clicked, this,
            [this] { m_stack->currentWidget() == m_list ? showLesson() : showList(); });
    row->addWidget(m_caption, 1);
    row->addWidget(m_listButton);
    return caption;
}

void LessonPanel::connectRunner()
{
    m_runner.setLabels([this](const QString &kind, const QString &name) {
        return controlMarkdown(kind, name, window());
    });
    connect(&m_runner, &LessonRunner::lessonStarted, this, [this] {
        setLessonState(m_runner.lesson().id, LessonState::Started);
        showLesson();
    });
    connect(&m_runner, &LessonRunner::stepOpened, this, &LessonPanel::showStep);
    connect(&m_runner, &LessonRunner::stepStateChanged, this, &LessonPanel::applyFocus);
    connect(&m_runner, &LessonRunner::lessonFinished, this, [this] {
        setLessonState(m_runner.lesson().id, LessonState::Done);
        showStep();
    });
}

void LessonPanel::setLessons(std::vector<Lesson> lessons)
{
    m_lessons = std::move(lessons);
    m_list->setLessons(m_lessons, m_language);
    updateCaption();
}

void LessonPanel::setLanguage(const QString &language)
{
    m_language = language;
    m_view->setLanguage(language);
    m_list->setLessons(m_lessons, language);
}

void LessonPanel::setLessonState(const QString &id, LessonState state)
{
    m_list->setState(id, state);
    emit lessonStateChanged(id, state);
}

const Lesson *LessonPanel::find(const QString &id) const
{
    const auto found = std::find_if(m_lessons.begin(), m_lessons.end(),
                                    [&id](const Lesson &lesson) { return lesson.id == id; });
    return found == m_lessons.end() ? nullptr : &*found;
}

const Lesson *LessonPanel::following(const QString &id) const
{
    const Lesson *lesson = find(id);
    if (!lesson)
        return nullptr;
    const auto next
        = std::find_if(m_lessons.begin() + (lesson - m_lessons.data()) + 1, m_lessons.end(),
                       [](const Lesson &other) { return other.unavailable.isEmpty(); });
    return next == m_lessons.end() ? nullptr : &*next;
}

bool LessonPanel::startLesson(const QString &id)
{
    const Lesson *lesson = find(id);
    if (!lesson || !lesson->unavailable.isEmpty())
        return false;
    const Lesson *next = following(id);
    m_view->setNextTitle(next ? next->text(m_language).title : QString());
    m_runner.start(*lesson);
    return true;
}

void LessonPanel::leaveLesson()
{
    m_runner.stop();
    showList();
    showStep();
}

void LessonPanel::showList()
{
    m_stack->setCurrentWidget(m_list);
    updateCaption();
}

void LessonPanel::showLesson()
{
    m_stack->setCurrentWidget(m_view);
    updateCaption();
}

void LessonPanel::updateCaption()
{
    const bool list = m_stack->currentWidget() == m_list;
    m_listButton->setVisible(!list || m_runner.isRunning());
    m_listButton->setText(list ? tr("Back to the lesson") : tr("All lessons"));
    if (list) {
        m_caption->setText(tr("LESSONS"));
        return;
    }
    const Lesson &lesson = m_runner.lesson();
    int place = 0;
    int count = 0;
    for (const Lesson &other : m_lessons) {
        if (other.track != lesson.track)
            continue;
        ++count;
        if (other.id == lesson.id)
            place = count;
    }
    m_caption->setText(
        place > 0 ? tr("LESSON · %1 %2 of %3").arg(trackTitle(lesson.track)).arg(place).arg(count)
                  : tr("LESSON · %1").arg(trackTitle(lesson.track)));
}

// A prediction is committed before Send unlocks.
QStringList LessonPanel::locked() const
{
    if (!m_runner.isRunning() || m_runner.isFinished())
        return {};
    const Step &step = m_runner.lesson().steps.at(static_cast<size_t>(m_runner.currentStep()));
    const bool open = step.kind == Step::Kind::Predict
        && std::any_of(step.questions.begin(), step.questions.end(),
                       [this](const QString &id) { return !m_runner.isAnswered(id); });
    return open ? QStringList {QStringLiteral("client.send")} : QStringList();
}

void LessonPanel::applyFocus()
{
    if (!m_gate)
        m_gate = new ControlGate(*window(), this);
    m_gate->setAllowed(m_runner.isRunning() ? m_runner.focus() : std::nullopt, locked());
}

void LessonPanel::showStep()
{
    applyFocus();
    const bool open = m_runner.isRunning() && !m_runner.isFinished();
    emit focusChanged(m_runner.focus().value_or(QStringList()));
    emit highlightChanged(
        open ? m_runner.lesson().steps.at(static_cast<size_t>(m_runner.currentStep())).highlight
             : QStringList());
}

void LessonPanel::openLink(const QUrl &url)
{
    if (url.scheme() == QLatin1StringView("lesson"))
        startLesson(url.path());
    else if (url.scheme() == QLatin1StringView("option")
             || url.scheme() == QLatin1StringView("control"))
        emit controlRequested(url.path().toUtf8());
    else
        emit linkActivated(url);
}

} // namespace rt
