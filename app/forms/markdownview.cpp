// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "forms/markdownview.h"

#include <QAbstractTextDocumentLayout>
#include <QContextMenuEvent>
#include <QDir>
#include <QFile>
#include <QImage>
#include <QMenu>
#include <QRegularExpression>
#include <QScrollBar>
#include <QTextBlock>
#include <QWheelEvent>

#include <cmath>
#include <memory>

namespace rt {

namespace {

constexpr int lineHeight = 125; // percent of the font's own, which makes 1.4 of its size
constexpr qint64 largestPicture = 2 * 1024 * 1024;

// Raw HTML stays visible text: one open <img> would otherwise swallow the rest of the lesson.
const QTextDocument::MarkdownFeatures features
    = QTextDocument::MarkdownFeatures(QTextDocument::MarkdownDialectGitHub)
    | QTextDocument::MarkdownNoHTML;

} // namespace

MarkdownView::MarkdownView(const Theme &theme, QWidget *parent, FontRole role, Token token)
    : QTextBrowser(parent), m_theme(theme), m_role(role), m_token(token)
{
    setOpenLinks(false);
    setOpenExternalLinks(false);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setMinimumHeight(1);
    viewport()->setAutoFillBackground(false);
    setAutoFillBackground(false);
    document()->setDocumentMargin(0);
    connect(this, &QTextBrowser::anchorClicked, this, [this](const QUrl &url) {
        if (isAllowed(url))
            emit linkActivated(url);
    });
    connect(&theme, &Theme::changed, this, &MarkdownView::render);
}

bool MarkdownView::isAllowed(const QUrl &url)
{
    static const QRegularExpression word(QStringLiteral("^[A-Za-z0-9._-]{1,80}$"));
    const QString scheme = url.scheme();
    if (scheme == QLatin1StringView("https"))
        return !url.host().isEmpty() && url.userInfo().isEmpty();
    for (const char *own : {"lesson", "glossary", "option", "control"}) {
        if (scheme == QLatin1StringView(own))
            return url.host().isEmpty() && word.match(url.path()).hasMatch();
    }
    return false;
}

void MarkdownView::setText(const QString &markdown)
{
    if (markdown == m_markdown)
        return;
    m_markdown = markdown;
    render();
}

// Link colours are fixed when the text is parsed, so a change of theme parses again.
void MarkdownView::render()
{
    QPalette colors = palette();
    colors.setColor(QPalette::Text, m_theme.color(m_token));
    colors.setColor(QPalette::Link, m_theme.color(Token::Accent));
    setPalette(colors);
    document()->setDefaultFont(m_theme.font(m_role));
    setFont(m_theme.font(m_role));
    document()->setMarkdown(m_markdown, features);
    styleBlocks();
    setAccessibleName(document()->toPlainText());
    m_heights.clear();
    updateGeometry();
}

void MarkdownView::styleBlocks()
{
    QTextCursor cursor(document());
    const QFont mono = m_theme.font(FontRole::Mono);
    std::vector<std::pair<int, int>> spans;
    for (QTextBlock block = document()->begin(); block.isValid(); block = block.next()) {
        cursor.setPosition(block.position());
        QTextBlockFormat format = block.blockFormat();
        format.setLineHeight(lineHeight, QTextBlockFormat::ProportionalHeight);
        format.setTopMargin(block.blockNumber() == 0 ? 0 : 6);
        format.setBottomMargin(0);
        if (format.hasProperty(QTextFormat::BlockCodeFence)
            || format.hasProperty(QTextFormat::BlockCodeLanguage))
            format.setBackground(m_theme.color(Token::Chip));
        cursor.setBlockFormat(format);
        for (auto piece = block.begin(); !piece.atEnd(); ++piece) {
            if (piece.fragment().charFormat().fontFixedPitch())
                spans.emplace_back(piece.fragment().position(), piece.fragment().length());
        }
    }
    QTextCharFormat code;
    code.setFontFamilies({mono.family()});
    code.setFontPointSize(mono.pointSizeF());
    code.setBackground(m_theme.color(Token::Chip));
    for (const auto &[start, length] : spans) {
        cursor.setPosition(start);
        cursor.setPosition(start + length, QTextCursor::KeepAnchor);
        cursor.mergeCharFormat(code);
    }
}

QVariant MarkdownView::loadResource(int type, const QUrl &name)
{
    // Asked on every layout; what is refused is remembered as well.
    if (const auto known = m_resources.constFind(name); known != m_resources.cend())
        return *known;
    QVariant picture;
    const QString path = name.path();
    const bool plain = type == QTextDocument::ImageResource && name.isRelative()
        && !QDir::isAbsolutePath(path) && !path.contains(QLatin1StringView(".."));
    QFile file(QDir(m_folder).filePath(path));
    if (plain && !m_folder.isEmpty() && file.size() <= largestPicture
        && file.open(QIODevice::ReadOnly))
        picture = QImage::fromData(file.readAll());
    m_resources.insert(name, picture);
    return picture;
}

int MarkdownView::heightForWidth(int width) const
{
    if (const auto known = m_heights.constFind(width); known != m_heights.cend())
        return *known;
    const std::unique_ptr<QTextDocument> copy(document()->clone());
    copy->setTextWidth(std::max(1, width));
    const int height = int(std::ceil(copy->size().height()));
    m_heights.insert(width, height);
    return height;
}

QSize MarkdownView::sizeHint() const
{
    constexpr int width = 240;
    return {width, heightForWidth(width)};
}

QSize MarkdownView::minimumSizeHint() const
{
    return {80, 1};
}

// The panel scrolls, never a paragraph in it.
void MarkdownView::wheelEvent(QWheelEvent *event)
{
    event->ignore();
}

void MarkdownView::contextMenuEvent(QContextMenuEvent *event)
{
    QMenu menu(this);
    QAction *copy = menu.addAction(tr("Copy"));
    copy->setEnabled(textCursor().hasSelection());
    connect(copy, &QAction::triggered, this, &QTextBrowser::copy);
    menu.exec(event->globalPos());
}

} // namespace rt
