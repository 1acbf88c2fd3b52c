// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "widgets/theme.h"

#include <QObject>

#include <array>

class QDockWidget;
class QMainWindow;
class QSplitter;

namespace rt {

/// Where the panels are: lesson left, server and code right (application and console behind the
/// server, the identity bench, too, once it is asked for), the rest one above the other in the
/// centre. Shows, hides, arranges and remembers them; knows nothing of what they contain.
class Workspace : public QObject
{
    Q_OBJECT

public:
    enum class Part {
        Lesson,
        Client,
        Traffic,
        Inspector,
        Sequence,
        Server,
        Code,
        Identity,
        Application,
        Console
    };
    static constexpr int partCount = static_cast<int>(Part::Console) + 1;
    enum class Arrangement { Learn, Work, Present };

    Workspace(QMainWindow &window, const Theme &theme);

    void setPart(Part part, QWidget *panel, const QString &title);
    /// A bar above the centre.
    void putAbove(QWidget *bar);
    QWidget *panel(Part part) const { return m_panels[static_cast<size_t>(part)]; }
    bool isShown(Part part) const;
    void setShown(Part part, bool shown);
    /// Shows the panel and gives it the keyboard; hides it when it has the keyboard already.
    void goTo(Part part);
    /// The next (1) or previous (-1) shown panel from the one with the keyboard.
    void goOn(int step);
    void arrange(Arrangement arrangement);

    QByteArray save() const;
    bool restore(const QByteArray &state);

private:
    QWidget *holder(Part part) const;
    bool hasFocus(Part part) const;
    void distribute(Arrangement arrangement);

    QMainWindow &m_window;
    const Theme &m_theme;
    QSplitter *m_centre;
    std::array<QWidget *, partCount> m_panels {};
    std::array<QDockWidget *, partCount> m_docks {};
};

} // namespace rt
