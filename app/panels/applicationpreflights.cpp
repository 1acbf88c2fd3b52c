// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "panels/applicationpreflights.h"

#include "lab/labsession.h"
#include "models/cookiejudge.h"

#include <QHeaderView>
#include <QPushButton>

namespace rt {

ApplicationPreflights::ApplicationPreflights(LabSession &lab, const Theme &theme, QWidget *parent)
    : ApplicationTable(
        QStringLiteral("application.preflights"),
        {tr("Left"), tr("Address"), tr("Page"), tr("Methods"), tr("Headers"), tr("Credentials")},
        tr("No permission is remembered. A preflight that was allowed stays here for "
           "as long as Access-Control-Max-Age says."),
        theme, parent),
      m_lab(lab)
{
    view().setAccessibleName(tr("Remembered preflights"));
    view().horizontalHeader()->setSectionResizeMode(QHeaderView::Interactive);
    const int widths[] = {90, 240, 180, 120, 120, 90};
    for (int column = 0; column < static_cast<int>(std::size(widths)); ++column)
        view().setColumnWidth(column, widths[column]);
    auto *forget = addButton(QStringLiteral("application.preflights.clear"), tr("Forget all"),
                             QStringLiteral("trash"));
    connect(forget, &QPushButton::clicked, this, [this] {
        std::ignore = m_lab.run({"clearPreflightCache", JsValue::object(), false});
    });
    connect(&lab, &LabSession::browserStateChanged, this, &ApplicationPreflights::refresh);
    refresh();
}

void ApplicationPreflights::refresh()
{
    std::vector<RowsModel::Row> all;
    for (const BrowserState::PreflightEntry &entry : m_lab.browserState().preflightCache) {
        const qint64 left = entry.expiresAt - m_lab.now();
        if (left <= 0)
            continue;
        const auto list
            = [](const QByteArrayList &names) { return QString::fromUtf8(names.join(", ")); };
        all.push_back(
            {QString::fromUtf8(entry.origin + ' ' + entry.url),
             {spanText(left), QString::fromUtf8(entry.url), QString::fromUtf8(entry.origin),
              list(entry.methods), list(entry.headers), entry.credentials ? tr("yes") : tr("no")},
             {}});
    }
    setRows(std::move(all));
}

} // namespace rt
