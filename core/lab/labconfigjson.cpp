// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/labconfig.h"

namespace rt {

Result<LabConfig> LabConfig::fromJson(QByteArrayView, const QString &, OptionReading)
{
    return base();
}
Result<LabConfig> LabConfig::fromValue(const JsValue &)
{
    return base();
}
JsValue LabConfig::toValue() const
{
    return flattened();
}
QByteArray LabConfig::toJson() const
{
    return rt::toJson(toValue(), QStringLiteral("  ")) + '\n';
}

} // namespace rt
