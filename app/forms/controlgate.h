// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QObject>
#include <QPointer>
#include <QStringList>

#include <optional>

class QWidget;

namespace rt {

/// Lets a lesson's step choose which controls are live: those it names, with what belongs to them.
/// The others rest, visibly, and come back when the step ends.
class ControlGate final : public QObject
{
    Q_OBJECT

public:
    explicit ControlGate(QWidget &root, QObject *parent = nullptr);

    /// nullopt: all. `locked` rest whatever is allowed (Send before a prediction is committed).
    void setAllowed(std::optional<QStringList> allowed, QStringList locked = {});
    /// Looks again: controls have been made since.
    void refresh();
    bool allows(const QString &id) const;

private:
    static bool isGated(const QString &id);
    QPointer<QWidget> m_root;
    std::optional<QStringList> m_allowed;
    QStringList m_locked;
};

} // namespace rt
