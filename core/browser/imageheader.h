// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>

#include <optional>

namespace rt {

/// What kind of picture bytes are, by their first ones.
/// https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern
enum class ImageFormat { None, Gif, Png, Jpeg, WebP, Bmp };
ImageFormat sniffImage(QByteArrayView bytes);

/// Natural width in CSS pixels of a picture; nothing when it cannot be drawn. `mimeType` decides
/// only between SVG (image/svg+xml) and the rest, which is sniffed. Reads headers, not pixels.
std::optional<int> naturalImageWidth(QByteArrayView bytes, QByteArrayView mimeType);

} // namespace rt
