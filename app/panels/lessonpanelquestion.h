// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "lesson/lesson.h"
#include "widgets/card.h"

class QAbstractButton;
class QLineEdit;
class QPushButton;

namespace rt {

class CaptionLabel;
class MarkdownView;
class Segmented;

/// A question of a lesson with its answers. A prediction is committed once, with how sure the
/// learner is, and compared with what happens later; a quiz answer can be tried again.
class QuestionCard final : public Card
{
    Q_OBJECT

public:
    enum class Purpose { Prediction, Quiz };
    struct Content
    {
        Question question;
        QuestionText text;
        Purpose purpose = Purpose::Quiz;
        /// Decides the order of shuffled options; the same for the whole step.
        quint32 seed = 0;
    };

    QuestionCard(Content content, const Theme &theme, QWidget *parent = nullptr);

    const QString &id() const { return m_content.question.id; }
    /// What has been committed before: chosen and, for a prediction, closed.
    void setAnswered(const JsValue &value, bool right);
    /// 0 guess, 1 fairly, 2 certain, -1 not said.
    int confidence() const;
    /// What the learner said, in words: "Two, too much time passes in between".
    QString answerInWords() const;

signals:
    void committed(const rt::JsValue &value);
    void linkActivated(const QUrl &url);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void setupOptions();
    void setupField();
    void setupFoot();
    void showVerdict(bool right);
    QStringList optionOrder() const;
    JsValue answer() const;
    QStringList chosen() const;
    void commit();
    void follow();

    Content m_content;
    const Theme &m_theme;
    std::vector<std::pair<QString, QAbstractButton *>> m_options;
    QLineEdit *m_field = nullptr;
    Segmented *m_confidence = nullptr;
    QWidget *m_confidenceRow = nullptr;
    QPushButton *m_commit = nullptr;
    MarkdownView *m_verdict = nullptr;
};

} // namespace rt
