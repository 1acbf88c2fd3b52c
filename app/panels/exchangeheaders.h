// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "panels/exchangepage.h"

class QTableView;

namespace rt {

class HeaderModel;

/// Every line of answer and request, what it says here, and who set it.
class ExchangeHeaders : public ExchangePage
{
    Q_OBJECT

public:
    ExchangeHeaders(const Theme &theme, Selection &selection, QWidget *parent = nullptr);

    void show(const Inspected &inspected) override;
    void setHighlights(const QStringList &paths) override;
    QTableView *view() const { return m_view; }
    HeaderModel *model() const { return m_model; }

protected:
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void setupView();
    void fit();
    void onCurrentChanged(int row);
    void showHeader(const QByteArray &name);
    void openMenu(const QPoint &position);
    void act(int row);

    HeaderModel *m_model;
    QTableView *m_view;
    quint64 m_exchange = 0;
    bool m_filling = false;
};

} // namespace rt
