// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT
// Random browser cases without expectations: node generate.mjs SEED COUNT [KIND...] > cases.json
// The same seed gives the same cases. Kinds are the functions of `kinds` below.

const PIXEL = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';
const BODY = {
  script: 'window.__ran=1',
  style: ':root{--hit:1}',
  iframe: "<!doctype html><script>parent.postMessage('frame-loaded','*')</script>",
};
// The full browser asks for a favicon unless the page names one; that would blur the cookie notes.
const ICON = '<!doctype html><link rel=icon href="data:,">';
const TYPE = {script: 'text/javascript', style: 'text/css', image: 'image/gif', iframe: 'text/html'};
const PAGES = ['app', 'api', 'lh', 'ip', 'sapp', 'slh', 'uk', 'other', 'root', 'deep', 'ghio'];
const TARGETS = ['app', 'app2', 'api', 'deep', 'root', 'other', 'lh', 'lh2', 'ip', 'uk', 'ghio', 'sapp', 'sapp2', 'sapi', 'sroot', 'sother', 'slh'];
const HOSTS = {app: 'app.roundtrip.test', app2: 'app.roundtrip.test', api: 'api.roundtrip.test', deep: 'v1.api.roundtrip.test', root: 'roundtrip.test', other: 'other.test', lh: 'localhost', lh2: 'localhost', ip: '127.0.0.1', uk: 'shop.example.co.uk', ghio: 'learner.github.io', sapp: 'app.roundtrip.test', sapp2: 'app.roundtrip.test', sapi: 'api.roundtrip.test', sroot: 'roundtrip.test', sother: 'other.test', slh: 'localhost'};
const HTTPS = (o) => o.startsWith('s') && o !== 'shop';

/** mulberry32: small, seeded, the same everywhere. */
function random(seed) {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = a;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export class Generator {
  constructor(seed) { this.next = random(seed); }
  chance(p) { return this.next() < p; }
  pick(list) { return list[Math.floor(this.next() * list.length)]; }
  some(list, p) { return list.filter(() => this.chance(p)); }
  number(low, high) { return low + Math.floor(this.next() * (high - low + 1)); }
  page() { return this.pick(PAGES); }
  /** Mixed content has a kind of its own. */
  target(page) {
    const list = HTTPS(page) ? TARGETS.filter((t) => HTTPS(t) || t === 'lh' || t === 'ip') : TARGETS;
    return this.chance(0.2) && list.includes(page) ? page : this.pick(list);
  }

  allowOrigin(page) {
    return this.pick(['*', `{${page}}`, `{${page}}`, `{${page}}`, 'null', `{${page}}/`, `{${page}.host}`, `{${page}}, {other}`, '', 'NULL', '**', `{${page}} {${page}}`, `http://*.roundtrip.test`, ` {${page}} `, 'true', '{other}']);
  }
  corsHeaders(page) {
    const headers = [];
    if (this.chance(0.9)) headers.push(['Access-Control-Allow-Origin', this.chance(0.65) ? this.pick(['*', `{${page}}`]) : this.allowOrigin(page)]);
    if (this.chance(0.5)) headers.push(['Access-Control-Allow-Credentials', this.pick(['true', 'true', 'True', 'false', '', 'true, true', ' true '])]);
    if (this.chance(0.5)) headers.push(['Access-Control-Expose-Headers', this.pick(['*', 'X-A', 'x-a, x-b', 'X-A X-B', '', ',,x-a,', 'Set-Cookie, X-A', 'x-a;x-b'])]);
    if (this.chance(0.5)) headers.push(['X-A', this.pick(['1', 'two', ' 3 '])], ['X-B', '2']);
    return headers;
  }
  preflightHeaders(page) {
    const headers = this.corsHeaders(page);
    if (this.chance(0.8)) headers.push(['Access-Control-Allow-Methods', this.pick(['*', 'PUT', 'PUT, DELETE', 'put', 'PUT,PATCH,DELETE,OPTIONS', 'GET, POST', '', 'PUT DELETE', ' PUT , DELETE '])]);
    if (this.chance(0.8)) headers.push(['Access-Control-Allow-Headers', this.pick(['*', 'X-A', 'x-a, content-type', 'X-A, X-B, Authorization, Content-Type', '', 'x-a;x-b', '*, authorization', 'CONTENT-TYPE'])]);
    if (this.chance(0.5)) headers.push(['Access-Control-Max-Age', this.pick(['0', '5', '60', '600', 'abc', '-1', '+10', '60.5', '', '99999999999'])]);
    return headers;
  }
  ownHeaders() {
    return this.some([['X-A', '1'], ['X-B', 'b'], ['Content-Type', this.pick(['application/json', 'text/plain', 'text/plain;a="b"', 'TEXT/PLAIN; x=1', 'multipart/form-data', 'application/x-www-form-urlencoded'])], ['Authorization', 'Bearer x'], ['Accept', this.pick(['application/json', 'a:b', 'x'.repeat(129)])], ['Accept-Language', this.pick(['de', 'de@x'])], ['Content-Language', 'en'], ['Range', this.pick(['bytes=0-1', 'bytes=-5', 'bytes=1-', 'bytes=3-1'])], ['Cache-Control', 'no-cache'], ['Cookie', 'a=1'], ['Sec-X', '1'], ['X-Method-Override', 'TRACE'], ['Save-Data', 'on'], ['If-None-Match', '"x"']], 0.15);
  }
  requestBody() {
    return this.pick([{type: 'text', value: '{"a":1}'}, {type: 'urlencoded', value: [['a', '1'], ['b', 'x y']]}, {type: 'blob', value: 'x', mime: this.pick(['text/plain', 'application/json', ''])}, {type: 'bytes', value: 'xyz'}, {type: 'formdata', value: [['a', '1']]}]);
  }
  init() {
    const init = {};
    if (this.chance(0.6)) init.method = this.pick(['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'put', 'patch', 'OPTIONS', 'post']);
    if (this.chance(0.4)) init.mode = this.pick(['cors', 'cors', 'no-cors', 'same-origin']);
    if (this.chance(0.5)) init.credentials = this.pick(['include', 'include', 'same-origin', 'omit']);
    if (this.chance(0.15)) init.redirect = this.pick(['follow', 'manual', 'error']);
    if (this.chance(0.15)) init.referrerPolicy = this.referrerPolicy();
    const headers = this.ownHeaders();
    if (headers.length) init.headers = headers;
    const method = (init.method || 'GET').toUpperCase();
    if (!['GET', 'HEAD'].includes(method) && this.chance(0.6)) init.body = this.requestBody();
    return init;
  }
  referrerPolicy() { return this.pick(['no-referrer', 'no-referrer-when-downgrade', 'origin', 'origin-when-cross-origin', 'same-origin', 'strict-origin', 'strict-origin-when-cross-origin', 'unsafe-url']); }

  cookie(host, https) {
    const secure = https && this.chance(0.4);
    const sameSite = this.pick(secure ? ['Strict', 'Lax', 'None', null] : ['Strict', 'Lax', null]);
    const hostOnly = this.chance(0.6) || host === 'localhost' || host === '127.0.0.1';
    const domain = hostOnly ? host : host.split('.').slice(-2).join('.') === 'roundtrip.test' ? 'roundtrip.test' : host;
    return {name: this.pick(['a', 'b', 'sid', 'theme']), value: String(this.number(1, 99)), domain, hostOnly, path: this.pick(['/', '/', '/d', '/other']), secure, httpOnly: this.chance(0.3), sameSite, expiresIn: this.chance(0.3) ? this.pick([100, 1000]) : null};
  }
  jar(origins) {
    const cookies = [];
    for (let n = this.number(0, 4); n > 0; --n) {
      const at = this.pick(origins), cookie = this.cookie(HOSTS[at], HTTPS(at));
      const known = (c) => c.name === cookie.name && c.domain === cookie.domain && c.path === cookie.path;
      if (!cookies.some(known)) cookies.push(cookie);
    }
    return cookies;
  }
  setCookie(host) {
    const parent = host.split('.').slice(1).join('.');
    const name = this.pick(['a', 'b', 'sid', '', '__Secure-x', '__Host-x', '__host-y', '__Http-z', ' c ', 'q"q', 'ü']);
    const value = this.pick(['1', '2', '', '"quoted"', 'a=b', 'x y', 'é', 'a\tb', '__Host-v=1']);
    const attributes = this.some([`Domain=${this.pick([host, '.' + host, parent, 'other.test', '', 'test', 'co.uk', host.toUpperCase()])}`, `Path=${this.pick(['/', '/d', 'd', '', '/d/', '/D'])}`, 'Secure', 'HttpOnly', `SameSite=${this.pick(['Lax', 'Strict', 'None', 'none', 'x', ''])}`, `Max-Age=${this.pick(['0', '60', '-1', '600', 'abc', '99999999999', '+500', '6.5'])}`, `Expires=${this.pick(['Sat, 01 Jan 2000 10:00:00 GMT', 'Fri, 01-Jan-99 10:00:00 GMT', 'x', 'Sat, 31 Feb 2099 10:00:00 GMT', '2099-01-01'])}`, 'Partitioned', 'foo=bar', 'secure=no'], 0.25);
    return [name + (this.chance(0.9) ? '=' : '') + value, ...attributes].join(this.pick(['; ', ';', ' ; ']));
  }
  element(as, headers = [], extra = {}) {
    const typed = headers.some(([n]) => n === 'Content-Type') ? headers : [['Content-Type', TYPE[as]], ...headers];
    const body = as === 'image' ? {body: '', bodyBase64: PIXEL} : {body: BODY[as]};
    return {status: 200, headers: typed, ...body, ...extra};
  }
  attributes(as) {
    const extra = {};
    if (as !== 'iframe' && this.chance(0.25)) extra.crossorigin = this.pick(['anonymous', 'use-credentials', '', 'x']);
    if (as === 'script' && this.chance(0.15)) extra.type = 'module';
    return extra;
  }
  source(page) {
    const t = this.pick(TARGETS);
    return this.pick([`'self'`, `'none'`, '*', 'http:', 'https:', 'ws:', 'data:', `{${t}}`, `{${t}}`, `{${page}}`, `{${t}.name}`, `{${t}.name}:*`, `*.roundtrip.test:*`, `http://*.roundtrip.test:*`, `{${t}}/d`, `{${t}}/d/`, `{${t}}/`, `'unsafe-inline'`, `'nonce-abc'`, `'strict-dynamic'`, `'SELF'`, `*:{${t}.port}`, `http://{${t}.host}`, `https://{${t}.host}`, `'unsafe-eval'`, `HTTP://{${t}.name}:*`]);
  }
  policy(page, names) {
    const parts = [];
    for (let n = this.number(1, 2); n > 0; --n) parts.push(`${this.pick(names)} ${Array.from({length: this.number(0, 2)}, () => this.source(page)).join(' ')}`.trim());
    return parts.join(this.pick(['; ', ';']));
  }
}

const route = (at, path, ...responses) => ({at, method: '*', path, responses});
const ok = (headers = [], status = 200, body = 'ok') => ({status, headers, body});

export const kinds = {
  cors(g) {
    const page = g.page(), to = g.target(page);
    const preflight = {status: g.pick([200, 204, 204, 204, 404, 302, 301, 299, 500]), headers: g.preflightHeaders(page), body: ''};
    if ([301, 302].includes(preflight.status) && g.chance(0.5)) preflight.headers.push(['Location', '/e']);
    const server = [{at: to, method: 'OPTIONS', path: '/d', responses: [preflight]}, route(to, '/d', ok(g.corsHeaders(page), g.pick([200, 200, 200, 201, 404, 500])))];
    const steps = [];
    for (let n = g.number(1, 3); n > 0; --n) steps.push({fetch: {url: `{${to}}/d`, init: g.init()}});
    if (g.chance(0.3)) steps.splice(1, 0, {advanceTime: g.pick([4, 6, 70])});
    return {page: {origin: page}, cookies: g.jar([to]), server, steps};
  },
  simplecors(g) {
    const page = g.page(), to = g.target(page);
    const twice = g.chance(0.2);
    const headers = [['Access-Control-Allow-Origin', g.allowOrigin(page)], ...(twice ? [['Access-Control-Allow-Origin', g.allowOrigin(page)]] : []), ...g.some([['Access-Control-Allow-Credentials', g.pick(['true', 'TRUE', ' true', 'yes'])]], 0.6)];
    return {page: {origin: page}, server: [route(to, '/d', ok(headers))], steps: [{fetch: {url: `{${to}}/d`, init: g.chance(0.6) ? {credentials: 'include'} : {}}}]};
  },
  redirects(g) {
    const page = g.page();
    const hops = Array.from({length: g.number(1, 3)}, () => g.target(page));
    const end = g.target(page), server = [];
    hops.forEach((at, i) => {
      const next = i + 1 < hops.length ? `{${hops[i + 1]}}/r${i + 1}` : `{${end}}/d`;
      const location = g.chance(0.85) ? next : g.pick(['/d', 'd?x', '//other.test/x', 'data:,x', 'ftp://x/', 'about:blank', '', 'http://u:p@{api.host}/d', 'javascript:1', 'http://', '?q', '#f']);
      server.push(route(at, `/r${i}`, {status: g.pick([301, 302, 303, 307, 308, 302, 307]), headers: [['Location', location], ...g.corsHeaders(page), ...g.some([['Referrer-Policy', g.referrerPolicy()], ['Set-Cookie', 'hop=1'], ['Cross-Origin-Resource-Policy', 'same-origin']], 0.15)], body: ''}));
    });
    server.push({at: end, method: 'OPTIONS', path: '*', responses: [{status: 204, headers: g.preflightHeaders(page), body: ''}]});
    server.push(route(end, '/d', ok(g.corsHeaders(page))));
    return {page: {origin: page, path: '/p?q'}, cookies: g.jar([...hops, end]), server, steps: [{fetch: {url: `{${hops[0]}}/r0${g.chance(0.2) ? '#f' : ''}`, init: g.init()}}]};
  },
  cookies(g) {
    const page = g.page(), to = g.target(page), host = HOSTS[to];
    const lines = Array.from({length: g.number(1, 4)}, () => ['Set-Cookie', g.setCookie(host)]);
    const credentials = g.pick(['include', 'include', 'same-origin', 'omit']);
    const steps = [{fetch: {url: `{${to}}/d`, init: {credentials, mode: 'no-cors'}}}, {fetch: {url: `{${to}}/d/e`, init: {credentials: 'include', mode: 'no-cors'}}}];
    if (g.chance(0.4)) steps.push({setDocumentCookie: g.setCookie(HOSTS[page])}, {readDocumentCookie: true});
    if (g.chance(0.4)) steps.push({open: {origin: to, path: '/d/page'}}, {readDocumentCookie: true});
    if (g.chance(0.3)) steps.push({advanceTime: g.pick([30, 130, 700])}, {fetch: {url: `{${to}}/d`, init: {credentials: 'include', mode: 'no-cors'}}});
    return {page: {origin: page}, cookies: g.jar([to, page]), server: [route(to, '/d', ok(lines)), route(to, '/d/e', ok())], steps};
  },
  navigation(g) {
    const page = g.page(), to = g.pick(TARGETS);
    const form = g.chance(0.5);
    const navigate = {url: `{${to}}/n${g.pick(['', '?a=b', '#f'])}`};
    if (form) Object.assign(navigate, {form: g.pick(['GET', 'POST']), fields: g.pick([[], [['a', '1'], ['b', 'x y&ü']]])}, g.chance(0.4) ? {enctype: g.pick(['multipart/form-data', 'text/plain'])} : {});
    else if (g.chance(0.2)) navigate.rel = g.pick(['noreferrer', 'noopener']);
    if (!form && g.chance(0.3)) navigate.referrerPolicy = g.referrerPolicy();
    if (HTTPS(page) && !HTTPS(to) && form) navigate.form = 'GET', delete navigate.enctype, navigate.url = `{${page}}/n`;
    const html = [['Content-Type', 'text/html']];
    const hop = g.target(page);
    const first = g.chance(0.3) && !form ? {status: g.pick([302, 303, 307]), headers: [['Location', `{${hop}}/z`]], body: ''} : ok([...html, ...Array.from({length: g.number(0, 2)}, () => ['Set-Cookie', g.setCookie(HOSTS[to])])], g.pick([200, 200, 404, 500]), ICON + '<p>x');
    return {page: {origin: page, path: '/p?q', ...(g.chance(0.3) ? {headers: [['Referrer-Policy', g.referrerPolicy()]]} : {})}, cookies: g.jar([to, page, hop]), server: [route(to, '/n', first), route(page, '/n', first), route(hop, '/z', ok(html, 200, ICON + '<p>z'))], steps: [{navigate}, {readDocumentCookie: true}]};
  },
  referrer(g) {
    const page = g.page(), to = g.target(page);
    const header = g.pick([g.referrerPolicy(), g.referrerPolicy().toUpperCase(), `x, ${g.referrerPolicy()}`, `${g.referrerPolicy()}, never`, '', `${g.referrerPolicy()},${g.referrerPolicy()}`]);
    const init = {mode: g.pick(['cors', 'no-cors'])};
    if (g.chance(0.4)) init.referrerPolicy = g.referrerPolicy();
    if (g.chance(0.4)) init.referrer = g.pick(['', 'about:client', `{${page}}/own?x#y`, '{other}/x', '/rel']);
    if (g.chance(0.3)) init.method = 'POST';
    const as = g.pick(['script', 'image', 'style', 'iframe']);
    return {page: {origin: page, path: '/p/here?q=1#f', headers: [['Referrer-Policy', header]]}, server: [route(to, '/d', ok([['Access-Control-Allow-Origin', '*']])), route(to, '/e', g.element(as))], steps: [{fetch: {url: `{${to}}/d`, init}}, {load: {as, url: `{${to}}/e`}}]};
  },
  csp(g) {
    const page = g.page(), to = g.target(page), second = g.target(page);
    const names = ['connect-src', 'default-src', 'script-src', 'img-src', 'style-src', 'frame-src', 'child-src', 'script-src-elem', 'style-src-elem', 'form-action', 'base-uri'];
    const headers = [[g.chance(0.2) ? 'Content-Security-Policy-Report-Only' : 'Content-Security-Policy', g.policy(page, names)]];
    if (g.chance(0.2)) headers.push(['Content-Security-Policy', g.policy(page, names)]);
    const steps = [], server = [];
    for (const at of new Set([to, second])) {
      for (const as of ['script', 'style', 'image', 'iframe']) server.push(route(at, `/${as}`, g.element(as)));
      server.push(route(at, '/d', g.chance(0.2) ? {status: 302, headers: [['Access-Control-Allow-Origin', '*'], ['Location', `{${second}}/x`]], body: ''} : ok([['Access-Control-Allow-Origin', '*']])), route(at, '/x', ok([['Access-Control-Allow-Origin', '*']])));
    }
    for (let n = g.number(1, 3); n > 0; --n) {
      const at = g.pick([to, second]), as = g.pick(['fetch', 'script', 'style', 'image', 'iframe']);
      steps.push(as === 'fetch' ? {fetch: {url: `{${at}}/d`}} : {load: {as, url: `{${at}}/${as}`}});
    }
    return {page: {origin: page, headers}, server, steps};
  },
  frames(g) {
    const page = g.page(), to = g.target(page);
    const headers = [];
    for (let n = g.number(0, 2); n > 0; --n) headers.push(['X-Frame-Options', g.pick(['DENY', 'SAMEORIGIN', 'sameorigin', 'ALLOWALL', 'ALLOW-FROM {app}', 'x', '', 'DENY, SAMEORIGIN', 'SAMEORIGIN,', 'deny;'])]);
    if (g.chance(0.5)) headers.push([g.chance(0.2) ? 'Content-Security-Policy-Report-Only' : 'Content-Security-Policy', g.policy(page, ['frame-ancestors', 'frame-ancestors', 'default-src', 'script-src'])]);
    return {page: {origin: page}, server: [route(to, '/e', g.element('iframe', headers))], steps: [{load: {as: 'iframe', url: `{${to}}/e`}}]};
  },
  mime(g) {
    const page = g.page(), to = g.target(page), as = g.pick(['script', 'style', 'image', 'iframe', 'script']);
    const type = g.pick(['text/javascript', 'application/javascript', 'text/plain', 'text/html', 'application/json', 'text/css', 'image/png', 'image/svg+xml', 'text/csv', 'application/octet-stream', '', 'text/xml', 'audio/mpeg', 'application/pdf', 'x/y', 'text/javascript; charset=utf-8', 'TEXT/HTML', 'application/xhtml+xml', 'application/zip', null]);
    const headers = [];
    if (g.chance(0.5)) headers.push(['X-Content-Type-Options', g.pick(['nosniff', 'nosniff', 'NoSniff', 'nosniff, x', 'x, nosniff', ''])]);
    const response = g.element(as, [['Content-Type', type], ...headers], g.chance(0.15) ? {status: g.pick([404, 500, 204, 201])} : {});
    if (type === null) response.headers = headers;
    if (g.chance(0.25) && as !== 'iframe') Object.assign(response, {body: g.pick(['<!doctype html><p>x', '{"a":1}', '[1]', '<?xml version="1.0"?><a/>', ")]}'\n{}", '']), bodyBase64: undefined});
    if (response.bodyBase64 === undefined) delete response.bodyBase64;
    return {page: {origin: page}, server: [route(to, '/e', response)], steps: [{load: {as, url: `{${to}}/e`, ...g.attributes(as)}}]};
  },
  policy(g) {
    const page = g.page(), to = g.target(page), as = g.pick(['script', 'image', 'style', 'fetch', 'iframe']);
    const headers = [];
    if (g.chance(0.8)) headers.push(['Cross-Origin-Resource-Policy', g.pick(['same-origin', 'same-site', 'cross-origin', 'SAME-SITE', '', 'same-origin, same-site', ' same-site '])]);
    if (g.chance(0.3)) headers.push(['Cross-Origin-Embedder-Policy', g.pick(['require-corp', 'credentialless', 'unsafe-none'])]);
    const pageHeaders = g.chance(0.5) ? [['Cross-Origin-Embedder-Policy', g.pick(['require-corp', 'credentialless', 'require-corp; report-to="x"', 'x'])]] : [];
    const step = as === 'fetch' ? {fetch: {url: `{${to}}/e`, init: {mode: 'no-cors', credentials: g.pick(['include', 'omit'])}}} : {load: {as, url: `{${to}}/e`, ...g.attributes(as)}};
    return {page: {origin: page, headers: pageHeaders}, cookies: g.jar([to]), server: [route(to, '/e', as === 'fetch' ? ok(headers) : g.element(as, headers))], steps: [step]};
  },
  mixed(g) {
    const page = g.pick(['sapp', 'slh', 'sother']), to = g.pick(TARGETS), as = g.pick(['script', 'image', 'style', 'iframe', 'fetch']);
    const headers = g.chance(0.3) ? [['Content-Security-Policy', g.pick(['upgrade-insecure-requests', 'upgrade-insecure-requests; default-src *', 'block-all-mixed-content'])]] : [];
    const step = as === 'fetch' ? {fetch: {url: `{${to}}/e`, init: {mode: g.pick(['cors', 'no-cors'])}}} : {load: {as, url: `{${to}}/e`, ...g.attributes(as)}};
    const response = as === 'fetch' ? ok([['Access-Control-Allow-Origin', '*']]) : g.element(as, [['Access-Control-Allow-Origin', '*']]);
    return {page: {origin: page, headers}, server: [route(to, '/e', response)], steps: [step]};
  },
  cache(g) {
    const page = g.pick(['app', 'lh', 'api']), to = g.chance(0.5) ? page : g.pick(['api', 'lh2', 'other', 'app2', 'app']);
    const headers = [['Access-Control-Allow-Origin', '*'], ...g.some([['Cache-Control', g.pick(['max-age=60', 'no-store', 'no-cache', 'max-age=0', 'private, max-age=60', 'max-age=60, must-revalidate', 'max-age=0, must-revalidate', 's-maxage=60'])], ['ETag', g.pick(['"a"', 'W/"a"'])], ['Vary', g.pick(['X-A', 'Accept', '*', 'Cookie', 'Origin'])], ['Pragma', 'no-cache'], ['Age', g.pick(['0', '50', '100'])]], 0.4)];
    // A 304 that nobody asked for says nothing about caching.
    const tagged = headers.some(([n]) => n === 'ETag') && !headers.some(([, v]) => v.includes('no-store'));
    const again = tagged && g.chance(0.5) ? {status: 304, headers: [...headers, ['X-New', '1']]} : ok(headers, 200, 'two');
    const steps = Array.from({length: g.number(2, 4)}, () => ({fetch: {url: `{${to}}/d`, init: {...(g.chance(0.5) ? {cache: g.pick(['default', 'no-store', 'reload', 'no-cache', 'force-cache'])} : {}), ...(g.chance(0.25) ? {method: g.pick(['HEAD', 'POST'])} : {}), ...(g.chance(0.2) ? {headers: [['X-A', g.pick(['1', '2'])]]} : {}), ...(g.chance(0.2) ? {credentials: 'include'} : {})}}}));
    if (g.chance(0.4)) steps.splice(1, 0, {advanceTime: g.pick([30, 70])});
    return {page: {origin: page}, server: [{at: to, method: 'OPTIONS', path: '*', responses: [{status: 204, headers: [['Access-Control-Allow-Origin', '*'], ['Access-Control-Allow-Headers', '*']], body: ''}]}, route(to, '/d', ok(headers, g.pick([200, 200, 200, 404]), 'one'), again)], steps};
  },
  websocket(g) {
    const page = g.page(), to = g.target(page);
    const wanted = g.chance(0.5) ? g.pick([['a'], ['a', 'b'], 'chat', [], ['a', 'a'], ['a b']]) : undefined;
    const headers = [['Upgrade', g.pick(['websocket', 'websocket', 'websocket', 'WebSocket', 'h2c', 'websocket, x'])], ['Connection', g.pick(['Upgrade', 'Upgrade', 'Upgrade', 'keep-alive, Upgrade', 'keep-alive', 'upgrade'])], ['Sec-WebSocket-Accept', g.pick(['{accept}', '{accept}', '{accept}', '{accept}', 'AAAA', ' {accept} '])]].filter(() => g.chance(0.95));
    if (wanted !== undefined ? g.chance(0.8) : g.chance(0.1)) headers.push(['Sec-WebSocket-Protocol', g.pick(['a', 'a', 'b', 'chat', 'A', '', 'a, b', ' a '])]);
    if (g.chance(0.3)) headers.push(['Sec-WebSocket-Extensions', g.pick(['permessage-deflate', 'permessage-deflate; client_max_window_bits=10', 'permessage-deflate; server_max_window_bits=7', 'x-foo', '', 'permessage-deflate; foo', 'permessage-deflate; server_no_context_takeover', 'permessage-deflate; server_max_window_bits="10"', 'permessage-deflate, permessage-deflate', 'permessage-deflate; client_max_window_bits', 'permessage-deflate; server_no_context_takeover; server_no_context_takeover', 'PERMESSAGE-DEFLATE', 'permessage-deflate;'])]);
    headers.push(...g.some([['Set-Cookie', g.setCookie(HOSTS[to])]], 0.3));
    const frames = g.chance(0.4) ? [...g.some([{text: 'hi'}, {text: 'é☃'}], 0.5), {close: g.pick([[1000, 'bye'], [1001], [4000, 'custom'], [1005], [999], [1011, 'x'], [3000], [1006], [1015], [1004], [1012, 'é']])}] : undefined;
    const response = g.chance(0.85) ? {status: 101, headers, body: '', ...(frames ? {frames} : {})} : {status: g.pick([200, 301, 400, 401, 403, 404, 426, 500]), headers: [], body: 'no'};
    const url = `${HTTPS(to) ? 'wss' : 'ws'}://{${to}.host}/ws${g.chance(0.1) ? '?q=1' : ''}`;
    const step = {websocket: {url, ...(wanted !== undefined ? {protocols: wanted} : {}), ...(frames && response.status === 101 ? {waitForServer: true} : {})}};
    return {page: {origin: page}, cookies: g.jar([to]), server: [route(to, '/ws', response)], steps: [step]};
  },
};

export function generate(seed, count, names = Object.keys(kinds)) {
  const g = new Generator(seed), cases = [];
  for (let i = 0; i < count; ++i) {
    const name = names[i % names.length];
    const made = kinds[name](g);
    cases.push({id: `live-${seed}-${String(i + 1).padStart(3, '0')}`, about: name, ...made, unmatchedOk: true, exceptionOk: true});
  }
  return {family: 'live', about: `random cases of seed ${seed}`, format: 1, cases};
}

if (process.argv[1] && process.argv[1].endsWith('generate.mjs')) {
  const [seed, count, ...names] = process.argv.slice(2);
  process.stdout.write(JSON.stringify(generate(Number(seed), Number(count), names.length ? names : undefined)));
}
