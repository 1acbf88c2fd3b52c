// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "panels/exchangebytes.h"
#include "panels/exchangepage.h"

namespace rt {

class CaptionLabel;
class CodeView;
class Segmented;

/// The bodies of answer and request: pretty, as text, as bytes.
class ExchangeBody : public ExchangePage
{
    Q_OBJECT

public:
    ExchangeBody(const Theme &theme, Selection &selection, QWidget *parent = nullptr);

    void show(const Inspected &inspected) override;

private:
    void refresh();
    QString note() const;

    Segmented *m_side;
    Segmented *m_form;
    CaptionLabel *m_note;
    CodeView *m_text;
    ReadableBody m_bodies[2];
    QByteArray m_raw[2];
    qint64 m_cut = 0;
};

} // namespace rt
