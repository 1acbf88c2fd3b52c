// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "panels/statusbarpanel.h"

#include "capture/capturestore.h"
#include "lab/labsession.h"
#include "models/trafficformat.h"
#include "widgets/captionlabel.h"

#include <QTimer>

namespace rt {

StatusBarPanel::StatusBarPanel(const Theme &theme, LabSession &lab, QWidget *parent)
    : QStatusBar(parent), m_theme(theme), m_lab(lab), m_traffic(makeLabel("status.traffic")),
      m_saved(makeLabel("status.saved")), m_clock(makeLabel("status.clock"))
{
    setObjectName(QStringLiteral("status"));
    setSizeGripEnabled(false);
    setContentsMargins(8, 0, 8, 0);
    auto *promise = new CaptionLabel(theme, tr("No account, nothing leaves this computer"), this,
                                     FontRole::Small);
    promise->setObjectName(QStringLiteral("status.promise"));
    for (QLabel *label : {m_traffic, m_saved, m_clock})
        addWidget(label);
    addPermanentWidget(promise);
    auto *timer = new QTimer(this);
    timer->setInterval(500);
    connect(timer, &QTimer::timeout, this, &StatusBarPanel::refresh);
    timer->start();
    refresh();
}

QLabel *StatusBarPanel::makeLabel(const char *name)
{
    auto *label = new CaptionLabel(m_theme, {}, this, FontRole::Small);
    label->setObjectName(QLatin1StringView(name));
    label->setContentsMargins(4, 0, 10, 0);
    return label;
}

void StatusBarPanel::setStore(CaptureStore *store)
{
    m_store = store;
    m_bytes = 0;
    m_counted = 0;
    refresh();
}

void StatusBarPanel::refresh()
{
    const std::vector<ExchangeSummary> none;
    const auto &exchanges = m_store ? m_store->exchanges() : none;
    const auto count = static_cast<qsizetype>(exchanges.size());
    if (count < m_counted) {
        m_bytes = 0;
        m_counted = 0;
    }
    for (; m_counted < count; ++m_counted)
        m_bytes += exchanges[static_cast<size_t>(m_counted)].wireBytes;
    m_traffic->setText(count == 1
                           ? tr("1 exchange \u00b7 %1").arg(bytesText(m_bytes))
                           : tr("%1 exchanges \u00b7 %2").arg(count).arg(bytesText(m_bytes)));
    m_saved->setText(m_store ? tr("session saved") : tr("session not saved"));
    const QString offset = clockOffsetText(m_lab.skipped());
    m_clock->setText(tr("lab clock %1").arg(offset));
    m_clock->setVisible(!offset.isEmpty());
}

} // namespace rt
