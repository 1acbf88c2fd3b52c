// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "panels/fixbar.h"

#include "widgets/flowlayout.h"

#include <QPushButton>

namespace rt {

FixBar::FixBar(const Theme &theme, const QString &name, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_flow(new FlowLayout(this, 8))
{
    setObjectName(name);
    m_flow->setContentsMargins(14, 4, 14, 8);
    hide();
}

std::vector<Fix> FixBar::chosen(const Diagnosis &diagnosis, int fix)
{
    if (fix == allFixes)
        return diagnosis.fixes;
    if (fix < 0 || fix >= static_cast<int>(diagnosis.fixes.size()))
        return {};
    return {diagnosis.fixes[static_cast<size_t>(fix)]};
}

void FixBar::clear()
{
    while (m_flow->count() > 0) {
        const std::unique_ptr<QLayoutItem> item(m_flow->takeAt(0));
        item->widget()->hide();
        item->widget()->deleteLater();
    }
}

void FixBar::setDiagnosis(const Diagnosis &diagnosis)
{
    clear();
    const std::vector<Fix> &fixes = diagnosis.fixes;
    setVisible(!fixes.empty());
    if (fixes.empty())
        return;
    addApply(fixes);
    for (int i = 0; !m_compact && fixes.size() > 1 && i < static_cast<int>(fixes.size()); ++i)
        addSingle(fixes[static_cast<size_t>(i)], i);
    addOption(fixes.front().path);
}

void FixBar::addApply(const std::vector<Fix> &fixes)
{
    const QString text = fixes.size() == 1
        ? tr("Apply fix: %1").arg(fixes.front().label)
        : tr("Apply fix: all %n changes", nullptr, static_cast<int>(fixes.size()));
    auto *button
        = new QPushButton(m_theme.icon(QStringLiteral("fix"), Token::OnAccent), text, this);
    button->setObjectName(objectName() + QStringLiteral(".apply"));
    button->setDefault(true);
    button->setToolTip(tr("Changes the setting and sends the request again"));
    connect(button, &QPushButton::clicked, this, [this] { emit fixRequested(allFixes); });
    m_flow->addWidget(button);
    button->show();
}

void FixBar::addSingle(const Fix &fix, int number)
{
    auto *button = new QPushButton(fix.label, this);
    button->setObjectName(objectName() + u'.' + QString::number(number));
    button->setToolTip(tr("Only this change: %1").arg(QString::fromLatin1(fix.path)));
    button->setAutoDefault(false);
    connect(button, &QPushButton::clicked, this, [this, number] { emit fixRequested(number); });
    m_flow->addWidget(button);
    button->show();
}

void FixBar::addOption(const QByteArray &path)
{
    auto *button
        = new QPushButton(m_theme.icon(QStringLiteral("server")), tr("Show the setting"), this);
    button->setObjectName(objectName() + QStringLiteral(".option"));
    button->setToolTip(QString::fromLatin1(path));
    button->setAutoDefault(false);
    connect(button, &QPushButton::clicked, this, [this, path] { emit optionRequested(path); });
    m_flow->addWidget(button);
    button->show();
}

} // namespace rt
