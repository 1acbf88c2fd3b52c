// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "datafolder.h"

#include "server/tlsidentity.h"

#include <QStandardPaths>

namespace rt {

QString dataFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
}

QString tlsFolder()
{
    return dataFolder() + QStringLiteral("/tls");
}

QString authorityFile()
{
    return TlsIdentityStore(tlsFolder(), {}).authorityFile();
}

} // namespace rt
