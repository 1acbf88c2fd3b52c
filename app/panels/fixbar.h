// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "capture/annotation.h"
#include "widgets/theme.h"

#include <QWidget>

namespace rt {

class FlowLayout;

/// The settings that mend what went wrong, as buttons: all at once, one by one, and where they are.
/// Hidden when no setting of the lab can mend it.
class FixBar : public QWidget
{
    Q_OBJECT

public:
    static constexpr int allFixes = -1;

    /// `name` is the prefix of the buttons' object names: name.apply, name.0 …, name.option.
    FixBar(const Theme &theme, const QString &name, QWidget *parent = nullptr);

    /// Only the button for everything, where there is little room.
    void setCompact(bool compact) { m_compact = compact; }
    void setDiagnosis(const Diagnosis &diagnosis);
    /// What a button stands for: one fix, all of them, or none when `fix` is out of range.
    static std::vector<Fix> chosen(const Diagnosis &diagnosis, int fix);

signals:
    /// Into Diagnosis::fixes, or allFixes.
    void fixRequested(int fix);
    /// The setting the first fix changes is to be shown.
    void optionRequested(const QByteArray &path);

private:
    void clear();
    void addApply(const std::vector<Fix> &fixes);
    void addSingle(const Fix &fix, int number);
    void addOption(const QByteArray &path);

    const Theme &m_theme;
    FlowLayout *m_flow;
    bool m_compact = false;
};

} // namespace rt
