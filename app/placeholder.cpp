// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

