// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "options/optionspec.h"

#include <vector>

namespace rt {

class LabConfig;
struct MiddlewareInfo;

/// Options that stand together in one card, each with its path. A stage of the stack, or settings
/// that belong to no stage.
struct OptionGroup
{
    struct Item
    {
        /// With its root: "server.cors.maxAge".
        QByteArray path;
        OptionSpec spec;
    };

    /// Stage name, or a word of our own for a group of settings.
    QByteArray id;
    QString title;
    QString summary;
    bool isStage = false;
    /// The stage can be switched off.
    bool optional = false;
    std::vector<Item> items;
    /// The setting that says in one word what the group is set to; empty when none does.
    QByteArray headline = {};
};

OptionGroup stageGroup(const MiddlewareInfo &info);
/// Server settings that belong to no stage, in the order in which they are taught.
std::vector<OptionGroup> serverSettingGroups();
/// Settings of the built-in browser, without the page, which has a control of its own.
OptionGroup browserSettingGroup();

/// Paths of the group that are not at their default.
QByteArrayList changedPaths(const OptionGroup &group, const LabConfig &config);
/// The setting when it is not at its default, else undefined.
JsValue changedValue(const OptionGroup::Item &item, const LabConfig &config);

} // namespace rt
