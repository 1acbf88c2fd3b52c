// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "panels/lessonpanelstep.h"

#include "forms/markdownview.h"
#include "panels/lessonpanelclauses.h"
#include "panels/lessonpanelquestion.h"
#include "widgets/captionlabel.h"
#include "widgets/flowlayout.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace rt {

namespace {
// CURRICULUM: hints open one by one, with time to try the one before.
constexpr int hintPause = 20'000;
} // namespace

LessonStepView::LessonStepView(LessonRunner &runner, const QString &language, const Theme &theme,
                               QWidget *parent)
    : QWidget(parent), m_runner(runner), m_text(runner.lesson().text(language)), m_theme(theme),
      m_step(runner.currentStep()), m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(10);
    setupInstruction();
    setupQuestions();
    m_mistake = textCard(Token::CautionTint, {}, {});
    m_mistake->setObjectName(QStringLiteral("lesson.mistake"));
    m_mistakeText = m_mistake->findChild<MarkdownView *>();
    m_clauses = new ClauseCard(theme, this);
    m_column->addWidget(m_clauses);
    setupHelp();
    m_hintPause.setSingleShot(true);
    m_hintPause.setInterval(hintPause);
    connect(&m_hintPause, &QTimer::timeout, this, &LessonStepView::refresh);
    refresh();
}

const Step &LessonStepView::rules() const
{
    return m_runner.lesson().steps.at(static_cast<size_t>(m_step));
}

StepText LessonStepView::texts() const
{
    return m_text.steps.value(rules().id);
}

Card *LessonStepView::textCard(Token surface, const QString &caption, const QString &markdown)
{
    auto *card = new Card(m_theme, this);
    card->setSurface(surface);
    if (!caption.isEmpty())
        card->body()->addWidget(
            new CaptionLabel(m_theme, caption, card, FontRole::Strong, Token::Text));
    auto *view = new MarkdownView(m_theme, card);
    view->setFolder(m_runner.lesson().folder);
    view->setText(markdown);
    connect(view, &MarkdownView::linkActivated, this, &LessonStepView::linkActivated);
    card->body()->addWidget(view);
    m_column->addWidget(card);
    return card;
}

void LessonStepView::setupInstruction()
{
    auto *card = new Card(m_theme, this);
    card->setObjectName(QStringLiteral("lesson.step"));
    card->setCurrent(true);
    m_column->addWidget(card);
    const auto add = [&](FontRole role, const QString &markdown) {
        auto *view = new MarkdownView(m_theme, card, role);
        view->setFolder(m_runner.lesson().folder);
        view->setText(m_runner.resolve(markdown));
        connect(view, &MarkdownView::linkActivated, this, &LessonStepView::linkActivated);
        card->body()->addWidget(view);
    };
    const StepText text = texts();
    add(FontRole::Strong, tr("Step %1 · %2").arg(m_step + 1).arg(text.instruction));
    if (!text.body.isEmpty())
        add(FontRole::Ui, text.body);
    if (rules().focus && !rules().focus->isEmpty()) {
        auto *note = new CaptionLabel(m_theme, tr("Other controls rest in this step."), card,
                                      FontRole::Small);
        note->setWordWrap(true);
        card->body()->addWidget(note);
    }
}

void LessonStepView::setupQuestions()
{
    for (const QString &id : rules().questions) {
        QuestionCard::Content content;
        content.question = m_runner.lesson().questions.value(id);
        content.text = m_text.questions.value(id);
        content.purpose = rules().kind == Step::Kind::Predict ? QuestionCard::Purpose::Prediction
                                                              : QuestionCard::Purpose::Quiz;
        content.seed = static_cast<quint32>(qHash(m_runner.lesson().id + id));
        auto *card = new QuestionCard(content, m_theme, this);
        m_questions.push_back(card);
        m_column->addWidget(card);
        connect(card, &QuestionCard::linkActivated, this, &LessonStepView::linkActivated);
        connect(card, &QuestionCard::committed, this,
                [this, card](const JsValue &value) { commit(card, value); });
    }
}

void LessonStepView::setupHelp()
{
    m_hints = new QVBoxLayout;
    m_hints->setSpacing(8);
    m_column->addLayout(m_hints);
    auto *bar = new QWidget(this);
    auto *row = new FlowLayout(bar, 8);
    row->setContentsMargins(0, 0, 0, 0);
    const auto add = [&](const char *name, const QString &text) {
        auto *button = new QPushButton(text, bar);
        button->setObjectName(QLatin1StringView(name));
        button->setAutoDefault(false);
        row->addWidget(button);
        return button;
    };
    if (rules().kind == Step::Kind::Read) {
        QPushButton *next = add("lesson.next", tr("Next"));
        next->setDefault(true);
        connect(next, &QPushButton::clicked, &m_runner, &LessonRunner::next);
    }
    m_hintButton = add("lesson.hint", {});
    m_show = add("lesson.showMe", tr("Show me"));
    m_show->setToolTip(tr("Play this step's solution and mark the step as shown"));
    QPushButton *restart = add("lesson.restart", tr("Restart step"));
    restart->setToolTip(tr("Only what happens from now on counts for this step"));
    connect(m_hintButton, &QPushButton::clicked, &m_runner, &LessonRunner::openHint);
    connect(m_show, &QPushButton::clicked, &m_runner, &LessonRunner::showMe);
    connect(restart, &QPushButton::clicked, &m_runner, &LessonRunner::restartStep);
    m_column->addWidget(bar);
    m_column->addStretch(1);
}

void LessonStepView::refresh()
{
    if (m_runner.currentStep() != m_step)
        return;
    const StepState &state = m_runner.state(m_step);
    const bool checked = rules().kind == Step::Kind::Predict || rules().kind == Step::Kind::Do
        || rules().kind == Step::Kind::Find;
    m_clauses->setClauses(checked ? state.clauses : std::vector<Clause> {});
    refreshMistake(state);
    refreshHints(state);
    for (QuestionCard *card : m_questions) {
        if (m_runner.isAnswered(card->id()))
            card->setAnswered(m_runner.answerGiven(card->id()), m_runner.isCorrect(card->id()));
    }
    m_show->setEnabled(!rules().solution.isEmpty());
}

void LessonStepView::refreshMistake(const StepState &state)
{
    const QString text = texts().mistakes.value(state.mistake);
    m_mistake->setVisible(!text.isEmpty());
    if (!text.isEmpty())
        m_mistakeText->setText(m_runner.resolve(text));
}

void LessonStepView::refreshHints(const StepState &state)
{
    const QStringList hints = texts().hints;
    const int count = static_cast<int>(hints.size());
    while (m_hintsShown < std::min(state.hintsOpened, count)) {
        const int number = ++m_hintsShown;
        Card *card = textCard(Token::Code, tr("Hint %1 of %2").arg(number).arg(count),
                              m_runner.resolve(hints.at(number - 1)));
        card->setObjectName(QStringLiteral("lesson.hint.%1").arg(number));
        m_hints->addWidget(card);
        m_hintPause.start();
    }
    const bool more = m_hintsShown < count;
    m_hintButton->setVisible(count > 0);
    m_hintButton->setText(tr("Hint %1 of %2").arg(std::min(m_hintsShown + 1, count)).arg(count));
    m_hintButton->setEnabled(more && !m_hintPause.isActive());
    m_hintButton->setToolTip(!more                        ? tr("All hints are open")
                                 : m_hintPause.isActive() ? tr("Try this hint first; the next one "
                                                               "can be opened in a moment")
                                                          : QString());
}

void LessonStepView::commit(QuestionCard *card, const JsValue &value)
{
    m_runner.answer(card->id(), value);
    emit answered();
}

QString LessonStepView::summary() const
{
    QStringList parts;
    static const char *const sure[]
        = {QT_TR_NOOP("a guess"), QT_TR_NOOP("fairly sure"), QT_TR_NOOP("certain")};
    for (const QuestionCard *card : m_questions) {
        const QuestionText text = m_text.questions.value(card->id());
        const bool right = m_runner.isCorrect(card->id());
        if (rules().kind == Step::Kind::Predict) {
            const QString said = card->confidence() < 0
                ? tr("You predicted “%1”").arg(card->answerInWords())
                : tr("You predicted “%1” (%2)")
                      .arg(card->answerInWords(), tr(sure[card->confidence()]));
            parts.append(right ? tr("%1: right.").arg(said)
                               : tr("%1: it came out differently.").arg(said));
        }
        QStringList why;
        for (const JsValue &key : m_runner.answerGiven(card->id()).items())
            why.append(text.wrong.value(key.asText()));
        why.removeAll(QString());
        const QString words = right ? text.right : why.join(u' ');
        if (!words.isEmpty())
            parts.append(words);
    }
    if (const QString after = texts().after; !after.isEmpty())
        parts.append(m_runner.resolve(after));
    return parts.join(QStringLiteral("\n\n"));
}

} // namespace rt
