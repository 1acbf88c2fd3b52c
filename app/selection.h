// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QObject>

namespace rt {

/// What every panel points at: selecting anywhere selects everywhere. Holds ids only.
class Selection : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    quint64 exchange() const { return m_exchange; }
    quint64 call() const { return m_call; }
    /// Header name in the exchange; empty when none.
    QByteArray header() const { return m_header; }
    /// Dotted setting path such as "server.cors.maxAge"; empty when none.
    QByteArray option() const { return m_option; }

    /// Either may be 0: an external exchange has no call, a call may have no exchange yet.
    void selectExchange(quint64 exchange, quint64 call);
    void selectHeader(const QByteArray &name);
    void selectOption(const QByteArray &path);
    void clear();
    /// What the pointer is on, or nothing: panels mark what belongs to the option and move nothing.
    void hoverOption(const QByteArray &path);
    /// Reports a click on a field of the traffic: stream, path and item as the check language names
    /// them.
    void pickField(const QString &stream, const QString &path, quint64 itemId);

signals:
    void exchangeSelected(quint64 exchange, quint64 call);
    void headerSelected(const QByteArray &name);
    void optionSelected(const QByteArray &path);
    void optionHovered(const QByteArray &path);
    void fieldPicked(const QString &stream, const QString &path, quint64 itemId);

private:
    quint64 m_exchange = 0;
    quint64 m_call = 0;
    QByteArray m_header;
    QByteArray m_option;
    QByteArray m_hovered;
};

} // namespace rt
