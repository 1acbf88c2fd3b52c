// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/labconfigreader.h"

#include "lab/labconfigsettings.h"
#include "options/optioncheck.h"

#include <algorithm>

namespace rt {

using namespace Qt::StringLiterals;

namespace {

/// The steps of a peer's `order` that stand for several stages.
const std::vector<std::pair<QByteArray, QByteArrayList>> &peerSteps()
{
    static const std::vector<std::pair<QByteArray, QByteArrayList>> steps {
        {"bodyParser", {"json", "urlencoded", "text", "raw"}},
        {"cookieParser", {"cookies"}},
        {"auth", {"cookieSession", "session", "auth"}},
    };
    return steps;
}

/// Stages that exist in a lab file only under our own name.
const QByteArrayList &ownSteps()
{
    static const QByteArrayList names {"text",          "json",    "urlencoded", "raw",
                                       "cookies",       "session", "csrf",       "routes",
                                       "cookieSession", "errors",  "notFound"};
    return names;
}

/// Misspellings the package itself names; its own message says it best.
const QByteArrayList &refusedByPackage()
{
    static const QByteArrayList names {"strictTransportSecurity.maxage",
                                       "strictTransportSecurity.includeSubdomains", "hsts.maxage",
                                       "hsts.includeSubdomains"};
    return names;
}

int editDistance(const QString &a, const QString &b)
{
    QList<int> row(b.size() + 1);
    for (int j = 0; j <= b.size(); ++j)
        row[j] = j;
    for (int i = 1; i <= a.size(); ++i) {
        int diagonal = row[0];
        row[0] = i;
        for (int j = 1; j <= b.size(); ++j) {
            const int change = a.at(i - 1).toLower() == b.at(j - 1).toLower() ? 0 : 1;
            const int best = std::min({row[j] + 1, row[j - 1] + 1, diagonal + change});
            diagonal = row[j];
            row[j] = best;
        }
    }
    return row[b.size()];
}

QString closest(const QString &name, const QStringList &known)
{
    QString best;
    int least = 3; // more than two letters apart is no misspelling
    for (const QString &candidate : known) {
        if (const int distance = editDistance(name, candidate); distance < least) {
            least = distance;
            best = candidate;
        }
    }
    return best;
}

QString readable(const QString &pointer)
{
    QString text = pointer.mid(1);
    text.replace(u'/', u'.');
    text.replace(u"~1"_s, u"/"_s);
    text.replace(u"~0"_s, u"~"_s);
    return text;
}

QString shown(const JsValue &value)
{
    const QString text = value.isUndefined() ? u"undefined"_s : stringifyJson(unreviveValue(value));
    return text.size() > 60 ? text.first(57) + u"..."_s : text;
}

/// Direct members that the rows below `above` name.
QStringList namesBelow(const OptionTable &table, const QByteArray &above)
{
    QStringList names;
    const auto add = [&](const QByteArray &row) {
        const QByteArray prefix = above.isEmpty() ? QByteArray() : above + '.';
        if (row.isEmpty() || !row.startsWith(prefix))
            return;
        const QString name = QString::fromUtf8(row.mid(prefix.size()).split('.').first());
        if (!names.contains(name))
            names.append(name);
    };
    for (const OptionSpec &spec : table) {
        if (!spec.own)
            add(spec.name);
        add(spec.alias);
    }
    return names;
}

} // namespace

LabConfigReader::LabConfigReader(QString fileName, QHash<QString, int> lines, OptionReading reading)
    : m_fileName(std::move(fileName)), m_lines(std::move(lines)), m_reading(reading),
      m_config(LabConfig::peerDefaults())
{
}

LabConfigReader::Spot LabConfigReader::Spot::member(const QString &name) const
{
    QString key = name;
    key.replace(u'~', u"~0"_s);
    key.replace(u'/', u"~1"_s);
    return {value[name], pointer + u'/' + key};
}

void LabConfigReader::refuse(const QString &pointer, const QString &complaint)
{
    if (!m_complaint.isEmpty())
        return;
    QStringList place;
    if (!m_fileName.isEmpty())
        place.append(m_fileName);
    if (m_lines.contains(pointer))
        place.append(u"line %1"_s.arg(m_lines.value(pointer)));
    m_complaint = (place.isEmpty() ? QString() : place.join(u", "_s) + u": "_s) + complaint;
}

void LabConfigReader::refuseUnknown(const Spot &object, const QString &name,
                                    const QStringList &known)
{
    if (m_reading == OptionReading::AsPackages)
        return;
    const QString pointer = object.member(name).pointer;
    const QString guess = closest(name, known);
    const QString advice = guess.isEmpty() ? u"expected one of "_s + known.join(u", "_s)
                                           : u"did you mean %1?"_s.arg(guess);
    refuse(pointer, u"unknown key %1; %2"_s.arg(readable(pointer), advice));
}

bool LabConfigReader::expectObject(const Spot &spot)
{
    if (!spot.value.isObject() && m_reading == OptionReading::Strict)
        refuse(
            spot.pointer,
            u"%1: expected an object, found %2"_s.arg(readable(spot.pointer), shown(spot.value)));
    return spot.value.isObject();
}

std::optional<bool> LabConfigReader::readSwitch(const Spot &spot)
{
    if (spot.value.isBoolean() || m_reading == OptionReading::AsPackages)
        return spot.value.isTruthy();
    refuse(
        spot.pointer,
        u"%1: expected true or false, found %2"_s.arg(readable(spot.pointer), shown(spot.value)));
    return std::nullopt;
}

Result<LabConfig> LabConfigReader::read(const JsValue &root)
{
    const Spot top {root, {}};
    if (!root.isObject())
        refuse({}, u"expected an object with settings, found %1"_s.arg(shown(root)));
    // The order first: it decides what the other keys find mounted.
    if (root.contains(u"order"))
        readOrder(top.member(u"order"_s));
    // What the peer's words imply, then what is said outright.
    for (const QString &key : {u"auth"_s, u"bodyParser"_s, u"cookieParser"_s}) {
        if (root.contains(key))
            readMember(key, top.member(key));
    }
    for (const QString &key : root.keys()) {
        if (key != u"order" && key != u"auth" && key != u"bodyParser" && key != u"cookieParser")
            readMember(key, top.member(key));
    }
    return m_complaint.isEmpty() ? Result<LabConfig>(m_config) : failure(m_complaint);
}

void LabConfigReader::readMember(const QString &key, const Spot &spot)
{
    static const QStringList groups {u"clock"_s,  u"tls"_s,      u"profile"_s,  u"redirectSlash"_s,
                                     u"jwt"_s,    u"stream"_s,   u"transfer"_s, u"proxy"_s,
                                     u"ws"_s,     u"socketio"_s, u"cluster"_s,  u"pages"_s,
                                     u"updates"_s};
    if (key == u"headers")
        return readHeaders(spot);
    if (key == u"headersEnabled") {
        if (const auto on = readSwitch(spot))
            entry("headers").enabled = *on;
        return;
    }
    if (key == u"bodyParser")
        return readBodyParser(spot);
    if (key == u"cookieParser")
        return readCookieParser(spot);
    if (key == u"auth")
        return readAuth(spot);
    if (key == u"express")
        return readSettings(expressSettings(), "express", spot);
    if (key == u"client")
        return readSettings(clientSettings(), {}, spot);
    if (groups.contains(key))
        return readSettings(serverSettings(), key.toUtf8(), spot);
    if (middlewareInfo(key.toUtf8()))
        return readStage(key.toUtf8(), spot);
    QStringList known {u"order"_s, u"express"_s, u"client"_s, u"bodyParser"_s, u"cookieParser"_s};
    for (const MiddlewareInfo &info : middlewareCatalog())
        known.append(QString::fromUtf8(info.name));
    refuseUnknown({{}, {}}, key, known + groups);
}

void LabConfigReader::readOrder(const Spot &spot)
{
    if (!spot.value.isArray())
        return refuse(spot.pointer,
                      u"order: expected a list of stages, found %1"_s.arg(shown(spot.value)));
    const auto &items = spot.value.items();
    const bool own = std::any_of(items.begin(), items.end(), [](const JsValue &item) {
        return ownSteps().contains(item.toString().toUtf8());
    });
    QByteArrayList names;
    for (qsizetype i = 0; i < items.size(); ++i) {
        const QByteArray name = items.at(i).toString().toUtf8();
        const auto step = std::find_if(peerSteps().begin(), peerSteps().end(),
                                       [&](const auto &one) { return one.first == name; });
        if (step != peerSteps().end() && !(own && name == "auth"))
            names.append(step->second);
        else if (middlewareInfo(name))
            names.append(name);
        else if (m_reading == OptionReading::AsPackages)
            return refuse({}, u"mount[step] is not a function"_s);
        else
            return refuse(spot.pointer + u'/' + QString::number(i),
                          u"order: %1 is not a stage; expected headers, compression, helmet, cors, "
                          "bodyParser, cookieParser, hpp, auth or one of %2"_s.arg(
                              shown(items.at(i)), QString::fromUtf8(ownSteps().join(", "))));
    }
    m_config = m_config.withOrder(names);
}

void LabConfigReader::readHeaders(const Spot &spot)
{
    if (spot.value.isNull() || !expectObject(spot))
        return;
    for (const auto &[name, value] : spot.value.members()) {
        const bool fits = value.isString() || value.isNumber() || value.isArray();
        if (!fits && m_reading == OptionReading::Strict)
            refuse(spot.member(name).pointer,
                   u"headers.%1: expected a text or a list of texts, found %2"_s.arg(name,
                                                                                     shown(value)));
    }
    entry("headers").options = spot.value;
    entry("headers").enabled = true;
}

void LabConfigReader::readStage(const QByteArray &stage, const Spot &spot)
{
    if (!expectObject(spot))
        return;
    const OptionTable &table = middlewareInfo(stage)->options;
    QStringList known {u"enabled"_s, u"options"_s, u"paths"_s};
    for (const OptionSpec &spec : table) {
        if (spec.own)
            known.append(QString::fromUtf8(spec.name));
    }
    if (spot.value.contains(u"options"))
        readOptions(stage, spot.member(u"options"_s));
    for (const QString &key : spot.value.keys()) {
        const Spot member = spot.member(key);
        const OptionSpec *row = table.find(key.toUtf8());
        if (key == u"enabled")
            entry(stage).enabled = readSwitch(member).value_or(false);
        else if (key == u"paths")
            readPaths(stage, member);
        else if (row && row->own)
            entry(stage).options.insert(key, reviveValue(member.value));
        else if (!known.contains(key))
            refuseUnknown(spot, key, known);
    }
}

void LabConfigReader::readPaths(const QByteArray &stage, const Spot &spot)
{
    const JsValue &value = spot.value;
    const bool texts = value.isString()
        || std::all_of(value.items().begin(), value.items().end(),
                       [](const JsValue &item) { return item.isString(); });
    const bool fits = texts && (value.isString() || value.isArray() || value.isNull());
    if (!fits && m_reading == OptionReading::AsPackages)
        return refuse({}, u"path must be a string, array of strings, or regular expression"_s);
    if (!fits)
        return refuse(spot.pointer,
                      u"%1: expected a path or a list of paths, found %2"_s.arg(
                          readable(spot.pointer), shown(value)));
    QByteArrayList paths;
    for (const JsValue &item : value.isString() ? QList<JsValue> {value} : value.items())
        paths.append(item.toString().toUtf8());
    entry(stage).mountPaths = paths;
}

void LabConfigReader::readOptions(const QByteArray &stage, const Spot &spot,
                                  const QStringList &skip)
{
    if (spot.value.isNull() || !expectObject(spot))
        return;
    // compression reads its options as they stand, every other package after reviving.
    const JsValue options = stage == "compression" ? spot.value : reviveValue(spot.value);
    if (m_reading == OptionReading::Strict)
        checkMembers(middlewareInfo(stage)->options, {}, {options, spot.pointer}, skip);
    for (const auto &[name, value] : options.members())
        entry(stage).options.insert(name, value);
}

void LabConfigReader::checkMembers(const OptionTable &table, const QByteArray &above,
                                   const Spot &object, const QStringList &skip)
{
    const QStringList known = namesBelow(table, above);
    for (const auto &[name, value] : object.value.members()) {
        const QByteArray dotted = above.isEmpty() ? name.toUtf8() : above + '.' + name.toUtf8();
        const Spot member = object.member(name);
        const OptionSpec *row = table.find(dotted);
        if (!row || row->own) {
            if (!skip.contains(name) && !refusedByPackage().contains(dotted))
                refuseUnknown(object, name, known);
            continue;
        }
        if (const auto shape = checkOptionShape(*row, value); !shape)
            refuse(member.pointer, readable(member.pointer) + u": "_s + shape.error().message);
        if (value.isObject() && !namesBelow(table, dotted).isEmpty())
            checkMembers(table, dotted, member, {});
    }
}

void LabConfigReader::readBodyParser(const Spot &spot)
{
    if (!expectObject(spot))
        return;
    const QStringList parsers {u"json"_s, u"urlencoded"_s, u"text"_s, u"raw"_s};
    for (const QString &key : spot.value.keys()) {
        if (key != u"enabled" && !parsers.contains(key))
            refuseUnknown(spot, key, QStringList {u"enabled"_s} + parsers);
    }
    const bool all
        = !spot.value.contains(u"enabled") || readSwitch(spot.member(u"enabled"_s)).value_or(false);
    for (const QString &parser : parsers) {
        const Spot member = spot.member(parser);
        StackEntry &target = entry(parser.toUtf8());
        if (spot.value.contains(parser) && !member.value.isBoolean() && !member.value.isNull())
            readOptions(parser.toUtf8(), member);
        if (spot.value.contains(parser))
            target.enabled = member.value.isTruthy();
        target.enabled = target.enabled && all;
    }
}

void LabConfigReader::readCookieParser(const Spot &spot)
{
    if (!expectObject(spot))
        return;
    for (const QString &key : spot.value.keys()) {
        if (key == u"enabled")
            entry("cookies").enabled
                = entry("cookies").enabled || readSwitch(spot.member(key)).value_or(false);
        else if (key == u"secret" && !spot.value[key].isNull())
            entry("cookies").options.insert(key, spot.value[key]);
        else if (key != u"secret")
            refuseUnknown(spot, key, {u"enabled"_s, u"secret"_s});
    }
}

void LabConfigReader::readAuth(const Spot &spot)
{
    if (!expectObject(spot))
        return;
    const QStringList known {u"mode"_s, u"cookieSession"_s, u"session"_s,
                             u"jwt"_s,  u"enabled"_s,       u"paths"_s};
    for (const QString &key : spot.value.keys()) {
        const Spot member = spot.member(key);
        if (key == u"mode")
            readAuthMode(member);
        else if (key == u"cookieSession")
            readOptions("cookieSession", member);
        else if (key == u"session")
            readOptions("session", member, {u"regenerateOnLogin"_s});
        else if (key == u"jwt")
            readSettings(serverSettings(), "jwt", member);
        else if (key == u"enabled")
            entry("auth").enabled = readSwitch(member).value_or(false);
        else if (key == u"paths")
            readPaths("auth", member);
        else if (!known.contains(key))
            refuseUnknown(spot, key, known);
    }
}

/// The peer's words and the lessons': the mode decides which session middleware is mounted.
void LabConfigReader::readAuthMode(const Spot &spot)
{
    struct Mode
    {
        QStringView word;
        QStringView meaning;
        QByteArray stage;
    };
    static const std::vector<Mode> modes {
        {u"none", u"none", {}},
        {u"cookie-session", u"cookieSession", "cookieSession"},
        {u"cookieSession", u"cookieSession", "cookieSession"},
        {u"session", u"session", "session"},
        {u"jwt-header", u"jwt", {}},
        {u"jwt-cookie", u"jwt", "cookies"},
        {u"jwt", u"jwt", {}},
    };
    const QString word = spot.value.toString();
    for (const Mode &mode : modes) {
        if (word != mode.word)
            continue;
        setServer("auth.mode", JsValue(mode.meaning.toString()));
        if (word == u"jwt-cookie")
            setServer("jwt.delivery", JsValue(u"cookie"_s));
        if (!mode.stage.isEmpty())
            entry(mode.stage).enabled = true;
        return;
    }
    refuse(spot.pointer,
           u"auth.mode: expected none, cookie-session, session, jwt-header or "
           "jwt-cookie, found %1"_s.arg(shown(spot.value)));
}

void LabConfigReader::readSettings(const OptionTable &table, const QByteArray &group,
                                   const Spot &spot)
{
    if (table.find(group))
        return readSetting(table, group, spot);
    if (!expectObject(spot))
        return;
    for (const QString &key : spot.value.keys()) {
        const QByteArray dotted = group.isEmpty() ? key.toUtf8() : group + '.' + key.toUtf8();
        const QByteArray row = dotted == "express.trustProxy" ? QByteArray("trustProxy") : dotted;
        if (table.find(row))
            readSetting(table, row, spot.member(key));
        else if (!namesBelow(table, dotted).isEmpty())
            readSettings(table, dotted, spot.member(key));
        else
            refuseUnknown(
                spot, key,
                namesBelow(table, group)
                    + (group == "express" ? QStringList {u"trustProxy"_s} : QStringList()));
    }
}

void LabConfigReader::readSetting(const OptionTable &table, const QByteArray &row, const Spot &spot)
{
    const OptionSpec &spec = *table.find(row);
    if (m_reading == OptionReading::AsPackages && spot.pointer.startsWith(u"/express/"))
        return LabConfig::putRawSetting(m_config.m_server, spec,
                                        spot.value == spec.defaultValue ? JsValue() : spot.value);
    const bool asIs = row == "jwt.claims";
    const JsValue value = asIs ? spot.value : reviveValue(spot.value);
    const bool choiceMissed = spec.kind == OptionKind::Choice && !value.isNullish()
        && !spec.choices.contains(value.toString());
    if (choiceMissed || (spec.kind == OptionKind::Boolean && !value.isBoolean())
        || !checkOptionShape(spec, value))
        return refuse(spot.pointer,
                      u"%1: expected %2, found %3"_s.arg(readable(spot.pointer),
                                                         expectedShape(spec), shown(value)));
    const bool client = &table == &clientSettings();
    LabConfig::putSetting(client ? m_config.m_client : m_config.m_server, spec, value);
}

void LabConfigReader::setServer(const QByteArray &row, const JsValue &value)
{
    LabConfig::putSetting(m_config.m_server, *serverSettings().find(row), value);
}

StackEntry &LabConfigReader::entry(const QByteArray &stage)
{
    return *m_config.anyEntry(stage);
}

} // namespace rt
