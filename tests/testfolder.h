// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

/// Where tests/ of the sources is. Compiled into one file, so that the others build alike wherever
/// the checkout stands and a compiler cache serves them all.
QString testFolder();
