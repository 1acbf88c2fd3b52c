// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "widgets/theme.h"

#include <QTextBrowser>

namespace rt {

/// Text with tables that is read, selected and copied, in the theme's colours. Shows only what it
/// is given: no images, no links that leave the program.
class RichView : public QTextBrowser
{
    Q_OBJECT

public:
    explicit RichView(const Theme &theme, QWidget *parent = nullptr);

    /// HTML whose texts were escaped. Keeps the place the reader is at when `keepPlace`.
    void setContent(const QString &html, bool keepPlace = false);
    /// "color:#1d2129" of a token, for style attributes.
    QString ink(Token token) const;
    /// "#1d2129" of a token, for bgcolor attributes.
    QString shade(Token token) const;
    /// A word on its tint.
    QString pill(const QString &text, TonePair tokens) const;
    /// Something that was on the wire, escaped.
    QString wire(const QByteArray &bytes) const;

signals:
    /// A link in the content: "option:server.cors.origin", "pick:endedBy" ...
    void linkClicked(const QString &link);
    /// Colours or fonts have changed; the content is to be made again.
    void restyled();

protected:
    QVariant loadResource(int type, const QUrl &name) override;

private:
    void restyle();

    const Theme &m_theme;
};

} // namespace rt
