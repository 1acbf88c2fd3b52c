// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>

namespace rt {

/// The picture that pages of the lab show: a PNG of 16 by 16 pixels.
inline QByteArray logoPng()
{
    return QByteArray::fromBase64(
        "iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAYAAAAf8/9hAAAAO0lEQVR42mNgoDZQTT75Hx+mSDNeQ4jV"
        "jNUQYmzBq4ZYfxJlACmBPFwNoDgQyYpGihMSVZIyVTITOQAAH90VkOj0CFcAAAAASUVORK5CYII=");
}

} // namespace rt
