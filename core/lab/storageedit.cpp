// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/storageedit.h"

#include "lab/command.h"
#include "lab/labconfig.h"

namespace rt {

using namespace Qt::StringLiterals;

Result<StorageEdit> StorageEdit::fromArguments(const JsValue &arguments, const LabConfig &config)
{
    StorageEdit edit;
    const JsValue origin = arguments[u"origin"];
    edit.origin = resolveSymbols(origin.isString() ? origin.toString()
                                                   : config.setting("client.page").toString());
    edit.items = arguments[u"set"];
    edit.removed = arguments[u"delete"].toString();
    edit.clear = arguments[u"clear"].isTruthy();
    if (!edit.items.isObject() && edit.removed.isEmpty() && !edit.clear)
        return failure(u"\"storage\" needs one of set, delete and clear."_s);
    return edit;
}

void applyStorageEdit(const StorageEdit &edit, JsValue &storage)
{
    JsValue items = storage[edit.origin];
    if (!items.isObject() || edit.clear)
        items = JsValue::object();
    for (const auto &[key, value] : edit.items.members())
        items.insert(key, JsValue(value.asText()));
    if (!edit.removed.isEmpty())
        items.remove(edit.removed);
    if (items.members().isEmpty())
        storage.remove(edit.origin);
    else
        storage.insert(edit.origin, items);
}

} // namespace rt
