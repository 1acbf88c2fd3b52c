// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"
#include "base/result.h"

namespace rt {

class LabConfig;

/// The verb `storage`: what a page's script, or a learner in the application panel, does to the
/// localStorage of an origin. https://html.spec.whatwg.org/multipage/webstorage.html
struct StorageEdit
{
    QString origin;
    /// Items to set, in order; undefined leaves them alone.
    JsValue items;
    /// The key to remove; empty for none.
    QString removed;
    /// Everything of the origin goes.
    bool clear = false;

    /// {"set": {key: value}}, {"delete": key} or {"clear": true}; `origin` may stand beside, else
    /// it is the client's page. The error says what is missing.
    static Result<StorageEdit> fromArguments(const JsValue &arguments, const LabConfig &config);
};

/// `storage`: origin -> key -> value. Values become strings, as setItem() makes them. An origin
/// without items is gone.
void applyStorageEdit(const StorageEdit &edit, JsValue &storage);

} // namespace rt
