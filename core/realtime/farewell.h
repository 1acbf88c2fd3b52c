// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "server/peertransport.h"

#include <QObject>

#include <memory>

namespace rt {

/// A connection that gets one last answer and is closed: what becomes of an upgrade request that is
/// refused. Destroys itself when done.
class Farewell final : public QObject, private PeerTransport::Listener
{
    Q_OBJECT

public:
    Farewell(std::unique_ptr<PeerTransport> transport, const QByteArray &answer, QObject *parent);
    ~Farewell() override;

private:
    void received(QByteArrayView bytes) override { Q_UNUSED(bytes) }
    void ended() override { m_transport->closeSoon(); }
    void written() override { }
    void closed() override { deleteLater(); }

    std::unique_ptr<PeerTransport> m_transport;
};

} // namespace rt
