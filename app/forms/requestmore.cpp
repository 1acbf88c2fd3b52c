// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "forms/requestmore.h"

#include "forms/requestwords.h"

#include <QActionGroup>
#include <QMenu>

namespace rt {

RequestMore::RequestMore(const Theme &theme, QWidget *parent) : PillButton(theme, {}, parent)
{
    setObjectName(QStringLiteral("client.more"));
    auto *choices = new QMenu(this);
    m_redirect = addChoice(*choices, QStringLiteral("redirect"), redirectWords());
    m_cache = addChoice(*choices, QStringLiteral("cache"), cacheWords());
    m_referrerPolicy = addChoice(*choices, QStringLiteral("referrerPolicy"), referrerPolicyWords());
    setMenu(choices);
    setToolTip(tr("More choices of fetch(): redirect, cache and referrerPolicy"));
    showChoices();
}

QActionGroup *RequestMore::addChoice(QMenu &menu, const QString &title, const QByteArrayList &names)
{
    QMenu *submenu = menu.addMenu(title);
    auto *group = new QActionGroup(this);
    for (const QByteArray &name : names) {
        QAction *action
            = submenu->addAction(name.isEmpty() ? tr("the page's own") : QString::fromLatin1(name));
        action->setObjectName(QStringLiteral("client.%1.%2").arg(title, QString::fromLatin1(name)));
        action->setCheckable(true);
        group->addAction(action);
    }
    group->actions().first()->setChecked(true);
    connect(group, &QActionGroup::triggered, this, [this] {
        showChoices();
        emit choiceChanged();
    });
    return group;
}

int RequestMore::chosen(const QActionGroup *group)
{
    return static_cast<int>(group->actions().indexOf(group->checkedAction()));
}

void RequestMore::choose(QActionGroup *group, int index)
{
    group->actions().at(std::max(0, index))->setChecked(true);
}

void RequestMore::writeTo(FetchRequest &request) const
{
    request.redirect = static_cast<RedirectMode>(chosen(m_redirect));
    request.cache = static_cast<CacheMode>(chosen(m_cache));
    request.referrerPolicy = referrerPolicyWords().at(chosen(m_referrerPolicy));
}

void RequestMore::readFrom(const FetchRequest &request)
{
    choose(m_redirect, static_cast<int>(request.redirect));
    choose(m_cache, static_cast<int>(request.cache));
    choose(m_referrerPolicy,
           static_cast<int>(referrerPolicyWords().indexOf(request.referrerPolicy)));
    showChoices();
}

void RequestMore::showChoices()
{
    QStringList changed;
    for (const QActionGroup *group : {m_redirect, m_cache, m_referrerPolicy}) {
        if (chosen(group) > 0)
            changed.append(group->checkedAction()->text());
    }
    setText(changed.isEmpty() ? tr("More") : changed.join(QStringLiteral(" \u00b7 ")));
    setTone(changed.isEmpty() ? PillTone::Neutral : PillTone::Accent);
    setAccessibleName(changed.isEmpty() ? tr("More choices")
                                        : tr("More choices: %1").arg(changed.join(u' ')));
    updateGeometry();
}

} // namespace rt
