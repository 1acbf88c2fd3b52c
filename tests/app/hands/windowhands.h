// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"

#include <QString>

class QTabBar;
class QWidget;

namespace rt {

class MainWindow;

/// A learner's hands on the real window: they find controls by their object names and click, type
/// and choose as a person does. What cannot be done is a test failure that names the control.
class WindowHands
{
public:
    explicit WindowHands(MainWindow &window);

    /// A button, switch, pill or choice.
    bool click(const QString &control);
    /// Replaces the text of a field and confirms it with Enter.
    bool type(const QString &control, const QString &text);
    /// Picks the entry of a drop-down list.
    bool choose(const QString &control, const QString &entry);
    /// The tab whose title starts with `title`.
    bool openTab(const QString &tabs, const QString &title);
    /// One entry of a Segmented.
    bool press(const QString &segmented, const QString &word);
    /// A command of the menu bar, by its id.
    bool command(const QString &id);
    /// The same, answering the text dialog that it opens.
    bool commandWithText(const QString &id, const QString &text);
    /// The same, choosing a file name in the dialog that it opens.
    bool commandWithFile(const QString &id, const QString &file);

    /// Whether the last call of `perform` found what it needed; the sentence says what was missing.
    const QString &trouble() const { return m_trouble; }
    /// One action of a lesson (CURRICULUM §2), done through the widgets.
    bool perform(const JsValue &action);

private:
    template<typename Widget> Widget *find(const QString &control);
    bool miss(const QString &sentence);
    bool set(const QString &path, const JsValue &value);
    bool answer(const QString &question, const JsValue &with);
    bool useBrowser(bool browser);
    bool send(const JsValue &request);
    bool order(const JsValue &stages);
    bool openPage(const QString &origin);
    bool pick(const QString &path);
    bool fillHeaders(const JsValue &headers);
    bool fillBody(const JsValue &request);

    MainWindow &m_window;
    QString m_trouble;
};

} // namespace rt
