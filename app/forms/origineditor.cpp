// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "forms/origineditor.h"

#include "forms/literal.h"
#include "forms/virtualorigins.h"
#include "widgets/theme.h"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>

namespace rt {

namespace {

QString anyOrigin()
{
    return QStringLiteral("*");
}

} // namespace

OriginEditor::OriginEditor(const OptionSpec &spec, const Theme &theme, QWidget *parent)
    : LineEditor(spec, theme, parent), m_mode(new QComboBox(this))
{
    auto *column = static_cast<QBoxLayout *>(layout());
    column->setDirection(QBoxLayout::TopToBottom);
    column->setSpacing(4);
    column->insertWidget(0, m_mode);
    m_mode->addItems({tr("Every origin: *"), tr("One origin"), tr("A list"), tr("A pattern"),
                      tr("Repeat the caller: true"), tr("Off: false")});
    m_mode->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_mode->setMinimumContentsLength(6);
    connect(m_mode, &QComboBox::activated, this, &OriginEditor::chooseMode);
    auto *suggest = line()->addAction(theme.icon(QStringLiteral("chevron-down"), Token::Dim),
                                      QLineEdit::TrailingPosition);
    suggest->setText(tr("Suggest an origin"));
    suggest->setToolTip(suggest->text());
    connect(suggest, &QAction::triggered, this, &OriginEditor::showSuggestions);
    setFocusProxy(m_mode);
}

// https://html.spec.whatwg.org/#ascii-serialisation-of-an-origin: scheme, host and port, no more.
QString OriginEditor::advice(const JsValue &value) const
{
    for (const JsValue &item : value.isArray() ? value.items() : QList<JsValue> {value}) {
        const QString text = item.toString();
        if (text.isEmpty() || text == anyOrigin() || text == u"null")
            continue;
        const qsizetype scheme = text.indexOf(u"://");
        if (scheme < 1)
            return tr("\u201c%1\u201d equals no origin a browser sends: those begin with http:// "
                      "or "
                      "https://.")
                .arg(text);
        if (text.indexOf(u'/', scheme + 3) >= 0)
            return tr("\u201c%1\u201d equals no origin a browser sends: those end after host and "
                      "port.")
                .arg(text);
        if (text != text.toLower())
            return tr("\u201c%1\u201d equals no origin a browser sends: those are in lower case.")
                .arg(text);
    }
    return {};
}

OriginEditor::Mode OriginEditor::modeOf(const JsValue &value)
{
    if (value.isUndefined())
        return Mode::Any;
    if (value.isString() && !value.toString().isEmpty())
        return value.toString() == anyOrigin() ? Mode::Any : Mode::One;
    if (value.isArray())
        return Mode::List;
    if (value.isRegExp())
        return Mode::Pattern;
    // npm cors does nothing for every falsy value.
    return value.isTruthy() ? Mode::Reflect : Mode::Off;
}

void OriginEditor::setValue(const JsValue &value)
{
    m_mode->setCurrentIndex(static_cast<int>(modeOf(value)));
    LineEditor::setValue(value);
}

void OriginEditor::setControlId(const QString &id, const QString &spokenName)
{
    LineEditor::setControlId(id, spokenName);
    m_mode->setObjectName(id + QStringLiteral(".mode"));
    m_mode->setAccessibleName(tr("%1, how it is decided").arg(spokenName));
}

Result<JsValue> OriginEditor::read(const QString &text) const
{
    const QString trimmed = text.trimmed();
    if (trimmed.isEmpty() || (trimmed == anyOrigin() && value().isUndefined()))
        return JsValue();
    const bool list = static_cast<Mode>(m_mode->currentIndex()) == Mode::List;
    if (trimmed.startsWith(u'/') && !list)
        return valueFromText(trimmed);
    if (trimmed == QLatin1StringView("true") || trimmed == QLatin1StringView("false"))
        return valueFromText(trimmed);
    if (list || trimmed.contains(u',') || trimmed.startsWith(u'['))
        return listFromText(trimmed, true);
    return JsValue(trimmed);
}

QString OriginEditor::write(const JsValue &value) const
{
    return value.isString() ? value.toString() : textFromList(value);
}

JsValue OriginEditor::proposal(Mode mode) const
{
    const QString page = pageOrigins().front().origin;
    const bool one = value().isString() && value().toString() != anyOrigin();
    const JsValue origin = one ? value() : JsValue(page);
    switch (mode) {
    case Mode::Any:
        return JsValue();
    case Mode::One:
        return value().size() > 0 && value().items().first().isString() ? value().items().first()
                                                                        : origin;
    case Mode::List:
        return JsValue::array({origin});
    case Mode::Pattern:
        return JsRegExp {QStringLiteral("\\.shop\\.test(:\\d+)?$"), {}};
    case Mode::Reflect:
        return JsValue(true);
    case Mode::Off:
        return JsValue(false);
    }
    return JsValue();
}

void OriginEditor::chooseMode(int index)
{
    const JsValue wanted = proposal(static_cast<Mode>(index));
    line()->setText(write(wanted));
    commit();
    const auto mode = static_cast<Mode>(index);
    if (mode == Mode::One || mode == Mode::List || mode == Mode::Pattern) {
        line()->setFocus();
        line()->selectAll();
    }
}

void OriginEditor::showSuggestions()
{
    QMenu menu(this);
    for (const VirtualOrigin &known : pageOrigins()) {
        QAction *action = menu.addAction(known.origin + u'\t' + known.title);
        connect(action, &QAction::triggered, this,
                [this, origin = known.origin] { takeSuggestion(origin); });
    }
    menu.exec(line()->mapToGlobal(QPoint(0, line()->height())));
}

void OriginEditor::takeSuggestion(const QString &origin)
{
    const bool append = static_cast<Mode>(m_mode->currentIndex()) == Mode::List
        && !line()->text().trimmed().isEmpty();
    line()->setText(append ? line()->text().trimmed() + QStringLiteral(", ") + origin : origin);
    commit();
}

} // namespace rt
