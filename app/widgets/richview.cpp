// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "widgets/richview.h"

#include <QScrollBar>

namespace rt {

RichView::RichView(const Theme &theme, QWidget *parent) : QTextBrowser(parent), m_theme(theme)
{
    setFrameShape(QFrame::NoFrame);
    setOpenLinks(false);
    setOpenExternalLinks(false);
    document()->setDocumentMargin(14);
    restyle();
    connect(&theme, &Theme::changed, this, [this] {
        restyle();
        emit restyled();
    });
    connect(this, &QTextBrowser::anchorClicked, this,
            [this](const QUrl &url) { emit linkClicked(url.toString()); });
}

void RichView::restyle()
{
    const QFont mono = m_theme.font(FontRole::Mono);
    document()->setDefaultFont(m_theme.font(FontRole::Ui));
    document()->setDefaultStyleSheet(
        QStringLiteral(
            "code, .wire { font-family: '%1'; font-size: %2pt; }"
            " .dim { color: %3; } a { color: %4; text-decoration: none; }"
            " td { padding: 3px 14px 3px 0; } h3 { font-size: %5pt; margin: 12px 0 4px 0; }"
            " .cap { font-size: %6pt; font-weight: 600; color: %3; margin: 10px 0 3px 0; }"
            " p { margin: 0 0 8px 0; line-height: 135%; }")
            .arg(mono.family())
            .arg(mono.pointSizeF())
            .arg(m_theme.color(Token::Dim).name(), m_theme.color(Token::Accent).name())
            .arg(m_theme.font(FontRole::Ui).pointSizeF())
            .arg(m_theme.font(FontRole::Caption).pointSizeF()));
}

void RichView::setContent(const QString &html, bool keepPlace)
{
    const int place = verticalScrollBar()->value();
    setHtml(html);
    if (keepPlace)
        verticalScrollBar()->setValue(place);
}

QString RichView::ink(Token token) const
{
    return QStringLiteral("color:%1").arg(m_theme.color(token).name());
}

QString RichView::shade(Token token) const
{
    return m_theme.color(token).name();
}

QString RichView::pill(const QString &text, TonePair tokens) const
{
    return QStringLiteral("<span style=\"color:%1; background-color:%2\">\u00a0%3\u00a0</span>")
        .arg(m_theme.color(tokens.foreground).name(), m_theme.color(tokens.background).name(),
             text.toHtmlEscaped());
}

QString RichView::wire(const QByteArray &bytes) const
{
    return QStringLiteral("<code>%1</code>").arg(QString::fromUtf8(bytes).toHtmlEscaped());
}

QVariant RichView::loadResource(int, const QUrl &)
{
    return {};
}

} // namespace rt
