// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "panels/exchangepage.h"

class QListView;
class QSplitter;
class QToolButton;

namespace rt {

class CaptionLabel;
class RichView;
class StageModel;

/// The middleware microscope: request and answer after every step of the server's stack, what each
/// one decided and how long it took. The arrow keys walk through the steps.
class ExchangeStages : public ExchangePage
{
    Q_OBJECT

public:
    ExchangeStages(const Theme &theme, Selection &selection, QWidget *parent = nullptr);

    void show(const Inspected &inspected) override;
    QListView *list() const { return m_list; }
    RichView *detail() const { return m_detail; }
    /// Goes on by `by` steps, as far as there are any.
    void step(int by);

protected:
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void setupList();
    QWidget *makeBar();
    QToolButton *makeButton(const QString &icon, const QString &name, int by);
    bool isWide() const;
    bool hasRoomForList() const;
    void arrange();
    void showPosition();
    void showStep();
    void showNothing();
    void onClicked(int row);
    void follow(const QString &link);

    StageModel *m_model;
    QListView *m_list;
    RichView *m_detail;
    QSplitter *m_splitter;
    CaptionLabel *m_position;
    Inspected m_inspected;
    bool m_filling = false;
};

} // namespace rt
