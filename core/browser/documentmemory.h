// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "browser/elementload.h"

#include <map>

namespace rt {

/// What a page does not fetch twice, whatever the HTTP cache says: the picture it shows already
/// (HTML, list of available images) and the module it knows (HTML, module map). Chromium keeps one
/// picture per address; a fetch of it, or a picture in another mode, takes its place.
class DocumentMemory
{
public:
    /// The page that asks next; another one than before remembers nothing.
    void enter(const Url &page);
    std::optional<ElementOutcome> find(const ElementLoad &load, const Url &url) const;
    void keep(const ElementLoad &load, const Url &url, const ElementOutcome &outcome);
    void forgetPicture(const Url &url) { m_pictures.erase(url.href(false)); }
    void clear();

private:
    struct Picture
    {
        QByteArray address;
        std::optional<QByteArray> crossOrigin;
        ElementOutcome outcome;
    };
    QByteArray m_page;
    /// By address without fragment.
    std::map<QByteArray, Picture> m_pictures;
    std::map<QByteArray, ElementOutcome> m_modules;
};

/// The result of a call that asked for nothing.
FetchResult elementFromMemory(const ElementOutcome &outcome, quint64 call);

} // namespace rt
