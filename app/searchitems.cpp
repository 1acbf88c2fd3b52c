// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "searchitems.h"

#include "actions.h"
#include "capture/capturestore.h"
#include "forms/optiongroup.h"
#include "lab/labconfig.h"
#include "lab/presets.h"
#include "mainwindow.h"
#include "models/trafficformat.h"
#include "panels/lessonpanel.h"
#include "workspace.h"

#include <QAction>

namespace rt {

namespace {

/// Older exchanges are found with the traffic filter.
constexpr qsizetype mostExchanges = 2000;

QString tr(const char *text)
{
    return QCoreApplication::translate("search", text);
}

void addCommands(MainWindow &window, std::vector<SearchItem> &items)
{
    const auto rows = commandRows();
    const auto &actions = window.actions().all();
    for (size_t i = 0; i < actions.size(); ++i) {
        QAction *action = actions[i];
        if (!action->isEnabled() || action->objectName() == u"edit.search")
            continue;
        const QString menu = QLatin1StringView(rows[i].menu);
        items.push_back({action->text().remove(u'&'),
                         QString(menu).replace(u'/', QStringLiteral(" \u203a ")), tr("Command"),
                         action->shortcut().toString(QKeySequence::NativeText),
                         QLatin1StringView(rows[i].icon), [action] { action->trigger(); }});
    }
}

void addGroup(MainWindow &window, std::vector<SearchItem> &items, const OptionGroup &group)
{
    for (const OptionGroup::Item &item : group.items) {
        const QString name = group.isStage
            ? QString::fromLatin1(group.id + ' ' + item.spec.name)
            : QString::fromLatin1(item.spec.name).replace(u'.', u' ');
        items.push_back({name,
                         QCoreApplication::translate("options", item.spec.title),
                         tr("Option"),
                         {},
                         QStringLiteral("settings"),
                         [&window, path = item.path] {
                             window.workspace().setShown(Workspace::Part::Server, true);
                             window.revealOption(path);
                         }});
    }
}

void addOptions(MainWindow &window, std::vector<SearchItem> &items)
{
    for (const MiddlewareInfo &middleware : middlewareCatalog())
        addGroup(window, items, stageGroup(middleware));
    for (const OptionGroup &group : serverSettingGroups())
        addGroup(window, items, group);
}

void addPresets(MainWindow &window, std::vector<SearchItem> &items)
{
    for (const Preset &preset : presets()) {
        const QString title = QCoreApplication::translate("presets", preset.title);
        items.push_back({title,
                         QCoreApplication::translate("presets", preset.summary),
                         tr("Preset"),
                         {},
                         QStringLiteral("server"),
                         [&window, title, config = preset.config] {
                             window.document().usePreset(config, tr("Preset: %1").arg(title));
                         }});
    }
}

void addLessons(MainWindow &window, std::vector<SearchItem> &items)
{
    for (const auto &[id, title] : window.lessonTitles()) {
        items.push_back(
            {title, id, tr("Lesson"), {}, QStringLiteral("lesson"), [&window, lesson = id] {
                 window.workspace().setShown(Workspace::Part::Lesson, true);
                 window.lessons().startLesson(lesson);
             }});
    }
}

void addExchanges(MainWindow &window, std::vector<SearchItem> &items)
{
    if (!window.store())
        return;
    const auto &exchanges = window.store()->exchanges();
    const auto total = static_cast<qsizetype>(exchanges.size());
    for (qsizetype i = total - 1; i >= std::max<qsizetype>(0, total - mostExchanges); --i) {
        const ExchangeSummary &exchange = exchanges[static_cast<size_t>(i)];
        const QString status = exchange.status
            ? QString::number(exchange.status) + u' ' + statusPhrase(exchange.status)
            : QString();
        items.push_back({QStringLiteral("%1 %2").arg(QString::fromLatin1(exchange.method),
                                                     QString::fromUtf8(exchange.path)),
                         QStringLiteral("#%1 \u00b7 %2").arg(exchange.id).arg(status),
                         tr("Exchange"),
                         {},
                         QStringLiteral("traffic"),
                         [&window, id = exchange.id, call = exchange.call] {
                             window.selection().selectExchange(id, call);
                         }});
    }
}

} // namespace

std::vector<SearchItem> searchItems(MainWindow &window)
{
    std::vector<SearchItem> items;
    addCommands(window, items);
    addOptions(window, items);
    addPresets(window, items);
    addLessons(window, items);
    addExchanges(window, items);
    return items;
}

} // namespace rt
