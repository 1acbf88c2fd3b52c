// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"
#include "panels/applicationtable.h"

namespace rt {

class LabSession;

/// localStorage of every origin. Whatever script of the origin runs can read it.
class ApplicationStorage final : public ApplicationTable
{
    Q_OBJECT

public:
    ApplicationStorage(LabSession &lab, const Theme &theme, QWidget *parent);

signals:
    void refused(const QString &sentence);
    void stealRequested(const QByteArray &header, const QByteArray &value);

private:
    void refresh();
    void add();
    /// An undefined value removes the item.
    void change(const QString &origin, const QString &item, const JsValue &value);

    LabSession &m_lab;
};

} // namespace rt
