// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "widgets/theme.h"

#include <QTextBrowser>
#include <QUrl>

namespace rt {

/// Text of a lesson: Markdown without HTML, as tall as its content. It opens nothing by itself,
/// loads pictures from the lesson's own folder only, and announces only links of known kinds.
class MarkdownView final : public QTextBrowser
{
    Q_OBJECT

public:
    explicit MarkdownView(const Theme &theme, QWidget *parent = nullptr,
                          FontRole role = FontRole::Ui, Token token = Token::Text);

    void setText(const QString &markdown);
    QString text() const { return m_markdown; }
    /// Folder whose files pictures may name; empty allows none.
    void setFolder(const QString &folder) { m_folder = folder; }
    /// lesson:id, glossary:term, option:path, control:id and https:.
    static bool isAllowed(const QUrl &url);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

signals:
    void linkActivated(const QUrl &url);

protected:
    QVariant loadResource(int type, const QUrl &name) override;
    void wheelEvent(QWheelEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    void render();
    void styleBlocks();

    const Theme &m_theme;
    FontRole m_role;
    Token m_token;
    QString m_markdown;
    QString m_folder;
    QHash<QUrl, QVariant> m_resources;
    /// Of each width that was asked for; layouts ask often.
    mutable QHash<int, int> m_heights;
};

} // namespace rt
