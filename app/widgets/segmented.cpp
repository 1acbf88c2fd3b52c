// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "widgets/segmented.h"

#include "widgets/pill.h"

#include <QButtonGroup>
#include <QHBoxLayout>

namespace rt {

Segmented::Segmented(const Theme &theme, const QStringList &segments, QWidget *parent)
    : QWidget(parent), m_group(new QButtonGroup(this)), m_row(new QHBoxLayout(this))
{
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(4);
    for (const QString &segment : segments) {
        auto *button = new PillButton(theme, segment, this);
        button->setCheckable(true);
        m_group->addButton(button, static_cast<int>(m_group->buttons().size()));
        m_row->addWidget(button);
    }
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    connect(m_group, &QButtonGroup::idClicked, this, &Segmented::chosen);
}

int Segmented::current() const
{
    return m_group->checkedId();
}

void Segmented::setCurrent(int index)
{
    if (QAbstractButton *button = m_group->button(index))
        button->setChecked(true);
}

} // namespace rt
