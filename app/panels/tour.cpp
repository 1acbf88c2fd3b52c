// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "panels/tour.h"

#include <QWidget>

namespace rt {

class Tour::Private
{
public:
    QWidget &window;
    LabSession &lab;
    const Theme &theme;
};

Tour::Tour(QWidget &window, LabSession &lab, const Theme &theme, QObject *parent)
    : QObject(parent)
    , d(std::unique_ptr<Private>(new Private {window, lab, theme}))
{
}

Tour::~Tour() = default;

bool Tour::isWanted()
{
    return false;
}

void Tour::start() { }

void Tour::stop() { }

bool Tour::isRunning() const
{
    return false;
}

int Tour::card() const
{
    return -1;
}

} // namespace rt
