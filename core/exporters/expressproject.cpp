// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "exporters/expressproject.h"

#include "base/clock.h"
#include "lab/buildpipeline.h"
#include "lab/labstate.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QSaveFile>
#include <QSet>

#include <deque>

// Resources of a static library have to be asked for, outside of any namespace.
static void loadExpressResources()
{
    Q_INIT_RESOURCE(express);
}

namespace rt {

using namespace Qt::StringLiterals;

namespace {

QByteArray resource(const QString &name)
{
    loadExpressResources();
    QFile file(u":/express/"_s + name);
    const bool opened = file.open(QIODevice::ReadOnly);
    Q_ASSERT(opened);
    return opened ? file.readAll() : QByteArray();
}

/// What the import statements of a module name.
QStringList importsOf(const QByteArray &module)
{
    static const QRegularExpression statement(u"^import .* from '([^']+)';$"_s,
                                              QRegularExpression::MultilineOption);
    QStringList names;
    for (auto matches = statement.globalMatch(QString::fromUtf8(module)); matches.hasNext();)
        names.append(matches.next().captured(1));
    return names;
}

QByteArray serverModule(const LabConfig &config)
{
    QByteArray code;
    for (const CodeLine &line : expressCode(config))
        code += line.text.toUtf8() + '\n';
    return code;
}

/// server.mjs and every module it needs, directly or not.
std::vector<ProjectFile> modules(const LabConfig &config)
{
    std::vector<ProjectFile> files {{u"server.mjs"_s, serverModule(config)}};
    QSet<QString> known;
    for (size_t i = 0; i < files.size(); ++i) {
        for (const QString &name : importsOf(files[i].bytes)) {
            if (!name.startsWith(u"./") || known.contains(name))
                continue;
            known.insert(name);
            files.push_back({name.mid(2), resource(name.mid(2))});
        }
    }
    return files;
}

QStringList packagesOf(const std::vector<ProjectFile> &files)
{
    QStringList packages;
    for (const ProjectFile &file : files) {
        for (const QString &name : importsOf(file.bytes)) {
            if (!name.startsWith(u'.') && !name.startsWith(u"node:") && !packages.contains(name))
                packages.append(name);
        }
    }
    packages.sort();
    return packages;
}

JsValue textObject(std::initializer_list<std::pair<QString, QString>> members)
{
    JsValue value = JsValue::object();
    for (const auto &[name, text] : members)
        value.insert(name, JsValue(text));
    return value;
}

/// `root` is what the lock file says of the project itself.
QByteArray packageJson(const JsValue &root)
{
    JsValue value = textObject(
        {{u"name"_s, root[u"name"].toString()}, {u"version"_s, root[u"version"].toString()}});
    value.insert(u"private"_s, JsValue(true));
    value.insert(u"type"_s, JsValue(u"module"_s));
    value.insert(u"scripts"_s, textObject({{u"start"_s, u"node server.mjs"_s}}));
    value.insert(u"engines"_s, root[u"engines"]);
    value.insert(u"dependencies"_s, root[u"dependencies"]);
    return toJson(value, u"  "_s) + '\n';
}

QByteArray readme(const LabConfig &config)
{
    QByteArray stages;
    for (const StackEntry &entry : config.stack()) {
        const MiddlewareInfo *info = middlewareInfo(entry.name);
        if (entry.enabled)
            stages += "- `" + (info->npmName.isEmpty() ? info->name : info->npmName)
                + "`: " + info->summary + ".\n";
    }
    QByteArray text = "# A lab as an Express project\n\n"
                      "The server of a Roundtrip lab, with the npm packages it imitates.\n\n"
                      "```\nnpm ci\nnode server.mjs\n```\n\n"
                      "It listens on 127.0.0.1, port 8000; `PORT=3000 node server.mjs` takes "
                      "another one. Node 20 or newer.\n\n"
                      "`server.mjs` holds the settings. The other modules are the demo routes, "
                      "which are the same for every lab.\n\n## The stack, in order\n\n"
        + stages
        + "\n## What is not here\n\n"
          "What the lab answers without Express: WebSocket, Socket.IO, `/api/updates`, the site "
          "and "
          "the reverse proxy.\n";
    if (config.setting("server.tls").isTruthy())
        text += "\n## HTTPS\n\nPut a private key and its certificate beside `server.mjs`, as "
                "`key.pem` and `cert.pem`:\n\n"
                "```\nopenssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem "
                "-days 7 -subj /CN=localhost -addext subjectAltName=DNS:localhost\n```\n";
    return text;
}

/// Where Node finds `name` from inside the package at `path`: beside it, or further up.
QString resolved(const JsValue &packages, QString path, const QString &name)
{
    while (true) {
        const QString place
            = (path.isEmpty() ? QString() : path + u'/') + u"node_modules/"_s + name;
        if (packages.contains(place))
            return place;
        if (path.isEmpty())
            return {};
        const qsizetype up = path.lastIndexOf(u"/node_modules/"_s);
        path = up < 0 ? QString() : path.first(up);
    }
}

} // namespace

JsValue prunedLock(const JsValue &lock, const QStringList &wanted)
{
    const JsValue &packages = lock[u"packages"];
    JsValue root = packages[QString()];
    JsValue direct = JsValue::object();
    std::deque<QString> open;
    for (const QString &name : wanted) {
        direct.insert(name, root[u"dependencies"][name]);
        open.push_back(resolved(packages, {}, name));
    }
    root.insert(u"dependencies"_s, direct);
    QSet<QString> needed;
    for (; !open.empty(); open.pop_front()) {
        const QString path = open.front();
        if (path.isEmpty() || needed.contains(path))
            continue;
        needed.insert(path);
        for (const QString &name : packages[path][u"dependencies"].keys())
            open.push_back(resolved(packages, path, name));
    }
    JsValue kept = JsValue::object();
    kept.insert(QString(), root);
    for (const auto &[path, entry] : packages.members()) {
        if (needed.contains(path))
            kept.insert(path, entry);
    }
    JsValue pruned = lock;
    pruned.insert(u"packages"_s, kept);
    return pruned;
}

Result<std::vector<ProjectFile>> expressProject(const LabConfig &config)
{
    LabClock clock;
    LabState state(clock);
    if (const auto accepted = buildPipeline(config, state); !accepted)
        return failure(accepted.error().message);
    std::vector<ProjectFile> files = modules(config);
    const auto complete = std::get<JsValue>(parseJson(resource(u"package-lock.json"_s)));
    const JsValue lock = prunedLock(complete, packagesOf(files));
    files.push_back({u"package.json"_s, packageJson(lock[u"packages"][QString()])});
    files.push_back({u"package-lock.json"_s, toJson(lock, u"  "_s) + '\n'});
    files.push_back({u"README.md"_s, readme(config)});
    return files;
}

Result<void> writeProject(const std::vector<ProjectFile> &files, const QString &folder)
{
    const QDir target(folder);
    if (!target.mkpath(u"."_s))
        return failure(u"The folder %1 cannot be made."_s.arg(folder));
    for (const ProjectFile &file : files) {
        QSaveFile out(target.filePath(file.name));
        if (!out.open(QIODevice::WriteOnly) || out.write(file.bytes) != file.bytes.size()
            || !out.commit())
            return failure(u"%1 cannot be written: %2."_s.arg(out.fileName(), out.errorString()));
    }
    return {};
}

} // namespace rt
