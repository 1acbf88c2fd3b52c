// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "models/savedrequests.h"

#include <QWidget>

class QListView;
class QPushButton;
class QStackedLayout;

namespace rt {

class Theme;

/// The requests that are kept under a name: to save the present one, to load and to delete.
class ClientSavedPage final : public QWidget
{
    Q_OBJECT

public:
    ClientSavedPage(SavedRequests &saved, const Theme &theme, QWidget *parent);

signals:
    void editRequested(const rt::FetchRequest &request);
    /// The present request is to be kept under this name.
    void saveRequested(const QString &name);
    void refused(const QString &sentence);

private:
    QWidget *makeButtons();
    void askName();
    void load();
    void remove();
    void showList();

    SavedRequests &m_saved;
    const Theme &m_theme;
    QStackedLayout *m_stack;
    QListView *m_list;
    QPushButton *m_load = nullptr;
    QPushButton *m_delete = nullptr;
};

} // namespace rt
