// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "websocket/extensions.h"

#include "http/chartable.h"

#include <algorithm>
#include <cmath>

namespace rt {

namespace {

/// npm ws 8, lib/extension.js: blanks may stand around names and values, not in front of the
/// field's first name; a quoted value must be a token when unquoted.
class ExtensionParser
{
public:
    explicit ExtensionParser(QByteArrayView field) : m_field(field) { }

    std::optional<std::vector<WebSocketExtension>> parse()
    {
        while (m_at < m_field.size()) {
            if (!extension())
                return std::nullopt;
        }
        if (m_open || m_extensions.empty())
            return std::nullopt;
        return std::move(m_extensions);
    }

private:
    static bool isBlank(char c) { return c == ' ' || c == '\t'; }
    void skipBlanks()
    {
        while (m_at < m_field.size() && isBlank(m_field[m_at]))
            ++m_at;
    }
    std::optional<QByteArray> token()
    {
        const qsizetype start = m_at;
        while (m_at < m_field.size() && CharTable::has(m_field[m_at], CharTable::Token))
            ++m_at;
        if (m_at == start)
            return std::nullopt;
        return m_field.sliced(start, m_at - start).toByteArray();
    }

    bool extension()
    {
        if (!m_extensions.empty())
            skipBlanks();
        const auto name = token();
        if (!name)
            return false;
        m_extensions.push_back({*name, {}});
        return endOfPart() && parameters();
    }

    bool parameters()
    {
        while (m_separator == ';') {
            skipBlanks();
            const auto name = token();
            if (!name)
                return false;
            WebSocketExtension::Parameter parameter {*name, std::nullopt};
            if (m_at < m_field.size() && m_field[m_at] == '=') {
                ++m_at;
                parameter.value = value();
                if (!parameter.value)
                    return false;
            }
            m_extensions.back().parameters.push_back(parameter);
            if (!endOfPart())
                return false;
        }
        return true;
    }

    /// Blanks, then a separator or the end; blanks at the very end are an error.
    bool endOfPart()
    {
        const qsizetype before = m_at;
        skipBlanks();
        m_separator = 0;
        m_open = false;
        if (m_at == m_field.size())
            return m_at == before;
        m_separator = m_field[m_at];
        ++m_at;
        m_open = true;
        return m_separator == ';' || m_separator == ',';
    }

    std::optional<QByteArray> value()
    {
        if (m_at >= m_field.size() || m_field[m_at] != '"')
            return token();
        ++m_at;
        QByteArray text;
        while (m_at < m_field.size() && m_field[m_at] != '"') {
            if (m_field[m_at] == '\\')
                ++m_at;
            if (m_at >= m_field.size() || !CharTable::has(m_field[m_at], CharTable::Token))
                return std::nullopt;
            text += m_field[m_at++];
        }
        if (m_at >= m_field.size() || text.isEmpty())
            return std::nullopt;
        ++m_at;
        return text;
    }

    QByteArrayView m_field;
    qsizetype m_at = 0;
    char m_separator = 0;
    /// A separator was read and what it promises not yet.
    bool m_open = false;
    std::vector<WebSocketExtension> m_extensions;
};

/// One offer with its values as numbers; RFC 7692 §7.1.
struct Offer
{
    bool serverNoContextTakeover = false;
    bool clientNoContextTakeover = false;
    std::optional<int> serverMaxWindowBits;
    std::optional<int> clientMaxWindowBits;
    /// client_max_window_bits without a value: the client can keep to whatever it is told.
    bool clientBitsOpen = false;
};

std::optional<int> windowBits(const std::optional<QByteArray> &value)
{
    if (!value)
        return std::nullopt;
    bool valid = false;
    const double number = value->toDouble(&valid);
    if (!valid || number < 8 || number > 15 || std::floor(number) != number)
        return std::nullopt;
    return static_cast<int>(number);
}

bool readParameter(const WebSocketExtension::Parameter &parameter, Offer &offer)
{
    const bool alone = !parameter.value;
    if (parameter.name == "server_no_context_takeover")
        return offer.serverNoContextTakeover = alone;
    if (parameter.name == "client_no_context_takeover")
        return offer.clientNoContextTakeover = alone;
    if (parameter.name == "server_max_window_bits") {
        offer.serverMaxWindowBits = windowBits(parameter.value);
        return offer.serverMaxWindowBits.has_value();
    }
    if (parameter.name != "client_max_window_bits")
        return false;
    if (alone)
        return offer.clientBitsOpen = true;
    offer.clientMaxWindowBits = windowBits(parameter.value);
    return offer.clientMaxWindowBits.has_value();
}

std::optional<Offer> readOffer(const WebSocketExtension &extension)
{
    Offer offer;
    for (size_t i = 0; i < extension.parameters.size(); ++i) {
        const auto &parameter = extension.parameters[i];
        const auto same = [&](const auto &other) { return other.name == parameter.name; };
        const auto rest = extension.parameters.begin() + static_cast<qsizetype>(i) + 1;
        const bool repeated = std::any_of(rest, extension.parameters.end(), same);
        if (repeated || !readParameter(parameter, offer))
            return std::nullopt;
    }
    return offer;
}

/// npm ws 8, acceptAsServer().
bool fits(const Offer &offer, const DeflateOptions &options)
{
    if (options.serverNoContextTakeover == false && offer.serverNoContextTakeover)
        return false;
    if (offer.serverMaxWindowBits
        && options.serverMaxWindowBits.value_or(0) > *offer.serverMaxWindowBits)
        return false;
    if (!options.clientMaxWindowBits)
        return true;
    return offer.clientMaxWindowBits ? *options.clientMaxWindowBits <= *offer.clientMaxWindowBits
                                     : offer.clientBitsOpen;
}

void setParameter(WebSocketExtension &extension, const QByteArray &name,
                  const std::optional<int> &number)
{
    auto &all = extension.parameters;
    const std::optional<QByteArray> value
        = number ? std::optional(QByteArray::number(*number)) : std::nullopt;
    const auto known
        = std::find_if(all.begin(), all.end(), [&](const auto &p) { return p.name == name; });
    if (known != all.end())
        known->value = value;
    else
        all.push_back({name, value});
}

DeflateAgreement agree(const WebSocketExtension &extension, Offer offer,
                       const DeflateOptions &options)
{
    DeflateAgreement agreement {{}, extension};
    WebSocketExtension &answer = agreement.extension;
    if (options.serverNoContextTakeover == true)
        setParameter(answer, "server_no_context_takeover", {});
    if (options.clientNoContextTakeover == true)
        setParameter(answer, "client_no_context_takeover", {});
    if (options.serverMaxWindowBits)
        offer.serverMaxWindowBits = options.serverMaxWindowBits;
    if (offer.serverMaxWindowBits)
        setParameter(answer, "server_max_window_bits", offer.serverMaxWindowBits);
    if (options.clientMaxWindowBits)
        offer.clientMaxWindowBits = options.clientMaxWindowBits;
    if (offer.clientMaxWindowBits)
        setParameter(answer, "client_max_window_bits", offer.clientMaxWindowBits);
    else
        std::erase_if(answer.parameters,
                      [](const auto &p) { return p.name == "client_max_window_bits"; });
    agreement.parameters.serverNoContextTakeover
        = offer.serverNoContextTakeover || options.serverNoContextTakeover == true;
    agreement.parameters.clientNoContextTakeover
        = offer.clientNoContextTakeover || options.clientNoContextTakeover == true;
    agreement.parameters.serverMaxWindowBits = offer.serverMaxWindowBits.value_or(15);
    agreement.parameters.clientMaxWindowBits = offer.clientMaxWindowBits.value_or(15);
    agreement.parameters.threshold = options.threshold;
    return agreement;
}

} // namespace

std::optional<std::vector<WebSocketExtension>> parseExtensions(QByteArrayView field)
{
    return ExtensionParser(field).parse();
}

QByteArray writeExtension(const WebSocketExtension &extension)
{
    QByteArray text = extension.name;
    for (const auto &parameter : extension.parameters) {
        text += "; " + parameter.name;
        if (parameter.value)
            text += '=' + *parameter.value;
    }
    return text;
}

DeflateDecision acceptDeflate(const std::vector<WebSocketExtension> &offers,
                              const DeflateOptions &options)
{
    std::vector<std::pair<WebSocketExtension, Offer>> readable;
    for (const WebSocketExtension &extension : offers) {
        if (extension.name != "permessage-deflate")
            continue;
        // One wrong offer spoils all, even if another would do.
        const auto offer = readOffer(extension);
        if (!offer)
            return {{}, DeflateRefusal::InvalidOffer};
        readable.emplace_back(extension, *offer);
    }
    if (readable.empty())
        return {{}, DeflateRefusal::NotOffered};
    for (const auto &[extension, offer] : readable) {
        if (fits(offer, options))
            return {agree(extension, offer, options), {}};
    }
    return {{}, DeflateRefusal::NoneAcceptable};
}

} // namespace rt
