// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "browser/documentmemory.h"

using namespace Qt::StringLiterals;

namespace rt {

void DocumentMemory::enter(const Url &page)
{
    const QByteArray address = page.href(false);
    if (address == m_page)
        return;
    clear();
    m_page = address;
}

std::optional<ElementOutcome> DocumentMemory::find(const ElementLoad &load, const Url &url) const
{
    if (load.isModule()) {
        const auto module = m_modules.find(url.href());
        return module == m_modules.end() ? std::nullopt : std::optional(module->second);
    }
    if (load.kind != ElementKind::Image)
        return std::nullopt;
    const auto picture = m_pictures.find(url.href(false));
    const bool same = picture != m_pictures.end() && picture->second.address == url.href()
        && picture->second.crossOrigin == load.crossOrigin;
    return same ? std::optional(picture->second.outcome) : std::nullopt;
}

void DocumentMemory::keep(const ElementLoad &load, const Url &url, const ElementOutcome &outcome)
{
    if (load.isModule()) {
        ElementOutcome known = outcome;
        known.applied = false; // a module runs once
        m_modules.emplace(url.href(), known);
    } else if (load.kind == ElementKind::Image) {
        m_pictures.erase(url.href(false));
        if (outcome.event == ElementOutcome::Event::Load)
            m_pictures[url.href(false)] = {url.href(), load.crossOrigin, outcome};
    }
}

void DocumentMemory::clear()
{
    m_pictures.clear();
    m_modules.clear();
}

FetchResult elementFromMemory(const ElementOutcome &outcome, quint64 call)
{
    FetchResult result;
    result.call = call;
    result.method = "GET";
    result.fromCache = true;
    result.element = outcome;
    if (outcome.event != ElementOutcome::Event::Load) {
        result.outcome = FetchResult::Outcome::Failed;
        result.reason = "element.KnownToFail";
    }
    result.steps.push_back({"element.FromMemory",
                            FetchStep::Outcome::Info,
                            QStringLiteral("The page has it already and asks for nothing."),
                            {},
                            u"HTML, list of available images / module map"_s,
                            {}});
    return result;
}

} // namespace rt
