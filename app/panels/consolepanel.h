// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "models/reasonlessons.h"
#include "widgets/theme.h"

#include <QPointer>
#include <QWidget>

class QLineEdit;
class QListView;
class QPushButton;
class QStackedWidget;

namespace rt {

class CaptureStore;
class ConsoleFilter;
class ConsoleModel;
class FixBar;
class RichView;
class Segmented;
class Selection;
struct CallRecord;
struct Diagnosis;

/// What Chromium's console and its Issues tab would say, each line with its cause, its effect and
/// what mends it.
class ConsolePanel : public QWidget
{
    Q_OBJECT

public:
    ConsolePanel(const Theme &theme, Selection &selection, QWidget *parent = nullptr);

    void setStore(CaptureStore *store);
    void setLessons(ReasonLessons lessons);
    ConsoleModel &model() { return *m_model; }

signals:
    /// For the selected call; into Diagnosis::fixes, or FixBar::allFixes.
    void fixRequested(int fix);
    void lessonRequested(const QString &id);

private:
    void setupBar();
    void setupList();
    QWidget *makeDetail();
    void copy();
    void filter();
    void publishSelection();
    void followSelection();
    void showDetail();
    QString detailHtml(const CallRecord &call, const Diagnosis &diagnosis) const;

    const Theme &m_theme;
    Selection &m_selection;
    QPointer<CaptureStore> m_store;
    ReasonLessons m_reasons;
    ConsoleModel *m_model;
    ConsoleFilter *m_filter;
    Segmented *m_kinds = nullptr;
    QLineEdit *m_text = nullptr;
    QStackedWidget *m_stack = nullptr;
    QListView *m_view = nullptr;
    QWidget *m_detail = nullptr;
    RichView *m_words = nullptr;
    FixBar *m_fixes = nullptr;
    QPushButton *m_lesson = nullptr;
    QString m_lessonId;
    bool m_following = false;
};

} // namespace rt
