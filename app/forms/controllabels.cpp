// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "forms/controllabels.h"

#include "lab/labconfig.h"
#include "lab/labconfigsettings.h"

#include <QAbstractButton>
#include <QCoreApplication>
#include <QWidget>

namespace rt {

namespace {

// Controls without an option behind them.
constexpr std::pair<const char *, const char *> names[] = {
    {"client.send", QT_TRANSLATE_NOOP("controls", "Send")},
    {"client.page", QT_TRANSLATE_NOOP("controls", "page")},
    {"client.method", QT_TRANSLATE_NOOP("controls", "method")},
    {"client.url", QT_TRANSLATE_NOOP("controls", "address")},
    {"client.headers", QT_TRANSLATE_NOOP("controls", "Headers")},
    {"client.body", QT_TRANSLATE_NOOP("controls", "Body")},
    {"client.mode", QT_TRANSLATE_NOOP("controls", "mode")},
    {"client.credentials", QT_TRANSLATE_NOOP("controls", "credentials")},
    {"client.rules", QT_TRANSLATE_NOOP("controls", "browser rules")},
    {"client.advance", QT_TRANSLATE_NOOP("controls", "Skip time")},
    {"client.clearPreflightCache", QT_TRANSLATE_NOOP("controls", "Forget preflights")},
    {"server.order", QT_TRANSLATE_NOOP("controls", "the order of the middleware")},
};

const OptionSpec *settingOf(const QByteArray &id)
{
    const QByteArrayList parts = id.split('.');
    const QByteArray rest = parts.mid(1).join('.');
    if (parts.first() == "client")
        return clientSettings().find(rest);
    if (const MiddlewareInfo *info = middlewareInfo(parts.value(1))) {
        if (const OptionSpec *spec = info->options.find(parts.mid(2).join('.')))
            return spec;
    }
    const OptionSpec *spec = expressSettings().find(rest);
    return spec ? spec : serverSettings().find(rest);
}

QString buttonText(const QWidget *root, const QString &id)
{
    const auto *button = root ? root->findChild<QAbstractButton *>(id) : nullptr;
    return button ? button->text().remove(u'&') : QString();
}

} // namespace

QString controlLabel(const QString &id, const QWidget *root)
{
    const QByteArray name = id.toUtf8();
    for (const auto &[known, label] : names) {
        if (name == known)
            return QCoreApplication::translate("controls", label);
    }
    const QByteArrayList parts = name.split('.');
    // Server options are called as in the package's documentation, with their package before them.
    if (parts.size() > 2 && parts.first() == "server" && parts.last() != "enabled")
        return QString::fromUtf8(parts.mid(1).join(' '));
    if (parts.size() == 3 && parts.last() == "enabled")
        return QString::fromUtf8(parts.at(1));
    if (const OptionSpec *spec = settingOf(name); spec && parts.first() == "client")
        return QCoreApplication::translate("options", spec->title);
    const QString text = buttonText(root, id);
    return text.isEmpty() ? id.section(u'.', -1) : text;
}

QString controlMarkdown(const QString &kind, const QString &id, const QWidget *root)
{
    const QString scheme
        = kind == QLatin1StringView("set") ? QStringLiteral("option") : QStringLiteral("control");
    QString label = controlLabel(id, root);
    label.replace(u'[', QStringLiteral("\\[")).replace(u']', QStringLiteral("\\]"));
    return QStringLiteral("[%1](%2:%3)").arg(label, scheme, id);
}

} // namespace rt
