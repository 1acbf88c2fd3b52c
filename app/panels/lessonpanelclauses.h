// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "lesson/lessonrunner.h"
#include "widgets/card.h"

#include <QVBoxLayout>

namespace rt {

/// "Not yet, because": every clause of the step's check with a mark that says whether it holds, and
/// the nearest miss where it does not.
class ClauseCard final : public Card
{
    Q_OBJECT

public:
    explicit ClauseCard(const Theme &theme, QWidget *parent = nullptr);

    void setClauses(const std::vector<Clause> &clauses);

private:
    class Row;
    const Theme &m_theme;
    std::vector<Row *> m_rows;
};

} // namespace rt
