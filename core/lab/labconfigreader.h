// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "lab/labconfig.h"

#include <QHash>
#include <QString>

#include <optional>

namespace rt {

/// Reads the value of a lab file into a LabConfig, or says what is wrong with it and where. One
/// object reads one file.
class LabConfigReader
{
public:
    LabConfigReader(QString fileName, QHash<QString, int> lines, OptionReading reading);
    Result<LabConfig> read(const JsValue &root);

private:
    /// A value and where it stands: RFC 6901 pointer.
    struct Spot
    {
        JsValue value;
        QString pointer;
        Spot member(const QString &name) const;
    };

    void refuse(const QString &pointer, const QString &complaint);
    void refuseUnknown(const Spot &object, const QString &name, const QStringList &known);
    bool expectObject(const Spot &spot);
    /// Nothing: refused. Packages take any truthy value for on.
    std::optional<bool> readSwitch(const Spot &spot);

    void readMember(const QString &key, const Spot &spot);
    void readOrder(const Spot &spot);
    void readHeaders(const Spot &spot);
    void readStage(const QByteArray &stage, const Spot &spot);
    void readPaths(const QByteArray &stage, const Spot &spot);
    void readOptions(const QByteArray &stage, const Spot &spot, const QStringList &skip = {});
    void checkMembers(const OptionTable &table, const QByteArray &above, const Spot &object,
                      const QStringList &skip);
    void readBodyParser(const Spot &spot);
    void readCookieParser(const Spot &spot);
    void readAuth(const Spot &spot);
    void readAuthMode(const Spot &spot);
    /// Members of a group of settings: "express", "jwt", "client", a bare name such as "tls".
    void readSettings(const OptionTable &table, const QByteArray &group, const Spot &spot);
    void readSetting(const OptionTable &table, const QByteArray &row, const Spot &spot);
    void setServer(const QByteArray &row, const JsValue &value);
    StackEntry &entry(const QByteArray &stage);

    QString m_fileName;
    QHash<QString, int> m_lines;
    OptionReading m_reading;
    LabConfig m_config;
    QString m_complaint;
};

/// What plain JSON cannot say, as lab files write it: {"regex", "flags"}, {"date"}, {"undefined":
/// true}, {"set": []}. Both ways; a set comes back as a list without repetitions.
JsValue reviveValue(const JsValue &value);
JsValue unreviveValue(const JsValue &value);

} // namespace rt
