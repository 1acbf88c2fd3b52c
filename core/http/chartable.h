// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace rt {

/// Sets of bytes as one table, so that a parser asks one array per byte.
class CharTable
{
public:
    enum Set : std::uint8_t {
        Token = 1, ///< RFC 9110 tchar
        FieldValue = 2, ///< tab, space and everything above but DEL
        Target = 4, ///< llhttp URL_CHAR: visible ASCII but '#' and '?'
        Server = 8, ///< llhttp USERINFO_CHARS and the brackets
        QuotedText = 16, ///< chunk extension: inside quotes, but '"' and '\'
        Alpha = 32,
        Digit = 64,
    };

    static constexpr bool has(char c, Set set)
    {
        return (table[static_cast<unsigned char>(c)] & set) != 0;
    }
    /// First byte in [p, end) that is not in the set.
    static constexpr const char *skip(const char *p, const char *end, Set set)
    {
        while (p != end && has(*p, set))
            ++p;
        return p;
    }

private:
    static constexpr std::array<std::uint8_t, 256> make()
    {
        std::array<std::uint8_t, 256> t {};
        const auto mark = [&t](std::string_view characters, unsigned set) {
            for (const char c : characters)
                t[static_cast<unsigned char>(c)] |= static_cast<std::uint8_t>(set);
        };
        for (unsigned c = 'a'; c <= 'z'; ++c)
            t[c] |= Token | Server | Alpha;
        for (unsigned c = 'A'; c <= 'Z'; ++c)
            t[c] |= Token | Server | Alpha;
        for (unsigned c = '0'; c <= '9'; ++c)
            t[c] |= Token | Server | Digit;
        mark("!#$%&'*+-.^_`|~", Token);
        mark("-_.!~*'()%;:&=+$,[]", Server);
        for (unsigned c = 0x20; c < 0x100; ++c) {
            if (c != 0x7f)
                t[c] |= FieldValue | QuotedText;
            if (c > 0x20 && c < 0x7f)
                t[c] |= Target;
        }
        mark("\t", FieldValue | QuotedText);
        for (const unsigned c : {'#', '?'})
            t[c] &= static_cast<std::uint8_t>(~Target);
        for (const unsigned c : {'"', '\\'})
            t[c] &= static_cast<std::uint8_t>(~QuotedText);
        return t;
    }
    static const std::array<std::uint8_t, 256> table;
};

inline constexpr std::array<std::uint8_t, 256> CharTable::table = CharTable::make();

} // namespace rt
