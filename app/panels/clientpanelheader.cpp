// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "panels/clientpanelheader.h"

#include "forms/virtualorigins.h"
#include "models/labdocument.h"
#include "widgets/captionlabel.h"
#include "widgets/pill.h"

#include <QActionGroup>
#include <QHBoxLayout>
#include <QMenu>

namespace rt {

ClientHeader::ClientHeader(LabDocument &document, const Theme &theme, QWidget *parent)
    : QWidget(parent), m_document(document), m_page(new PillButton(theme, {}, this)),
      m_asks(new PillButton(theme, {}, this)),
      m_rules(new PillButton(theme, tr("browser rules"), this)), m_menu(new QMenu(this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(14, 8, 12, 2);
    row->setSpacing(8);
    auto *caption = new CaptionLabel(theme, tr("CLIENT · built-in browser"), this);
    caption->setMinimumWidth(40); // it gives way first
    row->addWidget(caption);
    row->addWidget(m_page);
    row->addWidget(m_asks);
    row->addWidget(m_rules);
    row->addStretch(1);
    m_page->setObjectName(QStringLiteral("client.page"));
    m_page->setMenu(m_menu);
    m_asks->setObjectName(QStringLiteral("client.kind"));
    m_asks->setToolTip(tr("Who asks: script, a link, a form or an element of the page"));
    auto *kinds = new QMenu(this);
    m_asks->setMenu(kinds);
    fillKindMenu(*kinds);
    m_rules->setObjectName(QStringLiteral("client.rules"));
    m_rules->setCheckable(true);
    m_rules->setChecked(true);
    m_rules->setToolTip(tr("On: a page's script asks a browser. Off: a raw tool such as curl sends "
                           "what stands here, and nothing is checked."));
    connect(m_menu, &QMenu::aboutToShow, this, &ClientHeader::fillPageMenu);
    connect(m_rules, &QAbstractButton::clicked, this, [this](bool on) { setRaw(!on); });
    connect(&document, &LabDocument::configChanged, this, &ClientHeader::refresh);
    refresh();
}

QByteArray ClientHeader::page() const
{
    return m_document.config().setting("client.page").toString().toUtf8();
}

void ClientHeader::setRaw(bool raw)
{
    m_rules->setChecked(!raw);
    if (raw == m_raw)
        return;
    m_raw = raw;
    refresh();
    emit rawChanged(raw);
}

void ClientHeader::setKind(const QByteArray &api)
{
    if (api == m_kind)
        return;
    m_kind = api;
    refresh();
    emit kindChanged(api);
}

QString ClientHeader::kindText(const QByteArray &api)
{
    if (api == "fetch")
        return tr("fetch()");
    if (api == "navigate")
        return tr("open as page");
    if (api == "form")
        return tr("submit as form");
    if (api == "img")
        return tr("load as image");
    if (api == "script")
        return tr("load as script");
    if (api == "style")
        return tr("load as style sheet");
    return tr("load as frame");
}

void ClientHeader::fillKindMenu(QMenu &menu)
{
    for (const char *api : {"fetch", "navigate", "form", "img", "script", "style", "iframe"}) {
        QAction *action = menu.addAction(kindText(api));
        action->setObjectName(QStringLiteral("client.kind.") + QLatin1StringView(api));
        connect(action, &QAction::triggered, this, [this, api] { setKind(api); });
    }
}

void ClientHeader::fillPageMenu()
{
    m_menu->clear();
    const QString current = QString::fromUtf8(page());
    for (const VirtualOrigin &known : pageOrigins()) {
        QAction *action = m_menu->addAction(known.origin + u'\t' + known.title);
        action->setCheckable(true);
        action->setChecked(!m_raw && known.origin == current);
        connect(action, &QAction::triggered, this, [this, origin = known.origin] {
            setRaw(false);
            std::ignore = m_document.setOption("client.page", JsValue(origin));
        });
    }
    m_menu->addSeparator();
    QAction *raw = m_menu->addAction(tr("No page: a raw tool such as curl"));
    raw->setCheckable(true);
    raw->setChecked(m_raw);
    connect(raw, &QAction::triggered, this, [this] { setRaw(true); });
}

void ClientHeader::refresh()
{
    const QString origin = QString::fromUtf8(page());
    m_page->setText(m_raw ? tr("raw tool") : tr("page %1").arg(origin));
    m_page->setAccessibleName(m_raw ? tr("Sent by a raw tool") : tr("Page: %1").arg(origin));
    m_page->setToolTip(m_raw ? QString() : originTitle(origin));
    m_rules->setText(m_raw ? tr("no browser rules") : tr("browser rules"));
    m_rules->setAccessibleName(tr("Browser rules"));
    m_asks->setText(kindText(m_kind));
    m_asks->setAccessibleName(tr("Who asks: %1").arg(kindText(m_kind)));
    m_asks->setTone(m_kind == "fetch" ? PillTone::Neutral : PillTone::Accent);
    m_asks->setVisible(!m_raw);
    for (PillButton *pill : {m_page, m_asks, m_rules})
        pill->updateGeometry();
}

} // namespace rt
