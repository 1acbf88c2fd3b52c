// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "widgets/theme.h"

#include <QWidget>

class QButtonGroup;
class QHBoxLayout;

namespace rt {

/// One of a few words, all visible: requests | real time, guess | fairly | certain.
class Segmented : public QWidget
{
    Q_OBJECT

public:
    explicit Segmented(const Theme &theme, const QStringList &segments, QWidget *parent = nullptr);

    /// -1 when nothing is chosen yet.
    int current() const;
    void setCurrent(int index);

signals:
    /// By the user.
    void chosen(int index);

private:
    QButtonGroup *m_group;
    QHBoxLayout *m_row;
};

} // namespace rt
