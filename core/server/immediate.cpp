// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "server/immediate.h"

#include <QAbstractEventDispatcher>
#include <QMetaObject>

namespace rt {

void setImmediate(std::function<void()> callback)
{
    // The dispatcher is the object that is sure to live in this thread.
    QMetaObject::invokeMethod(QAbstractEventDispatcher::instance(), std::move(callback),
                              Qt::QueuedConnection);
}

} // namespace rt
