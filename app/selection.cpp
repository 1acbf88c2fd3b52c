// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "selection.h"

namespace rt {

void Selection::selectExchange(quint64 exchange, quint64 call)
{
    if (exchange == m_exchange && call == m_call)
        return;
    m_exchange = exchange;
    m_call = call;
    m_header.clear();
    emit exchangeSelected(exchange, call);
}

void Selection::selectHeader(const QByteArray &name)
{
    if (name == m_header)
        return;
    m_header = name;
    emit headerSelected(name);
}

void Selection::selectOption(const QByteArray &path)
{
    if (path == m_option)
        return;
    m_option = path;
    emit optionSelected(path);
}

void Selection::hoverOption(const QByteArray &path)
{
    if (path == m_hovered)
        return;
    m_hovered = path;
    emit optionHovered(path);
}

void Selection::clear()
{
    selectExchange(0, 0);
    selectHeader({});
    selectOption({});
}

void Selection::pickField(const QString &stream, const QString &path, quint64 itemId)
{
    emit fieldPicked(stream, path, itemId);
}

} // namespace rt
