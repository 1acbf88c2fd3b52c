// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "panels/applicationpanel.h"

#include "lab/labsession.h"
#include "panels/applicationcookies.h"
#include "panels/applicationpreflights.h"
#include "panels/applicationstorage.h"
#include "widgets/segmented.h"

#include <QBoxLayout>
#include <QStackedWidget>
#include <QTimer>

namespace rt {

ApplicationPanel::ApplicationPanel(LabSession &lab, Selection &selection, const Theme &theme,
                                   QWidget *parent)
    : QWidget(parent),
      m_choice(new Segmented(theme, {tr("Cookies"), tr("Storage"), tr("Preflights")}, this)),
      m_pages(new QStackedWidget(this)),
      m_cookies(new ApplicationCookies(lab, selection, theme, m_pages)),
      m_storage(new ApplicationStorage(lab, theme, m_pages)),
      m_preflights(new ApplicationPreflights(lab, theme, m_pages)), m_second(new QTimer(this))
{
    m_choice->setObjectName(QStringLiteral("application.page"));
    m_choice->setAccessibleName(tr("What the browser holds"));
    m_choice->setCurrent(0);
    for (QWidget *page : std::initializer_list<QWidget *> {m_cookies, m_storage, m_preflights})
        m_pages->addWidget(page);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 4, 0, 0);
    column->setSpacing(6);
    auto *row = new QHBoxLayout;
    row->setContentsMargins(12, 0, 12, 0);
    row->addWidget(m_choice);
    row->addStretch(1);
    column->addLayout(row);
    column->addWidget(m_pages, 1);
    m_second->setInterval(1000);
    connect(m_choice, &Segmented::chosen, m_pages, &QStackedWidget::setCurrentIndex);
    connect(m_second, &QTimer::timeout, m_cookies, &ApplicationCookies::refresh);
    connect(m_second, &QTimer::timeout, m_preflights, &ApplicationPreflights::refresh);
    connect(m_cookies, &ApplicationCookies::refused, this, &ApplicationPanel::refused);
    connect(m_cookies, &ApplicationCookies::stealRequested, this,
            &ApplicationPanel::stealRequested);
    connect(m_storage, &ApplicationStorage::refused, this, &ApplicationPanel::refused);
    connect(m_storage, &ApplicationStorage::stealRequested, this,
            &ApplicationPanel::stealRequested);
}

void ApplicationPanel::setStore(CaptureStore *store)
{
    m_cookies->setStore(store);
}

void ApplicationPanel::showPage(Page page)
{
    m_choice->setCurrent(static_cast<int>(page));
    m_pages->setCurrentIndex(static_cast<int>(page));
}

void ApplicationPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_cookies->refresh();
    m_preflights->refresh();
    m_second->start();
}

void ApplicationPanel::hideEvent(QHideEvent *event)
{
    m_second->stop();
    QWidget::hideEvent(event);
}

} // namespace rt
