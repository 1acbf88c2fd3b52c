// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT
// The declarative target servers of the browser cases: one listener per origin
// symbol, exact bytes out, every request logged as it arrived.  README.md says how a
// request finds its answer; record.mjs is the user.
import net from 'node:net';
import tls from 'node:tls';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import crypto from 'node:crypto';
import {execFileSync} from 'node:child_process';

export const ORIGINS = {
  app: ['http', 'app.roundtrip.test'],
  app2: ['http', 'app.roundtrip.test'],
  api: ['http', 'api.roundtrip.test'],
  deep: ['http', 'v1.api.roundtrip.test'],
  root: ['http', 'roundtrip.test'],
  other: ['http', 'other.test'],
  lh: ['http', 'localhost'],
  lh2: ['http', 'localhost'],
  ip: ['http', '127.0.0.1'],
  uk: ['http', 'shop.example.co.uk'],
  ghio: ['http', 'learner.github.io'],
  sapp: ['https', 'app.roundtrip.test'],
  sapp2: ['https', 'app.roundtrip.test'],
  sapi: ['https', 'api.roundtrip.test'],
  sroot: ['https', 'roundtrip.test'],
  sother: ['https', 'other.test'],
  slh: ['https', 'localhost'],
  dead: ['http', 'api.roundtrip.test'], // nothing listens on this port
};
const SYM = Object.keys(ORIGINS).sort((a, b) => b.length - a.length).join('|');

export const REASON = {100: 'Continue', 101: 'Switching Protocols', 103: 'Early Hints', 200: 'OK', 201: 'Created', 202: 'Accepted', 203: 'Non-Authoritative Information', 204: 'No Content', 205: 'Reset Content', 206: 'Partial Content', 300: 'Multiple Choices', 301: 'Moved Permanently', 302: 'Found', 303: 'See Other', 304: 'Not Modified', 307: 'Temporary Redirect', 308: 'Permanent Redirect', 400: 'Bad Request', 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found', 405: 'Method Not Allowed', 406: 'Not Acceptable', 409: 'Conflict', 410: 'Gone', 413: 'Payload Too Large', 415: 'Unsupported Media Type', 418: "I'm a teapot", 422: 'Unprocessable Entity', 426: 'Upgrade Required', 429: 'Too Many Requests', 431: 'Request Header Fields Too Large', 500: 'Internal Server Error', 501: 'Not Implemented', 502: 'Bad Gateway', 503: 'Service Unavailable', 504: 'Gateway Timeout'};

export const PAGE_HTML = '<!doctype html><meta charset=utf-8><link rel=icon href="data:,"><title>page</title>';

// {app} -> http://app.roundtrip.test:31001   {app.host} -> app.roundtrip.test:31001
// {app.port} -> 31001   {app.name} -> app.roundtrip.test   {date+60} -> IMF-fixdate
export class Names {
  constructor(ports) {
    this.ports = ports;
    this.re = new RegExp(`\\{(${SYM})(\\.host|\\.port|\\.name)?\\}`, 'g');
    this.byHost = Object.entries(ports).map(([s, p]) => [`${ORIGINS[s][1]}:${p}`, s]);
    this.byPort = new Map(Object.entries(ports).map(([s, p]) => [String(p), s]));
  }
  origin(s) { return `${ORIGINS[s][0]}://${ORIGINS[s][1]}:${this.ports[s]}`; }
  fill(x, nowMs = Date.now()) {
    if (typeof x === 'string') {
      return x.replace(this.re, (_, s, part) => {
        const h = ORIGINS[s][1];
        return part === '.host' ? `${h}:${this.ports[s]}` : part === '.port' ? String(this.ports[s]) : part === '.name' ? h : this.origin(s);
      }).replace(/\{date([+-]\d+)\}/g, (_, d) => new Date(nowMs + Number(d) * 1000).toUTCString());
    }
    if (Array.isArray(x)) return x.map((v) => this.fill(v, nowMs));
    if (x && typeof x === 'object') return Object.fromEntries(Object.entries(x).map(([k, v]) => [k, this.fill(v, nowMs)]));
    return x;
  }
  blank(x) { // the inverse: concrete ports back to symbols
    if (typeof x === 'string') {
      for (const [h, s] of this.byHost) {
        if (!x.includes(h)) continue;
        x = x.split(`${ORIGINS[s][0]}://${h}`).join(`{${s}}`).split(h).join(`{${s}.host}`);
      }
      return x.replace(/:(\d{4,5})(?!\d)/g, (m, p) => (this.byPort.has(p) ? `:{${this.byPort.get(p)}.port}` : m));
    }
    if (Array.isArray(x)) return x.map((v) => this.blank(v));
    if (x && typeof x === 'object') return Object.fromEntries(Object.entries(x).map(([k, v]) => [k, this.blank(v)]));
    return x;
  }
}

function selfSigned() {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'cert-'));
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '30', '-subj', '/CN=roundtrip.test',
    '-addext', 'subjectAltName=DNS:*.roundtrip.test,DNS:roundtrip.test,DNS:other.test,DNS:localhost,IP:127.0.0.1',
    '-keyout', path.join(dir, 'k'), '-out', path.join(dir, 'c')], {stdio: 'ignore'});
  const r = {key: fs.readFileSync(path.join(dir, 'k')), cert: fs.readFileSync(path.join(dir, 'c'))};
  fs.rmSync(dir, {recursive: true});
  return r;
}

export class CaseServer {
  constructor() { this.log = []; this.routes = []; this.pages = new Map(); this.sockets = new Set(); this.nowMs = () => Date.now(); }
  async start() {
    const creds = selfSigned();
    const ports = {};
    this.listeners = [];
    for (const [sym, [scheme]] of Object.entries(ORIGINS)) {
      const on = (s) => this.#connection(sym, s);
      const srv = scheme === 'https' ? tls.createServer({...creds, ALPNProtocols: ['http/1.1']}, on) : net.createServer(on);
      srv.on('tlsClientError', () => {});
      await new Promise((ok) => srv.listen(0, '127.0.0.1', ok));
      ports[sym] = srv.address().port;
      if (sym === 'dead') await new Promise((ok) => srv.close(ok)); else this.listeners.push(srv);
    }
    this.names = new Names(ports);
    return this;
  }
  load(c) { // a case: routes, page(s); forget the previous one
    for (const s of this.sockets) s.destroy();
    this.sockets.clear();
    this.log = [];
    this.hits = new Map();
    this.routes = c.server || [];
    this.pages = new Map();
    const pages = [c.page, ...c.steps.filter((s) => s.open).map((s) => s.open)].filter(Boolean);
    for (const p of pages) { // an `open` step without headers of its own reuses the page it names
      const k = `${p.origin} ${(p.path || '/').replace(/[?#].*/, '')}`;
      if (p.headers || !this.pages.has(k)) this.pages.set(k, p);
    }
  }
  stop() { for (const s of this.sockets) s.destroy(); for (const l of this.listeners) l.close(); }

  #connection(sym, sock) {
    this.sockets.add(sock);
    sock.on('close', () => this.sockets.delete(sock));
    sock.on('error', () => {});
    sock.setNoDelay?.(true);
    let buf = Buffer.alloc(0);
    const plain = ORIGINS[sym][0] === 'http';
    const pump = () => {
      if (plain && !sock.ws && buf[0] === 0x16) return void sock.destroy(); // a TLS hello: the client took the wrong scheme
      if (sock.ws) return this.#frames(sock, buf = this.#take(sock, buf));
      const end = buf.indexOf('\r\n\r\n');
      if (end < 0) return;
      const lines = buf.subarray(0, end).toString('latin1').split('\r\n');
      const [method, target] = lines[0].split(' ');
      const headers = lines.slice(1).map((l) => { const i = l.indexOf(':'); return [l.slice(0, i), l.slice(i + 1).trim()]; });
      const get = (n) => headers.find(([k]) => k.toLowerCase() === n)?.[1];
      const len = Number(get('content-length') || 0);
      if (buf.length < end + 4 + len) return;
      const body = buf.subarray(end + 4, end + 4 + len).toString('latin1');
      buf = buf.subarray(end + 4 + len);
      this.#request(sym, sock, {method, target, headers, body, get});
      if (buf.length) pump();
    };
    sock.on('data', (d) => { buf = Buffer.concat([buf, d]); pump(); });
  }
  #take(sock, buf) { sock.inbox = Buffer.concat([sock.inbox || Buffer.alloc(0), buf]); return Buffer.alloc(0); }
  #frames(sock) { // only what a handshake case needs: answer Close
    for (;;) {
      const b = sock.inbox;
      if (!b || b.length < 2) return;
      let len = b[1] & 127, off = 2;
      if (len === 126) { if (b.length < 4) return; len = b.readUInt16BE(2); off = 4; }
      const masked = b[1] & 128;
      const need = off + (masked ? 4 : 0) + len;
      if (b.length < need) return;
      const mask = masked ? b.subarray(off, off + 4) : null;
      const data = Buffer.from(b.subarray(need - len, need));
      if (mask) for (let i = 0; i < data.length; i++) data[i] ^= mask[i & 3];
      sock.inbox = b.subarray(need);
      if ((b[0] & 15) === 8) { if (!sock.closeSent) sock.write(frame(8, data)); sock.end(); return; }
    }
  }
  #route(sym, q) {
    const p = q.target.replace(/[?#].*/, '');
    return this.routes.find((r) => r.at === sym && (r.method === '*' || r.method === q.method) && (r.path === '*' || r.path === (r.path.includes('?') ? q.target : p)));
  }
  #request(sym, sock, q) {
    const p = q.target.replace(/[?#].*/, '');
    if (p === '/favicon.ico') return void sock.write('HTTP/1.1 204 No Content\r\n\r\n');
    const entry = {at: sym, method: q.method, target: q.target, headers: q.headers, body: q.body};
    const route = this.#route(sym, q);
    const page = this.pages.get(`${sym} ${p}`);
    let res;
    if (route) {
      const n = this.hits.get(route) || 0;
      this.hits.set(route, n + 1);
      res = route.responses[Math.min(n, route.responses.length - 1)];
    } else if (page && q.method === 'GET' && q.get('sec-fetch-dest') !== 'empty') {
      entry.page = true;
      res = {status: 200, headers: [['Content-Type', 'text/html'], ...(page.headers || [])], body: PAGE_HTML};
    } else {
      entry.unmatched = true;
      res = {status: 404, headers: [['Content-Type', 'text/plain']], body: 'no such route'};
    }
    this.log.push(entry);
    if (res.drop) return void sock.destroy();
    const key = q.get('sec-websocket-key');
    const fill = (v) => this.names.fill(String(v), this.nowMs()).replace('{accept}', () => crypto.createHash('sha1').update(key + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11').digest('base64'));
    const headers = (res.headers || []).map(([n, v]) => [n, fill(v)]);
    const body = res.bodyBase64 ? Buffer.from(res.bodyBase64, 'base64') : Buffer.from(fill(res.body ?? ''), 'utf8');
    const s = res.status;
    const noBody = s === 101 || s === 204 || s === 304 || (s >= 100 && s < 200);
    if (!noBody && !headers.some(([n]) => n.toLowerCase() === 'content-length')) headers.push(['Content-Length', String(body.length)]);
    const head = Buffer.from(`HTTP/1.1 ${s} ${res.reason ?? REASON[s] ?? ''}\r\n${headers.map(([n, v]) => `${n}: ${v}\r\n`).join('')}\r\n`, 'latin1');
    sock.write(noBody || q.method === 'HEAD' ? head : Buffer.concat([head, body]));
    if (s === 101) {
      sock.ws = true;
      for (const f of res.frames || []) {
        if ('text' in f) sock.write(frame(1, Buffer.from(f.text)));
        if (f.close) { sock.closeSent = true; const b = Buffer.alloc(2); b.writeUInt16BE(f.close[0]); sock.write(frame(8, Buffer.concat([b, Buffer.from(f.close[1] || '')]))); }
      }
    } else if (res.close) sock.end();
  }
}
export function frame(op, data) {
  const h = data.length < 126 ? Buffer.from([0x80 | op, data.length]) : Buffer.from([0x80 | op, 126, data.length >> 8, data.length & 255]);
  return Buffer.concat([h, data]);
}

// Headers of a request that say nothing about the rules under test.
const NOISE = new Set(['host', 'connection', 'user-agent', 'accept-encoding', 'sec-ch-ua', 'sec-ch-ua-mobile', 'sec-ch-ua-platform', 'sec-websocket-key', 'sec-websocket-version', 'sec-websocket-extensions', 'cache-control', 'pragma', 'upgrade', 'upgrade-insecure-requests', 'priority']);
const DEFAULTS = {accept: ['*/*'], 'accept-language': ['en-US,en;q=0.9']};
export function wireEntry(names, e, {keepAll = false} = {}) {
  const o = {to: e.at, method: e.method, target: names.blank(e.target)};
  const h = {};
  const websocket = e.headers.some(([n]) => n.toLowerCase() === 'sec-websocket-key');
  for (const [n, v] of e.headers) {
    const k = n.toLowerCase();
    if (k === 'host') { if (v !== `${ORIGINS[e.at][1]}:${names.ports[e.at]}`) o.host = names.blank(v); continue; }
    if (!keepAll && NOISE.has(k) && !(e.keep?.has(k))) continue;
    if (!keepAll && DEFAULTS[k]?.includes(v)) continue;
    if (!keepAll && k === 'accept' && /^(text\/html,|image\/|text\/css,)/.test(v)) continue;
    if (k === 'user-agent' && v.startsWith('Mozilla/5.0')) { h[k] = '{user-agent}'; continue; }
    if (k === 'content-type') { h[k] = v.replace(/boundary=----WebKitFormBoundary\w+/, 'boundary={boundary}'); continue; }
    h[k] = k in h ? `${h[k]}, ${names.blank(v)}` : names.blank(v);
  }
  if (websocket) o.websocket = true;
  o.headers = Object.fromEntries(Object.entries(h).sort(([a], [b]) => (a < b ? -1 : 1)));
  if (e.body) {
    if (/\{boundary\}/.test(h['content-type'] || '')) { o.body = '{multipart}'; delete o.headers['content-length']; } else o.body = names.blank(e.body);
  }
  return o;
}
