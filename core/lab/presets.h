// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "lab/labconfig.h"

namespace rt {

/// A configuration to start from. Titles and summaries are translatable (context "presets").
struct Preset
{
    QByteArray id;
    const char *title = "";
    const char *summary = "";
    LabConfig config;
};

/// The presets the window offers, the lessons' `base` first.
const std::vector<Preset> &presets();
const Preset *preset(QByteArrayView id);

} // namespace rt
