// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "realtime/farewell.h"

namespace rt {

Farewell::Farewell(std::unique_ptr<PeerTransport> transport, const QByteArray &answer,
                   QObject *parent)
    : QObject(parent), m_transport(std::move(transport))
{
    m_transport->start(*this);
    m_transport->write(answer);
    m_transport->closeSoon();
}

Farewell::~Farewell() = default;

} // namespace rt
