// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "panels/exchangepage.h"

class QPlainTextEdit;

namespace rt {

class CaptionLabel;
class Segmented;

/// The messages byte for byte, as either end wrote or read them, line ends visible.
class ExchangeWire : public ExchangePage
{
    Q_OBJECT

public:
    ExchangeWire(const Theme &theme, Selection &selection, QWidget *parent = nullptr);

    void show(const Inspected &inspected) override;

private:
    void refresh();
    QPlainTextEdit *makeText(const char *name, const QString &title);

    Segmented *m_end;
    CaptionLabel *m_note;
    /// How the bytes were secured on their way; hidden for plain TCP.
    CaptionLabel *m_tls;
    QPlainTextEdit *m_request;
    QPlainTextEdit *m_response;
    std::optional<ExchangeRecord> m_exchange;
};

} // namespace rt
