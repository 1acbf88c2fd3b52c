// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "panels/servercard.h"

#include "forms/optionform.h"
#include "lab/buildpipeline.h"
#include "models/labdocument.h"
#include "panels/servercardheader.h"
#include "widgets/captionlabel.h"

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
    m_refusal = new CaptionLabel(theme, {}, this, FontRole::Small, Token::Bad);
    m_refusal->setObjectName(
        QStringLiteral("server.%1.refusal").arg(QString::fromUtf8(m_group.id)));
    m_refusal->setWordWrap(true);
    m_refusal->setContentsMargins(12, 0, 12, 6);
    m_refusal->hide();
    body()->addWidget(m_refusal);
    m_header->setExpandable(!m_group.items.empty());
    connect(m_header, &QAbstractButton::toggled, this, &ServerCard::setOpen);
    connect(m_header, &ServerCardHeader::moveRequested, this,
            [this](int places) { m_document.moveStage(stage(), places); });
    connect(m_header, &ServerCardHeader::enabledChosen, this, &ServerCard::switchStage);
    connect(&document, &LabDocument::configChanged, this, &ServerCard::refresh);
    refresh();
}

bool ServerCard::holds(const QByteArray &path) const
{
    return std::any_of(m_group.items.begin(), m_group.items.end(),
                       [&path](const OptionGroup::Item &item) {
                           return item.path == path || path.startsWith(item.path + '.');
                       });
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
    const QString number
        = changed > 0 ? tr("%n changed", nullptr, static_cast<int>(changed)) : QString();
    if (!m_group.headline.isEmpty()) {
        const QString word = m_document.config().setting(m_group.headline).asText();
        return changed > 1 ? word + QStringLiteral(" \u00b7 ") + number : word;
    }
    return changed > 0 ? number : m_group.summary;
}

void ServerCard::switchStage(bool enabled)
{
    const auto done = m_document.setEnabled(stage(), enabled);
    if (done)
        return;
    refresh();
    setOpen(true);
    showRefusal(done.error().message);
}

void ServerCard::showRefusal(const QString &sentence)
{
    m_refusal->setText(sentence);
    m_refusal->setVisible(!sentence.isEmpty());
}

// A lesson or an opened file may ask for what the package refuses; the server goes on as before.
QString ServerCard::refusal() const
{
    const StackEntry *entry = m_group.isStage ? m_document.config().entry(stage()) : nullptr;
    if (!entry || !entry->enabled)
        return {};
    const auto accepted = checkStage(*entry);
    return accepted
        ? QString()
        : tr("%1 The server goes on with the settings before.").arg(accepted.error().message);
}

void ServerCard::refresh()
{
    const qsizetype changed = changedPaths(m_group, m_document.config()).size();
    showRefusal(refusal());
    m_header->setStageEnabled(!m_group.isStage || m_document.isEnabled(stage()));
    m_header->setTexts(m_group.title, summary(changed), changed > 0);
}

} // namespace rt
