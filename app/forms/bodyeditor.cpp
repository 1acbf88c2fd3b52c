// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "forms/bodyeditor.h"

#include "base/jsvalue.h"
#include "forms/codehighlighter.h"
#include "forms/literal.h"
#include "widgets/captionlabel.h"
#include "widgets/segmented.h"

#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QToolButton>

namespace rt {

namespace {

// https://url.spec.whatwg.org/#application-x-www-form-urlencoded-percent-encode-set
QByteArray formEncoded(const QString &text)
{
    return text.toUtf8().toPercentEncoding(" *", "~").replace(' ', '+');
}

QString formDecoded(QByteArray bytes)
{
    return QString::fromUtf8(QByteArray::fromPercentEncoding(bytes.replace('+', ' ')));
}

} // namespace

QByteArray formFromLines(const QString &lines)
{
    QByteArrayList pairs;
    for (const QString &line : lines.split(u'\n', Qt::SkipEmptyParts)) {
        const qsizetype equals = line.indexOf(u'=');
        const QString name = line.left(equals).trimmed();
        const QString value = equals < 0 ? QString() : line.mid(equals + 1).trimmed();
        pairs.append(formEncoded(name) + '=' + formEncoded(value));
    }
    return pairs.join('&');
}

QString linesFromForm(const QByteArray &form)
{
    QStringList lines;
    for (const QByteArray &pair : form.split('&')) {
        if (pair.isEmpty())
            continue;
        const qsizetype equals = pair.indexOf('=');
        const QByteArray value = equals < 0 ? QByteArray() : pair.mid(equals + 1);
        lines.append(formDecoded(pair.left(equals)) + u'=' + formDecoded(value));
    }
    return lines.join(u'\n');
}

BodyEditor::BodyEditor(const Theme &theme, QWidget *parent) : QWidget(parent), m_theme(theme)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 6, 12, 4);
    column->setSpacing(4);
    column->addWidget(makeBar());
    m_edit = new QPlainTextEdit(this);
    m_edit->setObjectName(QStringLiteral("client.body"));
    m_edit->setAccessibleName(tr("Body"));
    m_edit->setFrameShape(QFrame::NoFrame);
    m_edit->setTabChangesFocus(true);
    m_edit->setLayoutDirection(Qt::LeftToRight);
    m_edit->setMinimumHeight(28);
    m_edit->document()->setDocumentMargin(2);
    m_highlighter
        = new CodeHighlighter(m_edit->document(), theme, CodeHighlighter::Language::Plain);
    column->addWidget(m_edit, 1);
    connect(m_edit, &QPlainTextEdit::textChanged, this, &BodyEditor::refresh);
    connect(&theme, &Theme::changed, this, &BodyEditor::restyle);
    restyle();
    setKind(Kind::None);
}

QWidget *BodyEditor::makeBar()
{
    auto *bar = new QWidget(this);
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    m_kinds = new Segmented(m_theme, {tr("None"), tr("JSON"), tr("Form"), tr("Text")}, bar);
    m_kinds->setObjectName(QStringLiteral("client.body.kind"));
    m_kinds->setAccessibleName(tr("Kind of body"));
    connect(m_kinds, &Segmented::chosen, this, &BodyEditor::choose);
    m_status = new CaptionLabel(m_theme, {}, bar, FontRole::Small);
    m_status->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto *format = new QToolButton(bar);
    format->setAutoRaise(true);
    format->setText(tr("Indent"));
    format->setToolTip(tr("Write the JSON over several lines"));
    connect(format, &QToolButton::clicked, this, &BodyEditor::makeReadable);
    m_format = format;
    row->addWidget(m_kinds);
    row->addWidget(m_status, 1);
    row->addWidget(format);
    return bar;
}

void BodyEditor::restyle()
{
    m_edit->setFont(m_theme.font(FontRole::Mono));
}

void BodyEditor::setKind(Kind kind)
{
    m_kind = kind;
    m_kinds->setCurrent(static_cast<int>(kind));
    m_highlighter->setLanguage(kind == Kind::Json ? CodeHighlighter::Language::Json
                                                  : CodeHighlighter::Language::Plain);
    m_edit->setReadOnly(kind == Kind::None);
    m_edit->setPlaceholderText(kind == Kind::None       ? tr("This request has no body.")
                                   : kind == Kind::Json ? QStringLiteral("{ \"name\": \"Grace\" }")
                                   : kind == Kind::Form ? tr("name=value, one per line")
                                                        : tr("Any text"));
    m_format->setVisible(kind == Kind::Json);
    refresh();
}

QString BodyEditor::text() const
{
    return m_edit->toPlainText();
}

void BodyEditor::setText(const QString &text)
{
    if (text != this->text())
        m_edit->setPlainText(text);
}

QString BodyEditor::kindName() const
{
    switch (m_kind) {
    case Kind::None:
        return {};
    case Kind::Json:
        return tr("JSON");
    case Kind::Form:
        return tr("Form");
    case Kind::Text:
        return tr("Text");
    }
    return {};
}

void BodyEditor::writeTo(FetchRequest &request) const
{
    request.hasBody = m_kind != Kind::None;
    request.bodyType.clear();
    request.body = m_kind == Kind::Form ? formFromLines(text()) : text().toUtf8();
    if (m_kind == Kind::None)
        request.body.clear();
    else if (m_kind == Kind::Form)
        request.bodyType = "application/x-www-form-urlencoded;charset=UTF-8";
    else // fetch() sends a string either way; JSON says so in a header of its own
        request.bodyType = "text/plain;charset=UTF-8";
}

void BodyEditor::readFrom(const FetchRequest &request)
{
    const QByteArray type = request.headers.get("Content-Type").value_or(request.bodyType);
    if (!request.hasBody)
        setKind(Kind::None);
    else if (type.contains("json"))
        setKind(Kind::Json);
    else
        setKind(type.startsWith("application/x-www-form-urlencoded") ? Kind::Form : Kind::Text);
    setText(m_kind == Kind::Form ? linesFromForm(request.body) : QString::fromUtf8(request.body));
}

QString BodyEditor::problem() const
{
    if (m_kind != Kind::Json)
        return {};
    const auto parsed = parseJson(text());
    const auto *error = std::get_if<JsonError>(&parsed);
    return error ? jsonErrorSentence(*error, !text().contains(u'\n')) : QString();
}

void BodyEditor::choose(int index)
{
    const auto kind = static_cast<Kind>(index);
    if (kind == m_kind)
        return;
    setKind(kind);
    if (kind == Kind::Json && text().isEmpty())
        setText(QStringLiteral("{ \"name\": \"Grace\" }"));
    emit kindChosen(kind);
    if (kind != Kind::None)
        m_edit->setFocus();
}

void BodyEditor::refresh()
{
    FetchRequest request;
    writeTo(request);
    const QString wrong = problem();
    m_status->setToken(wrong.isEmpty() ? Token::Dim : Token::Bad);
    if (!wrong.isEmpty())
        m_status->setText(wrong);
    else if (m_kind == Kind::None)
        m_status->setText({});
    else
        m_status->setText(tr("%n bytes", nullptr, static_cast<int>(request.body.size())));
    m_status->setToolTip(m_status->text());
    emit bodyChanged();
}

void BodyEditor::makeReadable()
{
    const auto parsed = parseJson(text());
    if (const auto *value = std::get_if<JsValue>(&parsed))
        setText(stringifyJson(*value, QStringLiteral("  ")));
}

} // namespace rt
