// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/expressparts.h"

#include "lab/authmodes.h"

#include <QStringList>

#include <algorithm>

namespace rt {

using namespace Qt::StringLiterals;

namespace {

const std::vector<StageCode> &stageCodeTable()
{
    static const std::vector<StageCode> codes {
        {"helmet", u"import helmet from 'helmet';"_s, u"helmet"_s},
        {"compression", u"import compression from 'compression';"_s, u"compression"_s},
        {"cors", u"import cors from 'cors';"_s, u"cors"_s},
        {"text", {}, u"express.text"_s},
        {"json", {}, u"express.json"_s},
        {"urlencoded", {}, u"express.urlencoded"_s},
        {"raw", {}, u"express.raw"_s},
        {"hpp", u"import hpp from 'hpp';"_s, u"hpp"_s},
        {"cookies", u"import cookieParser from 'cookie-parser';"_s, u"cookieParser"_s},
        {"cookieSession", u"import cookieSession from 'cookie-session';"_s, u"cookieSession"_s},
        {"session", u"import session from 'express-session';"_s, u"session"_s},
        {"csrf", {}, u"csrf"_s},
        {"auth", {}, u"requireLogin"_s},
        {"routes", {}, u"routes"_s},
        {"notFound", {}, u"notFound"_s},
        {"errors", {}, u"jsonErrors"_s},
    };
    return codes;
}

/// import { a, b } from './module.mjs'; nothing without names.
void addNames(std::vector<CodeLine> &lines, QStringList names, CodeLine from)
{
    names.sort();
    if (names.isEmpty())
        return;
    from.text = u"import { %1 } from './%2';"_s.arg(names.join(u", "_s), from.text);
    lines.push_back(std::move(from));
}

} // namespace

const StageCode *stageCode(QByteArrayView stage)
{
    for (const StageCode &code : stageCodeTable()) {
        if (code.stage == stage)
            return &code;
    }
    return nullptr;
}

bool ExpressParts::readsPieces(const StackEntry &entry)
{
    return entry.name == "text" && entry.options[u"decode"] == JsValue(u"per-chunk"_s);
}

bool ExpressParts::isWritten(const StackEntry &entry) const
{
    if (!entry.enabled || isOtherSession(m_config, entry.name))
        return false;
    if (entry.name == "errors")
        return m_config.setting("server.express.errors") == JsValue(u"json"_s);
    if (entry.name == "notFound")
        return endsTooEarly();
    return entry.name == "headers" || stageCode(entry.name);
}

bool ExpressParts::isWritten(QByteArrayView stage) const
{
    const StackEntry *entry = m_config.entry(stage);
    return entry && isWritten(*entry);
}

/// Whether a stage that would answer stands below notFound.
bool ExpressParts::endsTooEarly() const
{
    const QByteArrayList order = m_config.order();
    const QByteArrayList below = order.mid(order.indexOf("notFound") + 1);
    return std::any_of(below.begin(), below.end(), [this](const QByteArray &name) {
        return name != "errors" && name != "notFound" && m_config.isEnabled(name);
    });
}

QString ExpressParts::loginFunction() const
{
    switch (authMode(m_config)) {
    case AuthMode::None:
        return u"noLogin"_s;
    case AuthMode::CookieSession:
        return u"cookieSessionLogin"_s;
    case AuthMode::Session:
        return u"sessionLogin"_s;
    case AuthMode::Jwt:
        return u"jwtLogin"_s;
    }
    Q_UNREACHABLE();
}

std::vector<CodeLine> ExpressParts::packageImports() const
{
    std::vector<CodeLine> lines;
    if (hasTls()) {
        lines.push_back({u"import fs from 'node:fs';"_s, {}, "tls"});
        lines.push_back({u"import https from 'node:https';"_s, {}, "tls"});
    } else {
        lines.push_back({u"import http from 'node:http';"_s, {}, {}});
    }
    const StackEntry *compression = m_config.entry("compression");
    if (compression && compression->enabled
        && compression->options[u"brotli"][u"params"].size() > 0)
        lines.push_back({u"import zlib from 'node:zlib';"_s, "compression", "brotli"});
    lines.push_back({u"import express from 'express';"_s, {}, {}});
    QStringList seen;
    for (const StackEntry &entry : m_config.stack()) {
        const StageCode *code = stageCode(entry.name);
        if (!code || !isWritten(entry) || code->import.isEmpty() || seen.contains(code->import))
            continue;
        seen.append(code->import);
        lines.push_back({code->import, entry.name, {}});
    }
    return lines;
}

std::vector<CodeLine> ExpressParts::projectImports() const
{
    QStringList clock;
    if (!clockHeader().isEmpty())
        clock.append(u"clockHeader"_s);
    if (isFrozen())
        clock.append(u"freeze"_s);
    QStringList errors;
    for (const char *stage : {"errors", "notFound"}) {
        if (isWritten(stage))
            errors.append(stageCode(stage)->call);
    }
    QStringList csrf;
    if (isWritten("csrf"))
        csrf.append(u"csrf"_s);
    const bool tokens = authMode(m_config) == AuthMode::Jwt;
    QStringList login = tokens ? QStringList() : QStringList {loginFunction()};
    if (isWritten("session"))
        login.append(u"labSessionId"_s);
    if (isWritten("auth"))
        login.append(u"requireLogin"_s);
    QStringList text;
    if (const StackEntry *entry = m_config.entry("text");
        entry && entry->enabled && readsPieces(*entry))
        text.append(u"textInPieces"_s);
    std::vector<CodeLine> lines;
    addNames(lines, clock, {u"clock.mjs"_s, {}, "clock"});
    addNames(lines, csrf, {u"csrf.mjs"_s, "csrf", {}});
    addNames(lines, errors, {u"errors.mjs"_s, "errors", {}});
    addNames(lines, login, {u"login.mjs"_s, {}, "auth.mode"});
    addNames(lines, {u"routes"_s}, {u"routes.mjs"_s, "routes", {}});
    if (tokens)
        addNames(lines, {loginFunction()}, {u"tokens.mjs"_s, {}, "auth.mode"});
    addNames(lines, text, {u"text.mjs"_s, "text", "decode"});
    return lines;
}

std::vector<CodeLine> ExpressParts::imports() const
{
    std::vector<CodeLine> lines = packageImports();
    for (CodeLine &line : projectImports())
        lines.push_back(std::move(line));
    return lines;
}

} // namespace rt
