// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT
//
// Writes differential cases for the check language: a check, an event log and what the reference
// (rcl.js) makes of them. Usage: node cases.js SEED COUNT CHECKS.json > cases.json
'use strict';
const fs = require('fs');
const {parse, check, evaluate, STREAMS, ORIGINS} = require('./rcl');

const [seed, count, checksFile] = [Number(process.argv[2]), Number(process.argv[3]), process.argv[4]];
const known = JSON.parse(fs.readFileSync(checksFile, 'utf8'));

// mulberry32: small and repeatable
let state = seed >>> 0;
function random() {
    state = (state + 0x6D2B79F5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}
const below = n => Math.floor(random() * n);
const pick = list => list[below(list.length)];
const chance = p => random() < p;

// ---- values
const WORDS = ['GET', 'PUT', 'POST', '/api/user', '/api/items', '/me', 'application/json', 'gzip',
    '600', '60', ' 12 ', '1.5', '', 'a, B ,c', 'Accept', '*', 'null', 'true', 'Äß', 'é',
    ORIGINS.app, ORIGINS.evil, 'session', 'x'];
const KEYS = ['Content-Type', 'X-Lab', 'Vary', 'Host', 'session', 'theme', 'role', 'tags'];
const NUMBERS = [0, 1, 2, 12, 60, 200, 204, 401, 404, 600, 1024, 1.5, 5000];
const POINTERS = ['/a', '/a/0', '/a/b', '/list/1', '/list/length', '/', '/x~1y', '/n', '/flag'];
const ID = ['res', 'a', 'b', 'item', 'kind'];
function json(depth = 2) {
    const kind = below(depth ? 7 : 5);
    if (kind === 0) return pick(NUMBERS);
    if (kind === 1) return pick(WORDS);
    if (kind === 2) return chance(0.5);
    if (kind === 3) return null;
    if (kind === 4) return pick(WORDS);
    if (kind === 5) return Array.from({length: below(3)}, () => json(depth - 1));
    const made = {};
    for (const key of ['a', 'b', 'list', 'x/y', 'n', 'flag', 'length']) if (chance(0.4)) made[key] = json(depth - 1);
    return made;
}
function spelled(key) { return chance(0.3) ? key.toLowerCase() : key; }
function value(type, name) {
    switch (type.type) {
    case 'string': return pick(WORDS);
    case 'int': return pick(NUMBERS.filter(Number.isInteger));
    case 'duration': case 'bytes': return pick(NUMBERS);
    case 'bool': return chance(0.5);
    case 'enum': return pick(type.values);
    case 'list': return Array.from({length: below(4)}, () => pick(WORDS));
    case 'json': return json();
    case 'settings': return settings();
    case 'obj': return fill(type.fields, 0.7);
    case 'map': {
        const made = {};
        if (type.of.type === 'json') { for (const key of ['a', 'list', 'n', 'flag']) if (chance(0.5)) made[key] = json(); return made; }
        for (const key of KEYS) if (chance(0.4)) made[name === 'h' ? spelled(key) : key] = value(type.of, key);
        return made;
    }
    }
    throw Error(type.type);
}
function settings() {
    return {cors: {enabled: chance(0.5), origin: pick(['*', ORIGINS.app, [ORIGINS.app]]), maxAge: pick(NUMBERS)},
        client: {disablePreflightCache: chance(0.5), page: pick(WORDS), chunkBytes: 4}, helmet: {enabled: chance(0.5)},
        cookieSession: {keys: pick([['k1'], ['k2', 'k1'], []]), signed: chance(0.5)}};
}
function fill(fields, probability) {
    const made = {};
    for (const [name, type] of Object.entries(fields)) if (chance(probability)) made[name] = value(type, name);
    return made;
}

// ---- logs
const COOKIE = STREAMS.http.res.fields.cookie.of;
function set(item, path, wanted) {
    let place = item;
    for (let i = 0; i < path.length; ++i) {
        const name = path[i].n !== undefined ? path[i].n : path[i].key;
        if (path[i].key !== undefined && name.startsWith('/')) {
            const parts = name.slice(1).split('/').map(p => p.replace(/~1/g, '/').replace(/~0/g, '~'));
            for (let j = 0; j < parts.length - 1; ++j) place = place[parts[j]] = Object(place[parts[j]]) === place[parts[j]] ? place[parts[j]] : (/^\d+$/.test(parts[j + 1]) ? [] : {});
            const last = parts[parts.length - 1];
            if (name !== '/' && last !== 'length') place[last] = wanted;
            return;
        }
        if (i === path.length - 1) { place[name] = wanted; return; }
        if (Object(place[name]) !== place[name]) place[name] = {};
        place = place[name];
    }
}
// Bends an item towards a condition, so that checks come true often enough to tell anything.
function bend(item, node, bound) {
    if (!node) return;
    switch (node.op) {
    case 'and': node.a.forEach(part => bend(item, part, bound)); return;
    case 'or': bend(item, pick(node.a), bound); return;
    case 'not': if (node.a.op === 'truthy' && node.a.l.path) set(item, node.a.l.path, false); return;
    }
    const path = node.l && node.l.path && !node.l.pick ? node.l.path : null;
    if (!path || bound.includes(path[0].n) || chance(0.08)) return;
    const right = node.r && 'lit' in node.r ? node.r.lit : undefined;
    const other = node.r && node.r.path && !node.r.pick ? node.r.path : null;
    if (node.op === 'truthy') set(item, path, true);
    else if (node.op === 'is') set(item, path, node.w === 'present' ? pick(['x', '12', 3]) : undefined);
    else if (node.op === 'in') { const chosen = pick(node.a); if ('lit' in chosen) set(item, path, chosen.lit); }
    else if (other && bound.includes(other[0].n) && other[1] && other[1].n === 'id') set(item, path, 1 + below(6));
    else if (right === undefined) return;
    else if (['==', '<=', '>=', 'icase', 'contains', 'startsWith', 'endsWith'].includes(node.op)) set(item, path, typeof right === 'number' && chance(0.3) ? String(right) : right);
    else if (node.op === '>') set(item, path, right + 1);
    else if (node.op === '<') set(item, path, right - 1);
    else if (node.op === 'has') set(item, path, path[path.length - 1].key && !path.some(s => s.n === 'q' || s.n === 'csp') && chance(0.8) ? 'Foo, ' + right : [right]);
}
function sources(node, bound, found) {
    if (!node || typeof node !== 'object') return;
    if (node.stream && 'cond' in node) {
        const inner = node.bind ? [...bound, node.bind] : bound;
        found.push({stream: node.stream, cond: node.cond, bound: inner});
        if (node.bind) found.binds.push(node.bind);
        sources(node.cond, inner, found);
        return;
    }
    for (const part of Object.values(node)) {
        if (Array.isArray(part)) part.forEach(x => sources(x, [...bound, ...found.binds], found));
        else sources(part, [...bound, ...found.binds], found);
    }
}
function allConditions(node, found) {
    if (!node || typeof node !== 'object') return;
    if (node.op === 'picked') found.picks.push(node);
    if (node.op === 'correct' || node.op === 'answered') found.questions.push(node.q);
    for (const part of Object.values(node)) (Array.isArray(part) ? part : [part]).forEach(x => allConditions(x, found));
}
const show = path => path.map((s, i) => s.n !== undefined ? (i ? '.' : '') + s.n : `["${s.key}"]`).join('');
function log(tree) {
    const made = {now: 1000, stepStart: pick([0, 0, 0, 200, 500]), answers: {}, correct: {}, pick: null,
        state: {server: settings(), client: {page: pick(WORDS), disablePreflightCache: chance(0.5)},
            jar: value({type: 'map', of: COOKIE}), storage: {token: pick(WORDS)}, preflightCache: {size: below(3)},
            waiters: below(3), loot: {}}};
    const wanted = Object.assign([], {binds: []});
    sources(tree, [], wanted);
    for (const stream of Object.keys(STREAMS)) {
        const items = [];
        for (const source of wanted.filter(x => x.stream === stream))
            for (let n = below(4); n > 0; --n) { const item = fill(STREAMS[stream], 0.4); bend(item, source.cond, source.bound); items.push(item); }
        for (let n = below(3); n > 0; --n) items.push(fill(STREAMS[stream], 0.6));
        items.forEach(item => { item.t = pick([below(1100), below(1100), 300, 100.25]); });
        // Mostly in the order the check wants them.
        if (chance(0.6)) items.forEach((item, i) => { item.t = 200 + i * 90; });
        items.sort((a, b) => a.t - b.t).forEach((item, i) => { item.id = i + 1; });
        made[stream] = items;
    }
    const asked = {picks: [], questions: []};
    allConditions(tree, asked);
    asked.questions.forEach(q => { if (chance(0.7)) made.answers[q] = 1; if (chance(0.6)) made.correct[q] = true; });
    if (asked.picks.length) {
        const node = pick(asked.picks);
        const item = fill(STREAMS[node.stream], 0.6);
        bend(item, node.c, []);
        made.pick = {t: pick([100, 600]), stream: node.stream, field: chance(0.85) ? show(node.path) : 'res.status', item};
    }
    return made;
}

// ---- checks
function pathOf(fields, wanted) {
    for (let tries = 0; tries < 12; ++tries) {
        const [name, type] = pick(Object.entries(fields));
        let text = name;
        let here = type;
        while (here.type === 'obj' || here.type === 'map') {
            if (here.type === 'obj') { const [n, t] = pick(Object.entries(here.fields)); text += '.' + n; here = t; }
            else { text += `["${here.of.type === 'json' ? pick(POINTERS) : pick(KEYS)}"]`; here = here.of; }
        }
        if (here.type === 'settings') { text += pick(['.cors.maxAge', '.cors.enabled', '.helmet.enabled', '.cors.origin', '.client.disablePreflightCache', '.cookieSession.keys', '.nothing']); here = {type: 'json'}; }
        if (!wanted || wanted.includes(here.type)) return {text, type: here};
    }
    return {text: 'id', type: {type: 'int'}};
}
function literal(type) {
    switch (type.type) {
    case 'enum': return JSON.stringify(chance(0.97) ? pick(type.values) : 'nonsense');
    case 'bool': return pick(['true', 'false']);
    case 'int': return chance(0.1) ? JSON.stringify(pick(WORDS)) : String(pick(NUMBERS));
    case 'duration': return chance(0.04) ? '1kb' : pick(['10ms', '1s', '0.5s', '5000', '1m']);
    case 'bytes': return chance(0.04) ? '1s' : pick(['1kb', '12', '0.5mb', '60']);
    case 'string': return chance(0.15) ? String(pick(NUMBERS)) : chance(0.1) ? pick(['$app', '$evil', '$nobody', 'null']) : JSON.stringify(pick(WORDS));
    case 'list': return JSON.stringify(pick(WORDS));
    case 'json': return pick([JSON.stringify(pick(WORDS)), String(pick(NUMBERS)), 'true', 'null', '10s']);
    }
    return '1';
}
function comparison(fields, binds) {
    const bound = Object.entries(binds);
    if (bound.length && chance(0.3)) {
        const [name, stream] = pick(bound);
        const left = pathOf(fields, ['int', 'string', 'json', 'duration']);
        return `${left.text} ${pick(['==', '==', '<', '!='])} ${name}.${pathOf(STREAMS[stream], ['int', 'string', 'json', 'duration']).text}`;
    }
    const {text, type} = pathOf(fields);
    const kind = below(12);
    if (type.type === 'bool' && kind < 6) return text;
    if (kind === 0) return `${text} is ${pick(['present', 'absent'])}`;
    if (kind === 1) return `${text} in (${[1, 2, 3].slice(below(3)).map(() => literal(type)).join(', ')})`;
    if (kind === 2 && ['string', 'json', 'list', 'enum'].includes(type.type)) return `${text} matches ${pick(['/^a/', '/PUT|GET/', '/[0-9]+$/i', '/api\\/user/', '/\\bnull\\b/', '/^.?$/', '/json/I'.slice(0, 6), '/(a/'])}`;
    if (kind === 3 && ['list', 'string', 'json'].includes(type.type)) return `${text} has ${JSON.stringify(pick(['gzip', 'b', 'GET', 'accept', '1.5']))}`;
    if (kind === 4 && ['string', 'json'].includes(type.type)) return `${text} ${pick(['contains', 'startsWith', 'endsWith', 'icase'])} ${literal({type: 'string'})}`;
    if (kind === 5) return `len(${text}) ${pick(['==', '>', '<='])} ${below(4)}`;
    if (kind === 6) return `${text} ${pick(['==', '!=', '<', 'has', 'contains'])} ${pathOf(fields).text}`;
    return `${text} ${pick(['==', '==', '!=', '<', '<=', '>', '>='])} ${literal(type)}`;
}
function condition(stream, binds, depth, quantifiers) {
    const kind = below(depth > 0 ? 10 : 5);
    const macro = {http: ['$pf', '$act', '$raw', '$def'], call: ['$ok', '$blocked']}[stream];
    if (kind === 0 && macro) return pick(macro);
    if (kind < 6) return comparison(STREAMS[stream], binds);
    if (kind < 8) return `${condition(stream, binds, depth - 1, quantifiers)} ${pick(['and', 'and', 'or'])} ${condition(stream, binds, depth - 1, quantifiers)}`;
    if (kind === 8) return `not (${condition(stream, binds, depth - 1, quantifiers)})`;
    return quantifiers > 0 ? expression(binds, 1, quantifiers) : comparison(STREAMS[stream], binds);
}
let names = 0;
function source(binds, quantifiers, mayBind = true) {
    const stream = pick(Object.keys(STREAMS));
    const name = mayBind && chance(0.3) ? 'n' + (++names) : null;
    const inner = name ? {...binds, [name]: stream} : binds;
    const body = chance(0.12) ? '' : `(${chance(0.05) ? '' : condition(stream, inner, 2, quantifiers - 1)})`;
    return {text: (name ? name + (chance(0.5) ? ': ' : ':') : '') + stream + (chance(0.2) ? pick(['@lesson', '@step']) : '') + body, binds: inner, stream};
}
function expression(binds, depth, quantifiers) {
    const kind = below(depth > 0 ? 13 : 8);
    if (kind < 3) return 'exists ' + source(binds, quantifiers).text;
    if (kind === 3) return 'no ' + source(binds, quantifiers).text;
    if (kind === 4) { const s = source(binds, quantifiers); return `every ${s.text} satisfies (${condition(s.stream, s.binds, 1, quantifiers - 1)})`; }
    if (kind === 5) return `count ${source(binds, quantifiers).text} ${pick(['>=', '==', '<', '>'])} ${below(4)}`;
    if (kind === 6) { const s = source(binds, quantifiers, false); return `${pick(['first', 'last'])} ${s.text}.${comparison(STREAMS[s.stream], binds)}`; }
    if (kind === 7) return pick([() => `correct(q${below(3)})`, () => `answered(q${below(3)})`, () => comparison(ROOTS, binds),
        () => { const stream = pick(['http', 'call', 'har']); return `picked(${stream === 'http' ? '' : stream + ': '}${pathOf(STREAMS[stream]).text}${chance(0.5) ? ', ' + condition(stream, binds, 1, 0) : ''})`; }])();
    if (kind === 8) {
        const items = [];
        let inner = binds;
        for (let n = 1 + below(3); n > 0; --n) {
            if (chance(0.25)) { const s = source(inner, quantifiers); items.push('none ' + s.text); inner = s.binds; }
            const s = source(inner, quantifiers);
            items.push(s.text + (chance(0.3) ? ' within ' + pick(['100ms', '1s', '600ms']) : ''));
            inner = s.binds;
        }
        if (chance(0.2)) items.push('none ' + source(inner, quantifiers).text + (chance(0.9) ? ' for ' + pick(['100ms', '5s']) : ''));
        return `seq(${items.join(', ')})`;
    }
    if (kind < 11) return `${expression(binds, depth - 1, quantifiers)} ${pick(['and', 'or'])} ${expression(binds, depth - 1, quantifiers)}`;
    if (kind === 11) return `not ${expression(binds, depth - 1, quantifiers)}`;
    return `(${expression(binds, depth - 1, quantifiers)})`;
}
const ROOTS = {server: {type: 'settings'}, client: {type: 'settings'}, jar: {type: 'map', of: COOKIE},
    storage: {type: 'map', of: {type: 'string'}}, preflightCache: {type: 'obj', fields: {size: {type: 'int'}}},
    waiters: {type: 'int'}, loot: {type: 'map', of: {type: 'string'}}};

// A check with something wrong or odd in it.
function damage(text) {
    const tokens = text.match(/"(?:[^"\\]|\\.)*"|\/(?:[^/\\]|\\.)+\/i?|[\w$]+|\s+|[^\s\w]/g) || [];
    const at = below(tokens.length);
    switch (below(5)) {
    case 0: tokens.splice(at, 1); break;
    case 1: tokens.splice(at, 0, pick(tokens)); break;
    case 2: tokens[at] = pick(tokens); break;
    case 3: tokens[at] = pick(['and', 'not', '(', ')', 'http', '==', '"x"', '5', 'res', '.', '$pf', '$none', 'exists', '#', '10s', 'null', 'is']); break;
    case 4: tokens[at] = tokens[at].slice(0, -1) + 'x'; break;
    }
    return tokens.join('');
}

const defs = {def: 'kind == "actual" and res.status == 200', put: '$act and req.method == "PUT"'};
const cases = [];
// Where the reference takes more than the grammar does (any token as a name, question id or time,
// unknown names in a list of alternatives), or fails on a sound check (it looks at the token before
// a leading "answered").
function isBeyondTheGrammar(text) {
    const bare = text.replace(/"(?:[^"\\]|\\.)*"/g, '"').replace(/\d\.\d/g, '1');
    return /(?:\.|\b(?:correct|answered)\s*\()\s*(?:[^\sA-Za-z_]|$)/.test(bare)
        || /\b(?:within|for)\s+(?!\d+(?:ms|s|m|h|d)?\b)/.test(bare)
        || /\bin\s*\((?:[^()]*[\s(,])?(?!true\b|false\b|null\b)[A-Za-z_]/.test(bare)
        || /^\s*answered\b/.test(text);
}
function add(text, ownDefs) {
    if (isBeyondTheGrammar(text)) return;
    let expected;
    let tree = null;
    let events = null;
    try { tree = parse(text, ownDefs); check(tree); } catch (error) { expected = 'error'; }
    events = JSON.parse(JSON.stringify(log(expected ? null : tree)));
    if (!expected) {
        try { expected = evaluate(text, events, ownDefs); } catch (error) { expected = 'throws: ' + error.message; }
    }
    cases.push({text, defs: ownDefs, log: events, expected});
}
for (const entry of known) for (let n = 0; n < 6; ++n) add(entry.check, entry.defs || {});
for (const entry of known) for (let n = 0; n < 3; ++n) add(damage(entry.check), entry.defs || {});
for (let n = 0; n < count; ++n) add(expression({}, 2, 3), defs);
for (let n = 0; n < count / 4; ++n) add(damage(expression({}, 1, 2)), defs);
process.stdout.write(JSON.stringify(cases));
