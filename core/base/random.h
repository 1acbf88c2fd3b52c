// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>

namespace rt {

/// Where random bytes come from, so that a test or a lesson can make them repeatable.
class Random
{
public:
    virtual ~Random() = default;
    virtual QByteArray bytes(int count) = 0;
};

/// The system's cryptographic generator.
class SystemRandom final : public Random
{
public:
    QByteArray bytes(int count) override;
};

/// Repeatable bytes from a seed. Never for keys.
class SeededRandom final : public Random
{
public:
    explicit SeededRandom(quint64 seed) : m_state(seed) { }
    QByteArray bytes(int count) override;

private:
    quint64 m_state;
};

} // namespace rt
