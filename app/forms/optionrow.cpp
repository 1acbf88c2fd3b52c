// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "forms/optionrow.h"

#include "forms/optioneditor.h"
#include "forms/resetdot.h"
#include "widgets/captionlabel.h"
#include "widgets/elidedlabel.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QCoreApplication>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>

#include <algorithm>

namespace rt {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("options", text);
}

} // namespace

OptionRow::OptionRow(const OptionSpec &spec, QByteArray path, const Theme &theme, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_spec(spec), m_path(std::move(path))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 3, 12, 3);
    column->setSpacing(2);
    setupLine(theme);
    setupNotes(theme);
}

void OptionRow::setupLine(const Theme &theme)
{
    auto *line = new QHBoxLayout;
    line->setSpacing(4);
    m_name = new ElidedLabel(theme, shortName(), this);
    m_reset = new ResetDot(theme, this);
    m_reset->setToolTip(tr("Changed. Press to go back to the default."));
    m_reset->setAccessibleName(tr("Reset %1 to its default").arg(spokenName()));
    connect(m_reset, &QAbstractButton::clicked, this, [this] { emit edited(JsValue()); });
    m_editor = OptionEditor::create(m_spec, theme, this);
    m_editor->setControlId(QString::fromUtf8(m_path), spokenName());
    connect(m_editor, &OptionEditor::edited, this, &OptionRow::edited);
    connect(m_editor, &OptionEditor::refused, this, &OptionRow::setError);
    m_nameCell = new QWidget(this);
    auto *cell = new QHBoxLayout(m_nameCell);
    cell->setContentsMargins(0, 0, 0, 0);
    cell->setSpacing(2);
    cell->addWidget(m_name);
    cell->addWidget(m_reset);
    cell->addStretch(1);
    m_nameCell->setToolTip(toolTipText());
    auto *column = static_cast<QVBoxLayout *>(layout());
    line->addWidget(m_nameCell, 0, Qt::AlignTop);
    column->addLayout(line);
    if (m_editor->isWide()) {
        line->addStretch(1);
        column->addWidget(m_editor);
    } else {
        line->addWidget(m_editor, 1);
    }
}

void OptionRow::setupNotes(const Theme &theme)
{
    const QString source = QString::fromUtf8(m_spec.source);
    m_help = new CaptionLabel(theme, translated(m_spec.help), this, FontRole::Small, Token::Dim);
    m_help->setToolTip(source);
    m_error = new CaptionLabel(theme, {}, this, FontRole::Small, Token::Bad);
    for (CaptionLabel *note : {m_error, m_help}) {
        note->setWordWrap(true);
        note->setTextFormat(Qt::PlainText);
        note->hide();
        layout()->addWidget(note);
    }
}

QString OptionRow::toolTipText() const
{
    return translated(m_spec.title) + u'\n' + QString::fromUtf8(m_spec.source);
}

// Options of an option ("strictTransportSecurity.maxAge") stand below it, indented.
QString OptionRow::shortName() const
{
    const QString name = QString::fromUtf8(m_spec.name);
    const qsizetype dot = name.lastIndexOf(u'.');
    return dot < 0 ? name : QStringLiteral("   ") + name.mid(dot + 1);
}

QString OptionRow::spokenName() const
{
    const QString title = translated(m_spec.title);
    const QString name = QString::fromUtf8(m_spec.name);
    return title.isEmpty() ? name : tr("%1, %2").arg(name, title);
}

void OptionRow::setValue(const JsValue &value, bool changed)
{
    m_editor->setValue(value);
    m_reset->setChanged(changed);
    m_editor->setAccessibleDescription(changed ? tr("Changed") : QString());
    m_advice = m_editor->advice(value);
    setError({});
}

void OptionRow::setHelpVisible(bool visible)
{
    m_focused = visible;
    m_help->setVisible((m_focused || m_explained) && !m_help->text().isEmpty());
}

void OptionRow::setError(const QString &sentence)
{
    m_refusal = sentence;
    showNote();
}

// The package's objection, or else what the lab has to say about a value that was taken.
void OptionRow::showNote()
{
    const bool refused = !m_refusal.isEmpty();
    m_error->setToken(refused ? Token::Bad : Token::Caution);
    m_error->setText(refused ? m_refusal : m_advice);
    m_error->setVisible(!m_error->text().isEmpty());
}

QString OptionRow::error() const
{
    return m_refusal;
}

int OptionRow::wishedNameWidth() const
{
    return m_name->sizeHint().width() + m_reset->sizeHint().width();
}

void OptionRow::setNameWidth(int width)
{
    m_nameCell->setFixedSize(width, m_theme.controlHeight());
}

void OptionRow::setMarked(bool marked)
{
    m_marked = marked;
    update();
}

bool OptionRow::setSearch(const QString &search)
{
    const QStringList words = search.split(u' ', Qt::SkipEmptyParts);
    const bool found = matches(words);
    const QString name = m_name->text();
    m_name->setHighlights(found ? words : QStringList());
    m_explained = found && std::any_of(words.begin(), words.end(), [&name](const QString &word) {
                      return !name.contains(word, Qt::CaseInsensitive);
                  });
    setHelpVisible(m_focused);
    setVisible(found);
    return found;
}

bool OptionRow::matches(const QStringList &words) const
{
    const QString text = QString::fromUtf8(m_path) + u' ' + translated(m_spec.title) + u' '
        + translated(m_spec.help) + u' ' + QString::fromUtf8(m_spec.headers.join(' '));
    return std::all_of(words.begin(), words.end(), [&text](const QString &word) {
        return text.contains(word, Qt::CaseInsensitive);
    });
}

bool OptionRow::event(QEvent *event)
{
    if (event->type() == QEvent::Enter || event->type() == QEvent::Leave)
        emit hovered(event->type() == QEvent::Enter);
    return QWidget::event(event);
}

void OptionRow::paintEvent(QPaintEvent *)
{
    if (!m_marked)
        return;
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(Token::AccentTint));
}

void OptionRow::contextMenuEvent(QContextMenuEvent *event)
{
    QMenu menu(this);
    QAction *reset = menu.addAction(tr("Reset to the default"));
    reset->setEnabled(m_reset->isChanged());
    connect(reset, &QAction::triggered, this, [this] { emit edited(JsValue()); });
    QAction *copy = menu.addAction(tr("Copy the setting's path"));
    connect(copy, &QAction::triggered, this,
            [this] { QGuiApplication::clipboard()->setText(QString::fromUtf8(m_path)); });
    menu.exec(event->globalPos());
}

} // namespace rt
