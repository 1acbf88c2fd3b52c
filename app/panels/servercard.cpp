// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "panels/servercard.h"

#include "forms/optionform.h"
#include "models/labdocument.h"
#include "panels/servercardheader.h"

#include <QVBoxLayout>

#include <algorithm>

namespace rt {

ServerCard::ServerCard(OptionGroup group, LabDocument &document, const Theme &theme,
                       QWidget *parent)
    : Card(theme, parent), m_group(std::move(group)), m_document(document), m_theme(theme),
      m_header(new ServerCardHeader(m_group, theme, this))
{
    body()->setContentsMargins(0, 0, 0, 0);
    body()->setSpacing(0);
    body()->addWidget(m_header);
    m_header->setExpandable(!m_group.items.empty());
    connect(m_header, &QAbstractButton::toggled, this, &ServerCard::setOpen);
    connect(m_header, &ServerCardHeader::moveRequested, this,
            [this](int places) { m_document.moveStage(stage(), places); });
    connect(m_header, &ServerCardHeader::enabledChosen, this,
            [this](bool enabled) { m_document.setEnabled(stage(), enabled); });
    connect(&document, &LabDocument::configChanged, this, &ServerCard::refresh);
    refresh();
}

bool ServerCard::holds(const QByteArray &path) const
{
    return std::any_of(m_group.items.begin(), m_group.items.end(),
                       [&path](const OptionGroup::Item &item) { return item.path == path; });
}

bool ServerCard::isOpen() const
{
    return m_form && m_form->isVisibleTo(this);
}

void ServerCard::setOpen(bool open)
{
    if (open == isOpen() || m_group.items.empty())
        return;
    if (open && !m_form)
        makeForm();
    m_form->setVisible(open);
    m_header->setChecked(open);
    setCurrent(open);
    if (open)
        emit opened();
}

void ServerCard::makeForm()
{
    m_form = new OptionForm(m_group, m_document, m_theme, this);
    m_form->hide();
    body()->addWidget(m_form);
    m_form->markOption(m_marked);
    connect(m_form, &OptionForm::optionHovered, this, &ServerCard::optionHovered);
    connect(m_form, &OptionForm::optionFocused, this, &ServerCard::optionFocused);
}

int ServerCard::setFilter(const QString &search)
{
    if (search.isEmpty()) {
        if (m_form)
            m_form->setFilter({});
        show();
        return static_cast<int>(m_group.items.size());
    }
    if (!m_form && !m_group.items.empty())
        makeForm();
    const int matching = m_form ? m_form->setFilter(search) : 0;
    setVisible(matching > 0);
    return matching;
}

void ServerCard::markOption(const QByteArray &path)
{
    m_marked = path;
    if (m_form)
        m_form->markOption(path);
}

bool ServerCard::focusOption(const QByteArray &path)
{
    setOpen(true);
    return m_form && m_form->focusOption(path);
}

QString ServerCard::summary(qsizetype changed) const
{
    if (changed > 0)
        return tr("%n changed", nullptr, static_cast<int>(changed));
    return m_group.summary;
}

void ServerCard::refresh()
{
    const qsizetype changed = changedPaths(m_group, m_document.config()).size();
    m_header->setStageEnabled(!m_group.isStage || m_document.isEnabled(stage()));
    m_header->setTexts(m_group.title, summary(changed), changed > 0);
}

} // namespace rt
