#!/usr/bin/env node
// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT
// Fills in the `expect` of browser cases from a real Chromium.  No npm packages.
//   node record.mjs [options] cases/*.json
//     --shell          use chromium-headless-shell (faster, README.md says where it differs)
//     --browser PATH   some other browser (default: the chromium package's)
//     --workers N      browsers side by side (default 2)
//     --check          do not write: compare with the expectations in the files
//     --out DIR        write there instead of in place
//     --only REGEXP    only the cases whose id matches; the others keep their expectations
//     --print          print the recorded expectations, write nothing
//     --no-timeshift   refuse cases with advanceTime instead of shifting the clock
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {spawn, execFileSync} from 'node:child_process';
import {CaseServer, ORIGINS, wireEntry} from './case-server.mjs';

export const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--disable-default-apps', '--disable-extensions', '--disable-field-trial-config',
  '--disable-http-cache', '--ignore-certificate-errors', '--no-default-browser-check', '--password-store=basic', '--lang=en-US', '--disable-dev-shm-usage', '--disable-back-forward-cache', '--disable-renderer-backgrounding', '--disable-background-timer-throttling', '--disable-backgrounding-occluded-windows',
  '--host-resolver-rules=MAP *.test 127.0.0.1, MAP *.example.co.uk 127.0.0.1, MAP *.github.io 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1'];
// cookie_controls_mode 0: third-party cookies are not blocked (an incognito-like
// context blocks them otherwise).  network_prediction_options 2: no preconnects.
export const PREFS = {profile: {cookie_controls_mode: 0}, net: {network_prediction_options: 2}};
const HERE = path.dirname(new URL(import.meta.url).pathname);
const sleep = (ms) => new Promise((r) => setTimeout(r, ms));

export function findBrowser(name = 'chromium') { // Debian's real binary, past the wrapper script
  const p = `/usr/lib/chromium/${name}`;
  return process.env.CHROMIUM || (fs.existsSync(p) ? p : name);
}

let shim; // one build of timeshift.c per run
function buildShim() {
  if (shim !== undefined) return shim;
  const out = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'shim-')), 'timeshift.so');
  try { execFileSync('cc', ['-O2', '-shared', '-fPIC', '-o', out, path.join(HERE, 'timeshift.c'), '-ldl', '-lpthread']); shim = out; } catch { shim = null; }
  return shim;
}

export class Browser {
  constructor(bin, {timeshift = true} = {}) { this.bin = bin; this.useShim = timeshift; }
  async start() {
    this.dir = fs.mkdtempSync(path.join(os.tmpdir(), 'profile-'));
    fs.mkdirSync(path.join(this.dir, 'Default'));
    fs.writeFileSync(path.join(this.dir, 'Default', 'Preferences'), JSON.stringify(PREFS));
    const env = {...process.env, TZ: 'UTC', LANG: 'C.UTF-8'};
    this.shiftUs = 0n;
    const so = this.useShim && buildShim();
    if (so) {
      this.shiftFile = path.join(this.dir, 'shift');
      fs.writeFileSync(this.shiftFile, Buffer.alloc(8));
      this.shiftFd = fs.openSync(this.shiftFile, 'r+');
      Object.assign(env, {LD_PRELOAD: so, TIMESHIFT_FILE: this.shiftFile});
    }
    this.p = spawn(this.bin, [...FLAGS, '--remote-debugging-pipe', `--user-data-dir=${this.dir}`, 'about:blank'], {stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'], env});
    this.id = 0; this.pending = new Map(); this.sinks = new Map();
    let parts = [];
    this.p.stdio[4].on('data', (d) => {
      let s = 0, i;
      while ((i = d.indexOf(0, s)) >= 0) {
        parts.push(d.subarray(s, i)); s = i + 1;
        const m = JSON.parse(Buffer.concat(parts).toString()); parts = [];
        if (m.id) { const q = this.pending.get(m.id); this.pending.delete(m.id); if (m.error) q.no(new Error(`${q.method}: ${m.error.message}`)); else q.ok(m.result); } else this.sinks.get(m.sessionId)?.(m);
      }
      parts.push(d.subarray(s));
    });
    this.p.stdio[3].on('error', () => {});
    this.version = await this.send('Browser.getVersion');
    return this;
  }
  send(method, params = {}, sessionId) {
    return new Promise((ok, no) => { const id = ++this.id; this.pending.set(id, {ok, no, method}); this.p.stdio[3].write(JSON.stringify({id, method, params, sessionId}) + '\0'); });
  }
  nowMs() { return Date.now() + Number(this.shiftUs / 1000n); }
  advance(seconds) {
    if (!this.shiftFd) throw new Error('no clock shim');
    this.shiftUs += BigInt(Math.round(seconds * 1e6));
    const b = Buffer.alloc(8); b.writeBigInt64LE(this.shiftUs);
    fs.writeSync(this.shiftFd, b, 0, 8, 0);
  }
  async stop() {
    try { await this.send('Browser.close'); } catch { /* gone already */ }
    await new Promise((r) => { if (this.p.exitCode !== null) r(); else this.p.on('exit', r); });
    await sleep(100);
    fs.rmSync(this.dir, {recursive: true, force: true, maxRetries: 5});
  }
  // One tab per site keeps the renderer processes warm.  Between two cases the tab is
  // blanked and the jar, the preflight cache and every socket are dropped.
  async tab(site) {
    this.tabs ??= new Map();
    let t = this.tabs.get(site);
    if (!t) {
      const {targetId} = await this.send('Target.createTarget', {url: 'about:blank', newWindow: true});
      const {sessionId} = await this.send('Target.attachToTarget', {targetId, flatten: true});
      t = {targetId, sessionId, ev: [], waiters: new Set()};
      this.sinks.set(sessionId, (m) => { t.ev.push(m); for (const w of t.waiters) w(); });
      t.send = (m, p) => this.send(m, p, sessionId);
      t.until = (f, ms) => new Promise((ok) => {
        const done = (v) => { clearTimeout(timer); t.waiters.delete(check); ok(v); };
        const check = () => { if (f()) done(true); };
        const timer = setTimeout(() => done(false), ms);
        t.waiters.add(check); check();
      });
      await Promise.all([t.send('Page.enable'), t.send('Runtime.enable'), t.send('Log.enable'), t.send('Network.enable')]);
      this.tabs.set(site, t);
    }
    t.close = async () => {
      await t.send('Page.navigate', {url: 'about:blank'});
      await Promise.all([this.send('Storage.clearCookies'), t.send('Network.clearBrowserCache')]);
      await t.send('Log.clear');
      t.ev.length = 0;
    };
    await t.close();
    return t;
  }
}

// ---- what runs inside the page -------------------------------------------
const IN_PAGE = {
  fetch: async (s) => {
    const i = s.init || {}, init = {};
    for (const k of ['method', 'mode', 'credentials', 'redirect', 'referrer', 'referrerPolicy', 'cache', 'integrity', 'keepalive', 'headers', 'duplex']) if (k in i) init[k] = i[k];
    const b = i.body;
    if (b) {
      const bytes = (v) => Uint8Array.from(v, (c) => c.charCodeAt(0));
      if (b.type === 'text') init.body = b.value;
      if (b.type === 'urlencoded') init.body = new URLSearchParams(b.value);
      if (b.type === 'formdata') { init.body = new FormData(); for (const [k, v] of b.value) init.body.append(k, v); }
      if (b.type === 'blob') init.body = new Blob([b.value], b.mime === undefined ? {} : {type: b.mime});
      if (b.type === 'bytes') init.body = bytes(b.value);
      if (b.type === 'stream') { init.body = new Blob([b.value]).stream(); init.duplex = 'half'; }
    }
    let r;
    try { r = await fetch(s.url, init); } catch (e) {
      return {outcome: e.message.startsWith('Failed to fetch') ? 'network-error' : 'type-error', error: `${e.name}: ${e.message}`};
    }
    const o = {outcome: r.type === 'opaque' || r.type === 'opaqueredirect' ? r.type : 'ok', type: r.type, status: r.status, statusText: r.statusText, redirected: r.redirected, url: r.url, headers: [...r.headers], body: null};
    if (o.outcome === 'ok') { try { o.body = await r.text(); } catch (e) { o.bodyError = `${e.name}: ${e.message}`; } }
    return o;
  },
  load: (s) => new Promise((done) => {
    const doc = document;
    let el, messages = 0;
    const tag = {script: 'script', style: 'link', image: 'img', iframe: 'iframe'}[s.as];
    el = doc.createElement(tag);
    if (s.crossorigin !== undefined) el.crossOrigin = s.crossorigin;
    if (s.type) el.type = s.type;
    if (s.as === 'style') { el.rel = 'stylesheet'; }
    window.__ran = 0;
    addEventListener('message', (e) => { if (e.data === 'frame-loaded') messages++; });
    const end = (outcome) => {
      const o = {outcome};
      if (s.as === 'script') o.ran = window.__ran > 0;
      if (s.as === 'image') o.width = el.naturalWidth;
      if (s.as === 'style') o.applied = getComputedStyle(doc.documentElement).getPropertyValue('--hit').trim() === '1';
      if (s.as === 'iframe') o.outcome = messages ? 'load' : 'blocked';
      done(o);
    };
    el.onload = () => (s.as === 'iframe' && !messages ? setTimeout(end, 250, 'load') : end('load')); // a message may trail the event
    el.onerror = () => end('error');
    if (s.as === 'iframe') setTimeout(end, 1500, 'blocked'); // mixed content: no event at all
    if (s.as === 'style') el.href = s.url; else el.src = s.url;
    (doc.head && s.as !== 'iframe' ? doc.head : doc.documentElement).appendChild(el);
  }),
  websocket: (s) => new Promise((done) => {
    let w;
    const o = {events: []};
    try { w = s.protocols === undefined ? new WebSocket(s.url) : new WebSocket(s.url, s.protocols); } catch (e) { return done({outcome: 'exception', error: `${e.name}: ${e.message}`}); }
    const silent = setInterval(() => { if (w.readyState === 3) { clearInterval(silent); o.outcome = 'failed'; done(o); } }, 700); // no close event follows when CSP blocks
    w.onopen = () => { o.events.push('open'); o.protocol = w.protocol; o.extensions = w.extensions; if (!s.waitForServer) w.close(1000); };
    w.onmessage = (e) => o.events.push('message:' + e.data);
    w.onerror = () => o.events.push('error');
    w.onclose = (e) => { clearInterval(silent); o.events.push('close'); o.code = e.code; o.wasClean = e.wasClean; o.outcome = o.events[0] === 'open' ? 'open' : 'failed'; done(o); };
  }),
  setDocumentCookie: (s) => { try { document.cookie = s; return {outcome: 'set', documentCookie: document.cookie}; } catch (e) { return {outcome: 'exception', error: `${e.name}: ${e.message}`}; } },
  readDocumentCookie: () => { try { return {outcome: 'read', documentCookie: document.cookie}; } catch (e) { return {outcome: 'exception', error: `${e.name}: ${e.message}`}; } },
  navigate: (s) => {
    let el;
    if (s.form) {
      el = document.createElement('form'); el.method = s.form; el.action = s.url;
      if (s.enctype) el.enctype = s.enctype;
      for (const [k, v] of s.fields || []) { const i = document.createElement('input'); i.name = k; i.value = v; el.append(i); }
    } else { el = document.createElement('a'); el.href = s.url; el.textContent = 'go'; if (s.rel) el.rel = s.rel; }
    if (s.referrerPolicy) el.referrerPolicy = s.referrerPolicy;
    document.documentElement.append(el);
    if (s.form) el.submit(); else el.click();
  },
};

// ---- one case ---------------------------------------------------------------
const siteOf = (o) => `${ORIGINS[o][0]} ${ORIGINS[o][1].split('.').slice(-2).join('.')}`;
const REASONS = (a) => [...a].sort();
export async function runCase(browser, server, c) {
  const N = server.names, unmatched = [];
  server.nowMs = () => browser.nowMs();
  server.load(c);
  const fill = (x) => N.fill(x, browser.nowMs());
  const t = await browser.tab(siteOf(c.page.origin));
  try {
    for (const k of c.cookies || []) {
      const p = {name: k.name, value: k.value, path: k.path, secure: !!k.secure, httpOnly: !!k.httpOnly};
      if (k.sameSite) p.sameSite = k.sameSite;
      if (k.hostOnly) p.url = `${k.secure ? 'https' : 'http'}://${k.domain}${k.path}`; else p.domain = '.' + k.domain;
      if (k.expiresIn != null) p.expires = browser.nowMs() / 1000 + k.expiresIn;
      await browser.send('Storage.setCookies', {cookies: [p]});
    }
    const goTo = async (page) => {
      const from = t.ev.length;
      const r = await t.send('Page.navigate', {url: fill(`{${page.origin}}${page.path || '/'}`)});
      if (r.errorText) return r.errorText;
      await t.until(() => t.ev.slice(from).some((m) => m.method === 'Page.loadEventFired'), 10000);
      return null;
    };
    const settle = async (evFrom, logFrom, ws) => { // let the late DevTools events arrive
      await t.send('Runtime.evaluate', {expression: '0'}).catch(() => {});
      const want = server.log.length - logFrom;
      const n = (name) => t.ev.slice(evFrom).filter((m) => m.method === name).length;
      if (!ws) await t.until(() => n('Network.requestWillBeSentExtraInfo') >= want && n('Network.responseReceivedExtraInfo') >= want, 400);
      await t.send('Runtime.evaluate', {expression: '0'}).catch(() => {});
    };
    const jarNow = async () => (await browser.send('Storage.getCookies')).cookies.map((k) => jarEntry(k, browser.nowMs())).sort((a, b) => (key(a) < key(b) ? -1 : 1));
    let lastJar = await jarNow();
    if (lastJar.length !== (c.cookies || []).length) throw new Error('the jar refused a cookie of this case');
    const bad = await goTo(c.page);
    if (bad) throw new Error(`page: ${bad}`);
    await settle(0, 0);
    const expect = [];
    for (const step of c.steps) {
      const kind = Object.keys(step)[0];
      const evFrom = t.ev.length, logFrom = server.log.length;
      let result = null;
      const inPage = async (arg, extra = {}) => (await t.send('Runtime.evaluate', {expression: `(${IN_PAGE[kind]})(${JSON.stringify(fill(arg))})`, awaitPromise: true, returnByValue: true, ...extra}));
      if (kind === 'advanceTime') { browser.advance(step.advanceTime); expect.push({}); continue; }
      if (kind === 'open') {
        const e = await goTo(step.open);
        result = e ? {outcome: 'failed', error: e} : {outcome: 'opened'};
      } else if (kind === 'navigate') {
        await inPage(step.navigate, {userGesture: true, awaitPromise: false});
        const ok = await t.until(() => t.ev.slice(evFrom).some((m) => m.method === 'Page.loadEventFired'), step.navigate.noLoad ? 700 : 6000);
        const u = await t.send('Runtime.evaluate', {expression: 'location.href', returnByValue: true});
        result = {outcome: ok ? 'navigated' : 'stayed', url: u.result.value};
      } else {
        const r = await Promise.race([inPage(step[kind]), sleep(4000).then(() => ({timeout: true}))]);
        if (r.timeout) result = {outcome: 'timeout'};
        else if (r.exceptionDetails) result = {outcome: 'exception', error: r.exceptionDetails.exception?.description || r.exceptionDetails.text};
        else result = r.result.value;
      }
      await settle(evFrom, logFrom, kind === 'websocket');
      const evs = t.ev.slice(evFrom);
      const raw = server.log.slice(logFrom);
      for (const e of raw) if (e.unmatched) unmatched.push(`${e.at} ${e.method} ${e.target}`);
      const own = new Set((step[kind]?.init?.headers || []).map(([n]) => n.toLowerCase()));
      if (step[kind]?.init?.cache) { own.add('cache-control'); own.add('pragma'); }
      const x = {wire: raw.map((e) => { e.keep = own; return wireEntry(N, e); })};
      if (c.rawWire) x.rawWire = raw.map((e) => e.headers.map(([n, v]) => `${n}: ${rawValue(n, N.blank(v))}`));
      x.result = N.blank(result);
      const fails = evs.filter((m) => m.method === 'Network.loadingFailed' && m.params.type !== 'Preflight').map((m) => m.params);
      // ERR_ABORTED without a reason only says that nobody read the rest of the body
      const f = fails[fails.length - 1], failed = f && (f.blockedReason || f.errorText !== 'net::ERR_ABORTED' || result?.outcome === 'network-error');
      if (failed) {
        x.net = {error: f.errorText};
        if (f.blockedReason) x.net.blocked = f.blockedReason;
        if (f.corsErrorStatus) x.net.cors = {error: f.corsErrorStatus.corsError, parameter: N.blank(f.corsErrorStatus.failedParameter)};
      }
      const con = evs.filter((m) => m.method === 'Log.entryAdded' || m.method === 'Runtime.consoleAPICalled')
        .map((m) => (m.method === 'Log.entryAdded' ? m.params.entry.text : m.params.args.map((a) => a.value).join(' ')));
      if (con.length) x.console = N.blank(con).map(stable);
      const notes = {};
      const notSent = new Map(), rejected = [];
      for (const m of evs) {
        if (m.method === 'Network.requestWillBeSentExtraInfo') {
          for (const a of m.params.associatedCookies) if (a.blockedReasons.length) notSent.set(`${a.cookie.domain} ${a.cookie.path} ${a.cookie.name}`, {name: a.cookie.name, domain: a.cookie.domain, path: a.cookie.path, reasons: REASONS(a.blockedReasons)});
        }
        if (m.method === 'Network.responseReceivedExtraInfo') for (const b of m.params.blockedCookies) rejected.push({line: N.blank(b.cookieLine), reasons: REASONS(b.blockedReasons)});
      }
      if (notSent.size) notes.notSent = [...notSent.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, v]) => v);
      if (rejected.length) notes.rejected = rejected.map((r) => ({...r, line: r.line.length > 200 ? r.line.slice(0, 60) + `...(${r.line.length})` : r.line}));
      if (Object.keys(notes).length) x.cookieNotes = notes;
      const now = await jarNow();
      if (!same(now, lastJar)) x.cookies = lastJar = now;
      expect.push(x);
    }
    return {expect, unmatched};
  } finally { t.ev.length = 0; }
}
const key = (k) => `${k.domain}\u0000${k.hostOnly}\u0000${k.path}\u0000${k.name}`;
function jarEntry(k, now) {
  const hostOnly = !k.domain.startsWith('.');
  return {name: k.name, value: k.value, domain: hostOnly ? k.domain : k.domain.slice(1), hostOnly, path: k.path, secure: k.secure, httpOnly: k.httpOnly, sameSite: k.sameSite || null, expiresIn: k.session ? null : Math.round((k.expires - now / 1000) / 10) * 10, ...(k.partitionKey ? {partitioned: true} : {})};
}
function rawValue(n, v) {
  n = n.toLowerCase();
  if (n === 'user-agent') return '{user-agent}';
  if (n === 'sec-ch-ua') return '{brands}';
  if (n === 'sec-websocket-key') return '{key}';
  return v.replace(/boundary=----WebKitFormBoundary\w+/, 'boundary={boundary}');
}
const stable = (s) => s.replace(/----WebKitFormBoundary\w+/g, '{boundary}').replace(/sha(256|384|512)-[A-Za-z0-9+/=]{20,}/g, (m) => m);

// ---- families ---------------------------------------------------------------
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
async function main() {
  const argv = process.argv.slice(2), opt = {workers: 2, browser: findBrowser(), timeshift: true}, files = [];
  for (let i = 0; i < argv.length; i++) {
    const a = argv[i];
    if (a === '--browser') opt.browser = argv[++i]; else if (a === '--shell') opt.browser = findBrowser('chromium-headless-shell'); else if (a === '--workers') opt.workers = Number(argv[++i]); else if (a === '--check') opt.check = true;
    else if (a === '--out') opt.out = argv[++i]; else if (a === '--only') opt.only = new RegExp(argv[++i]); else if (a === '--print') opt.print = true;
    else if (a === '--no-timeshift') opt.timeshift = false; else files.push(a);
  }
  const fams = files.map((f) => ({file: f, data: JSON.parse(fs.readFileSync(f, 'utf8'))}));
  const jobs = [];
  for (const f of fams) f.data.cases.forEach((c, i) => { if (!opt.only || opt.only.test(c.id)) jobs.push({f, i, c}); });
  const total = jobs.length, t0 = Date.now();
  let done = 0, differ = 0, version = '';
  const complaints = [];
  const worker = async () => {
    const server = await new CaseServer().start();
    let browser = await new Browser(opt.browser, opt).start();
    version = browser.version.product;
    let n = 0;
    for (let job; (job = jobs.shift());) {
      for (let attempt = 0; ; attempt++) {
        try {
          // a fresh browser now and then, and always one whose clock was not moved
          if (++n > 250 || attempt) { await browser.stop(); browser = await new Browser(opt.browser, opt).start(); n = 0; }
          const r = await runCase(browser, server, job.c);
          job.got = r.expect;
          if (r.unmatched.length && !job.c.unmatchedOk) complaints.push(`${job.c.id}: no route for ${r.unmatched.join(', ')}`);
          for (const [k, e] of r.expect.entries()) if (e.result?.outcome === 'timeout' || e.result?.outcome === 'exception' && !job.c.exceptionOk) complaints.push(`${job.c.id} step ${k}: ${JSON.stringify(e.result)}`);
          break;
        } catch (e) { if (attempt >= 2) { complaints.push(`${job.c.id}: ${e.message}`); job.got = null; break; } }
      }
      if (opt.print) console.log(JSON.stringify({id: job.c.id, about: job.c.about, expect: job.got}, null, 1));
      if (opt.check && !same(job.got, job.c.expect)) { differ++; console.log(`DIFFERS ${job.c.id}\n  file     ${JSON.stringify(job.c.expect)}\n  recorded ${JSON.stringify(job.got)}`); }
      job.f.data.cases[job.i].expect = job.got;
      if (++done % 100 === 0) process.stderr.write(`${done}/${total} ${((Date.now() - t0) / 1000).toFixed(0)}s\n`);
    }
    await browser.stop();
    server.stop();
  };
  await Promise.all(Array.from({length: Math.min(opt.workers, total || 1)}, worker));
  for (const c of complaints) console.log('! ' + c);
  if (!opt.check && !opt.print) {
    for (const f of fams) {
      f.data.recordedWith = {browser: version.replace('Headless', ''), recorder: 1};
      const out = opt.out ? path.join(opt.out, path.basename(f.file)) : f.file;
      fs.writeFileSync(out, writeFamily(f.data));
    }
  }
  console.log(`${done} cases, ${((Date.now() - t0) / 1000).toFixed(0)} s, ${version}${opt.check ? `, ${differ} differ` : ''}${complaints.length ? `, ${complaints.length} complaints` : ''}`);
  process.exit(differ || complaints.length ? 1 : 0);
}
export function writeFamily(d) { // one case per line: small diffs, greppable
  const {cases, ...head} = d;
  return JSON.stringify(head, null, 1).replace(/\n}$/, ',\n') + ' "cases": [\n' + cases.map((c) => '  ' + JSON.stringify(c)).join(',\n') + '\n ]\n}\n';
}
if (process.argv[1] && fs.realpathSync(process.argv[1]) === fs.realpathSync(new URL(import.meta.url).pathname)) main();
