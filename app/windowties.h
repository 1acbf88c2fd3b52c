// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

namespace rt {

class MainWindow;

/// Selecting anywhere selects everywhere: ties the panels through the window's Selection.
void tieSelection(MainWindow &window);
/// Ties the lesson panel and its runner to the other panels.
void tieLessons(MainWindow &window);
/// Shows what a command found out when no panel does.
void tieResults(MainWindow &window);
/// What is changed on the identity bench goes out through the client.
void tieIdentity(MainWindow &window);
/// Fixes and lessons the console offers; what the application panel hands to the client.
void tieBrowserTools(MainWindow &window);

} // namespace rt
