// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "lesson/checktree.h"

#include <QHash>

namespace rt {

/// What a field of the evidence holds, or what a literal is.
struct CheckType
{
    enum class Kind {
        Bool,
        Int,
        Number,
        String,
        Enum,
        Duration,
        Bytes,
        List,
        Map,
        Json,
        Null,
        Object,
        Settings
    };
    using Fields = QHash<QString, CheckType>;

    Kind kind = Kind::Json;
    /// Enum only.
    QStringList values;
    /// Map only: the type of its values.
    std::shared_ptr<const CheckType> of;
    /// Object only.
    std::shared_ptr<const Fields> fields;

    QString name() const;
};

/// The fields of one stream's items.
const CheckType &streamType(CheckStream stream);
/// server, client, jar, storage, preflightCache, waiters, loot.
const CheckType &stateType();

} // namespace rt
