// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "browser/document.h"

#include <QStringList>

namespace rt {

/// What a frame shows, and which inline scripts of it run under its own policy. There is no
/// JavaScript engine: the scripts are only named.
struct FrameContent
{
    enum class Kind {
        /// No content (204, 205), or a download.
        Nothing,
        Html,
        /// Shown as it is: text, a picture, XML.
        Other,
    };
    Kind kind = Kind::Nothing;
    /// Texts of the inline scripts that run, in order.
    QByteArrayList scripts;
    QStringList console;
};

/// `document` is what the response's head said; `asker` is the origin that asked for it.
FrameContent readFrameContent(const Document &document, const ResponseHead &response,
                              const QByteArray &body, const Origin &asker);

} // namespace rt
