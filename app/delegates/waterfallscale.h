// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <utility>
#include <vector>

namespace rt {

/// Maps lab time to 0..1 for the rows in view. Idle stretches are shortened, so that requests a
/// few milliseconds long stay visible beside a pause of minutes; order and overlap stay true.
class WaterfallScale
{
public:
    /// Pairs of start and end in milliseconds, in any order.
    void rebuild(std::vector<std::pair<double, double>> spans);
    double position(double time) const;
    friend bool operator==(const WaterfallScale &, const WaterfallScale &) = default;

private:
    struct Knot
    {
        double time = 0;
        double at = 0;
        friend bool operator==(const Knot &, const Knot &) = default;
    };
    std::vector<Knot> m_knots;
};

} // namespace rt
