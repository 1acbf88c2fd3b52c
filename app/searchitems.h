// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "models/searchmodel.h"

namespace rt {

class MainWindow;

/// Everything the command search of this window can find now.
std::vector<SearchItem> searchItems(MainWindow &window);

} // namespace rt
