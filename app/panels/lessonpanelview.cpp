// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "panels/lessonpanelview.h"

#include "forms/markdownview.h"
#include "panels/lessonpanelbars.h"
#include "panels/lessonpaneldone.h"
#include "panels/lessonpanelstep.h"
#include "widgets/captionlabel.h"
#include "widgets/card.h"

#include <QPushButton>
#include <QScrollBar>
#include <QTimer>
#include <QVBoxLayout>

namespace rt {

LessonView::LessonView(LessonRunner &runner, const Theme &theme, QWidget *parent)
    : QScrollArea(parent), m_runner(runner), m_theme(theme)
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(14, 2, 14, 14);
    column->setSpacing(4);
    m_title = new CaptionLabel(theme, {}, content, FontRole::Heading, Token::Text);
    m_title->setWordWrap(true);
    m_objective = new MarkdownView(theme, content, FontRole::Ui, Token::Dim);
    m_bars = new StepBars(theme, content);
    m_done = new QVBoxLayout;
    m_done->setSpacing(0);
    m_open = new QVBoxLayout;
    column->addWidget(m_title);
    column->addWidget(m_objective);
    column->addSpacing(4);
    column->addWidget(m_bars);
    column->addSpacing(4);
    column->addLayout(m_done);
    column->addSpacing(4);
    column->addLayout(m_open);
    column->addStretch(1);
    setWidget(content);
    connect(&runner, &LessonRunner::lessonStarted, this, &LessonView::begin);
    connect(&runner, &LessonRunner::stepOpened, this, &LessonView::openStep);
    connect(&runner, &LessonRunner::stepPassed, this, &LessonView::closeStep);
    connect(&runner, &LessonRunner::lessonFinished, this, &LessonView::finish);
    connect(&runner, &LessonRunner::stepStateChanged, this, [this] {
        if (m_stepView)
            m_stepView->refresh();
    });
}

void LessonView::clear(QVBoxLayout *box)
{
    while (QLayoutItem *item = box->takeAt(0)) {
        if (QWidget *widget = item->widget()) {
            widget->hide();
            widget->deleteLater(); // the signal that led here may come from inside it
        }
        delete item;
    }
}

void LessonView::begin()
{
    const LessonText &text = m_runner.lesson().text(m_language);
    m_title->setText(text.title);
    m_objective->setText(text.objective);
    m_objective->setVisible(!text.objective.isEmpty());
    clear(m_done);
    clear(m_open);
    m_lastDone = nullptr;
    m_stepView = nullptr;
    showProgress();
    verticalScrollBar()->setValue(0);
}

void LessonView::showProgress()
{
    m_bars->setProgress(m_runner.currentStep(), static_cast<int>(m_runner.lesson().steps.size()));
}

void LessonView::openStep(int)
{
    clear(m_open);
    m_stepView = new LessonStepView(m_runner, m_language, m_theme, widget());
    m_open->addWidget(m_stepView);
    connect(m_stepView, &LessonStepView::linkActivated, this, &LessonView::linkActivated);
    connect(m_stepView, &LessonStepView::answered, this, &LessonView::answered);
    showProgress();
    // The new step has its place after the layout has run; what was just learned stays above it.
    QTimer::singleShot(0, m_stepView, [this, view = m_stepView] {
        ensureWidgetVisible(m_lastDone ? static_cast<QWidget *>(m_lastDone) : view, 0, 8);
        ensureVisible(0, view->y() + std::min(view->height(), 160), 0, 8);
    });
}

void LessonView::closeStep(int step)
{
    const Lesson &lesson = m_runner.lesson();
    const QString id = lesson.steps.at(static_cast<size_t>(step)).id;
    DoneStep::Content content;
    content.number = step + 1;
    content.instruction = lesson.text(m_language).steps.value(id).instruction;
    if (m_stepView && m_stepView->step() == step)
        content.after = m_stepView->summary();
    content.withHelp = m_runner.state(step).phase == StepState::Phase::Shown;
    if (m_lastDone)
        m_lastDone->setOpen(false);
    m_lastDone = new DoneStep(content, m_theme, widget());
    m_lastDone->setOpen(true);
    connect(m_lastDone, &DoneStep::linkActivated, this, &LessonView::linkActivated);
    m_done->addWidget(m_lastDone);
}

QString LessonView::helpSentence() const
{
    int shown = 0;
    const int steps = static_cast<int>(m_runner.lesson().steps.size());
    for (int i = 0; i < steps; ++i)
        shown += m_runner.state(i).phase == StepState::Phase::Shown ? 1 : 0;
    if (shown == 0)
        return tr("Steps: %1, all done by yourself.").arg(steps);
    return tr("Steps: %1, shown to you: %2.").arg(steps).arg(shown);
}

void LessonView::finish()
{
    clear(m_open);
    m_stepView = nullptr;
    showProgress();
    auto *card = new Card(m_theme, widget());
    card->setObjectName(QStringLiteral("lesson.finished"));
    card->setSurface(Token::GoodTint);
    card->body()->addWidget(
        new CaptionLabel(m_theme, tr("Lesson done"), card, FontRole::Strong, Token::Text));
    auto *words = new CaptionLabel(m_theme, helpSentence(), card, FontRole::Ui, Token::Text);
    words->setWordWrap(true);
    card->body()->addWidget(words);
    if (!m_nextTitle.isEmpty()) {
        auto *next = new QPushButton(tr("Next: %1").arg(m_nextTitle), card);
        next->setObjectName(QStringLiteral("lesson.nextLesson"));
        next->setDefault(true);
        connect(next, &QPushButton::clicked, this, &LessonView::nextLessonRequested);
        card->body()->addWidget(next);
    }
    auto *list = new QPushButton(tr("All lessons"), card);
    list->setAutoDefault(false);
    connect(list, &QPushButton::clicked, this, &LessonView::listRequested);
    card->body()->addWidget(list, 0, Qt::AlignLeading);
    m_open->addWidget(card);
}

} // namespace rt
