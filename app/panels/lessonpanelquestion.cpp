// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "panels/lessonpanelquestion.h"

#include "forms/markdownview.h"
#include "panels/lessonpanelchoice.h"
#include "widgets/captionlabel.h"
#include "widgets/segmented.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPushButton>
#include <QRandomGenerator>

#include <algorithm>

namespace rt {

QuestionCard::QuestionCard(Content content, const Theme &theme, QWidget *parent)
    : Card(theme, parent), m_content(std::move(content)), m_theme(theme)
{
    setObjectName(QStringLiteral("lesson.question.") + id());
    const bool prediction = m_content.purpose == Purpose::Prediction;
    body()->addWidget(new CaptionLabel(theme, prediction ? tr("Predict first") : tr("Question"),
                                       this, FontRole::Strong, Token::Text));
    auto *question = new MarkdownView(theme, this);
    question->setText(m_content.text.question);
    connect(question, &MarkdownView::linkActivated, this, &QuestionCard::linkActivated);
    body()->addWidget(question);
    const Question::Type type = m_content.question.type;
    if (type == Question::Type::Single || type == Question::Type::Multi)
        setupOptions();
    else
        setupField();
    setupFoot();
    follow();
}

QStringList QuestionCard::optionOrder() const
{
    QStringList keys = m_content.question.options;
    if (m_content.question.shuffle) {
        QRandomGenerator random(m_content.seed);
        std::shuffle(keys.begin(), keys.end(), random);
    }
    return keys;
}

void QuestionCard::setupOptions()
{
    const bool single = m_content.question.type == Question::Type::Single;
    auto *group = new QButtonGroup(this);
    group->setExclusive(single);
    for (const QString &key : optionOrder()) {
        auto *option
            = new LessonChoice(m_theme, m_content.text.options.value(key, key), single, this);
        option->setObjectName(QStringLiteral("lesson.answer.%1.%2").arg(id(), key));
        group->addButton(option);
        body()->addWidget(option);
        m_options.emplace_back(key, option);
        connect(option, &QAbstractButton::toggled, this, &QuestionCard::follow);
    }
}

void QuestionCard::setupField()
{
    m_field = new QLineEdit(this);
    m_field->setObjectName(QStringLiteral("lesson.answer.") + id());
    m_field->setAccessibleName(tr("Your answer"));
    m_field->setPlaceholderText(
        m_content.question.type == Question::Type::Number ? tr("A number") : tr("Your answer"));
    m_field->setFont(m_theme.font(FontRole::Mono));
    connect(m_field, &QLineEdit::textChanged, this, &QuestionCard::follow);
    connect(m_field, &QLineEdit::returnPressed, this, &QuestionCard::commit);
    body()->addWidget(m_field);
}

void QuestionCard::setupFoot()
{
    m_confidenceRow = new QWidget(this);
    auto *row = new QHBoxLayout(m_confidenceRow);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(new CaptionLabel(m_theme, tr("How sure?"), this, FontRole::Ui, Token::Dim));
    m_confidence = new Segmented(m_theme, {tr("guess"), tr("fairly"), tr("certain")}, this);
    m_confidence->setObjectName(QStringLiteral("lesson.confidence"));
    m_confidence->setAccessibleName(tr("How sure?"));
    row->addWidget(m_confidence);
    row->addStretch(1);
    body()->addWidget(m_confidenceRow);
    m_confidenceRow->setVisible(m_content.purpose == Purpose::Prediction);
    m_verdict = new MarkdownView(m_theme, this);
    m_verdict->setObjectName(QStringLiteral("lesson.verdict"));
    m_verdict->hide();
    connect(m_verdict, &MarkdownView::linkActivated, this, &QuestionCard::linkActivated);
    body()->addWidget(m_verdict);
    m_commit = new QPushButton(
        m_content.purpose == Purpose::Prediction ? tr("Commit the prediction") : tr("Check"), this);
    m_commit->setObjectName(QStringLiteral("lesson.commit"));
    m_commit->setAutoDefault(false);
    connect(m_commit, &QPushButton::clicked, this, &QuestionCard::commit);
    body()->addWidget(m_commit, 0, Qt::AlignLeading);
}

QStringList QuestionCard::chosen() const
{
    QStringList keys;
    for (const auto &[key, button] : m_options) {
        if (button->isChecked())
            keys.append(key);
    }
    // As the lesson file lists them, whatever order they are shown in.
    std::sort(keys.begin(), keys.end(), [this](const QString &a, const QString &b) {
        const QStringList &order = m_content.question.options;
        return order.indexOf(a) < order.indexOf(b);
    });
    return keys;
}

JsValue QuestionCard::answer() const
{
    switch (m_content.question.type) {
    case Question::Type::Single:
    case Question::Type::Multi:
        return chosen().isEmpty() ? JsValue() : JsValue::stringArray(chosen());
    case Question::Type::Number: {
        bool isNumber = false;
        const double number = m_field->text().trimmed().toDouble(&isNumber);
        return isNumber ? JsValue(number) : JsValue();
    }
    case Question::Type::Text:
        return m_field->text().trimmed().isEmpty() ? JsValue() : JsValue(m_field->text());
    }
    return JsValue();
}

QString QuestionCard::answerInWords() const
{
    if (m_field)
        return m_field->text();
    QStringList words;
    for (const QString &key : chosen())
        words.append(m_content.text.options.value(key, key));
    return words.join(QStringLiteral(" · "));
}

int QuestionCard::confidence() const
{
    return m_confidence->current();
}

void QuestionCard::commit()
{
    const JsValue value = answer();
    if (!value.isUndefined() && m_commit->isEnabled())
        emit committed(value);
}

void QuestionCard::follow()
{
    if (m_commit)
        m_commit->setEnabled(!answer().isUndefined());
    if (m_verdict && m_content.purpose == Purpose::Quiz)
        m_verdict->hide();
}

void QuestionCard::setAnswered(const JsValue &value, bool right)
{
    QStringList keys;
    for (const JsValue &item : value.items())
        keys.append(item.asText());
    for (const auto &[key, button] : m_options)
        button->setChecked(keys.contains(key));
    if (m_field)
        m_field->setText(value.asText());
    if (m_content.purpose == Purpose::Quiz) {
        showVerdict(right);
        return;
    }
    for (const auto &[key, button] : m_options)
        button->setEnabled(false);
    if (m_field)
        m_field->setEnabled(false);
    m_confidenceRow->setVisible(m_confidence->current() >= 0);
    m_confidence->setEnabled(false);
    m_commit->hide();
    m_verdict->setText(tr("Committed. Now make it happen and compare."));
    m_verdict->show();
}

void QuestionCard::showVerdict(bool right)
{
    QStringList texts;
    for (const QString &key : chosen()) {
        if (const QString wrong = m_content.text.wrong.value(key); !right && !wrong.isEmpty())
            texts.append(wrong);
    }
    if (right && !m_content.text.right.isEmpty())
        texts.append(m_content.text.right);
    const QString plain = right ? tr("Right.") : tr("Not yet.");
    m_verdict->setText(texts.isEmpty() ? plain : texts.join(QStringLiteral("\n\n")));
    m_verdict->show();
}

void QuestionCard::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        commit();
    else
        Card::keyPressEvent(event);
}

} // namespace rt
