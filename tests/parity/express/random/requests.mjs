// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT
// Random lists of requests to the reference server's routes, in the form of the case files.
import { ORIGINS } from './configs.mjs';
import { cookieCall, cookieHeader, jwtCall, sessionCall, token } from './auths.mjs';
import { bodyRequest, formText } from './bodies.mjs';

const enc = encodeURIComponent;
const LOGIN = { email: 'test@example.com', password: '123456' };

// ---- headers --------------------------------------------------------------------------------------
const CODINGS = ['gzip', 'deflate', 'br', 'identity', '*', 'x-gzip', 'compress', 'GZIP', 'zstd'];
const weight = (r) => r.pick(['', '', '', ';q=1', ';q=0', ';q=0.5', ';q=0.001', ';q=1.0', '; q=0.3', ';Q=0', ';q=x', ';q=', ';foo=bar', ';q=2', ';q=-1', ';foo=1;q=0']);
const acceptEncoding = (r) => (r.chance(0.4) ? r.pick(['gzip', 'gzip, deflate', 'gzip, deflate, br', 'br', 'deflate', '', '*', 'identity']) : r.list(1, 4, () => r.pick(CODINGS) + weight(r)).join(r.pick([', ', ',', ' , '])));
const MEDIA = ['text/html', 'text/plain', 'text/*', '*/*', 'application/json', 'text/html;level=1', 'TEXT/HTML', 'text', 'x/y', 'application/xhtml+xml'];
const accept = (r) => r.list(1, 3, () => r.pick(MEDIA) + weight(r)).join(r.pick([', ', ',']));
const DATES = ['Tue, 14 Nov 2023 22:13:20 GMT', 'Tue, 14 Nov 2023 22:13:21 GMT', 'Mon, 13 Nov 2023 00:00:00 GMT', 'nonsense', '', 'Thu, 01 Jan 1970 00:00:00 GMT', '2024-01-01', 'Tuesday, 14-Nov-23 22:13:20 GMT'];
const ETAGS = ['*', '"x"', 'W/"x"', 'W/"4-DlFKBmK8tp3IY5U9HOJuPUDoGoc"', '"4-DlFKBmK8tp3IY5U9HOJuPUDoGoc"', '"a", "x"', '', '"a",W/"4-DlFKBmK8tp3IY5U9HOJuPUDoGoc"', 'W/*', '"fixed"', 'W/"fixed"', ' "x" '];
const HOSTS = ['lab.test', 'LAB.test:8080', 'a.b.example.com', '127.0.0.1', '[::1]:3000', '', 'a.b.c.d.e', 'localhost', 'x:y:z', '192.168.0.1:80', 'lab.test.'];
const FORWARDED = ['203.0.113.9', '203.0.113.9, 10.0.0.1', '10.0.0.1,127.0.0.1', '', 'nonsense', '::1', '2001:db8::1, 198.51.100.4', ' 1.2.3.4 ', ',', '1.2.3.4:80', '[::1]:80', '::ffff:10.0.0.1', '203.0.113.9,,10.0.0.1', 'unknown, 127.0.0.1'];
const HEADERS = {
  Origin: [3, (r) => r.pick([...ORIGINS, ''])],
  'Access-Control-Request-Method': [0.8, (r) => r.pick(['GET', 'PUT', 'DELETE', ''])],
  'Access-Control-Request-Headers': [1.2, (r) => r.pick(['x-a', 'content-type,x-b', 'X-A, X-B', '', '*', ' x '])],
  'Accept-Encoding': [4, acceptEncoding],
  Accept: [1.2, accept],
  'If-None-Match': [1, (r) => r.pick(ETAGS)],
  'If-Modified-Since': [0.7, (r) => r.pick(DATES)],
  'Cache-Control': [0.4, (r) => r.pick(['no-cache', 'max-age=0', 'no-store', 'max-age=1,no-cache', 'x-no-cache', 'NO-CACHE'])],
  'X-Forwarded-For': [0.9, (r) => r.pick(FORWARDED)],
  'X-Forwarded-Proto': [0.8, (r) => r.pick(['https', 'http', 'https, http', '', ' https ', 'HTTPS', 'ftp', ',https'])],
  'X-Forwarded-Host': [0.5, (r) => r.pick(HOSTS.concat('shop.test, lab.test', ' shop.test'))],
  'X-Requested-With': [0.3, (r) => r.pick(['XMLHttpRequest', 'xmlhttprequest', 'x'])],
  Cookie: [1, cookieHeader],
  Authorization: [0.8, (r) => r.pick(['Bearer ', 'bearer ', 'Basic ', '', 'Bearer  ', 'BEARER ']) + token(r) + r.pick(['', '', '', ' x', ' '])],
  Referer: [0.3, (r) => r.pick(['http://lab.test/from', '/rel', 'http://lab.test/ü'])],
  Referrer: [0.1, () => 'http://lab.test/referrer'],
  Connection: [0.3, (r) => r.pick(['close', 'keep-alive', 'Close', 'x', 'keep-alive, close', 'upgrade'])],
  Expect: [0.1, (r) => r.pick(['100-continue', '100-Continue', 'x'])],
  'x-no-compression': [0.3, () => '1'],
  'X-Nonce': [0.3, (r) => r.pick(['abc', '', 'a b', 'ü', 'a;b', 'a,b'])],
  'X-Source': [0.3, (r) => r.pick(['https://cdn.test', '', 'self', 'a;b', "'none'", 'ü', 'unsafe-inline'])],
  'X-Lab-Now': [0.3, (r) => r.pick(['1700000005000', '1700003600000', 'x', '', '1699999999999', '1e12'])],
  TE: [0.05, () => 'trailers'], Range: [0.15, () => 'bytes=0-1'], Upgrade: [0.03, () => 'websocket'], 'X-HTTP-Method-Override': [0.05, () => 'PUT'], 'X-Ü': [0, () => ''],
};
const HEADER_TABLE = Object.entries(HEADERS).map(([name, [w]]) => [w, name]);
function headers(r) {
  const list = [];
  for (let n = r.pick([0, 1, 1, 2, 2, 3, 4]); n > 0; n--) {
    const name = r.weighted(HEADER_TABLE);
    if (list.some(([k]) => k === name) && !r.chance(0.15)) continue;
    list.push([r.chance(0.06) ? name.toLowerCase() : r.chance(0.03) ? name.toUpperCase() : name, Buffer.from(HEADERS[name][1](r)).toString('latin1')]);
  }
  return list;
}

// ---- paths ----------------------------------------------------------------------------------------
const TYPES = ['json', 'text', 'html', 'css', 'js', 'tjs', 'xml', 'svg', 'csv', 'md', 'ldjson', 'problem', 'manifest', 'sse', 'wasm', 'pdf', 'form', 'multipart', 'png', 'jpeg', 'webp', 'bmp', 'ico', 'zip', 'gzip', 'bin', 'mp4', 'woff2', 'ttf', 'otf', 'upper', 'unknown', 'unknowntext', 'vnd', 'vndxml', 'none'];
const CONTENT_TYPES = ['text/html;charset=utf-8', ' text/plain', 'TEXT/PLAIN', 'garbage', 'application/x-foo+json', 'text/html; charset=iso-8859-1', 'application/json;', '', 'image/svg+xml', 'text', 'application/json; charset="utf-8"; v=1', 'font/ttf', 'x/y+xml', 'text/event-stream', 'text/html, x/y'];
function dataPath(r) {
  const q = r.members({
    bytes: () => r.pick([0, 1, 10, 11, 99, 100, 1000, 1023, 1024, 1025, 2000, 3000, 17000, 70000, -1, 'x']), type: () => r.pick(TYPES), mode: () => r.pick(['send', 'end', 'length', 'head', 'write', 'x']), status: () => r.pick([200, 201, 204, 205, 206, 304, 400, 404, 500, 599, 600, 226, 'x', '200.5']),
    ct: () => r.pick(CONTENT_TYPES), cc: () => r.pick(['no-transform', 'public, No-Transform', 'max-age=1', 'x-no-transform', 'no-transform=1', ' no-transform ,x']), ce: () => r.pick(['identity', 'gzip', 'x', 'IDENTITY', '']), vary: () => r.pick(['Origin', '*', 'accept-encoding', 'a, b', '']), etag: () => r.pick(['"x"', 'W/"x"', 'x', '']), lm: () => r.pick(DATES),
  }, 0.33);
  return '/api/data?' + r.shuffled(Object.entries(q)).map(([k, v]) => `${k}=${enc(v)}`).join('&');
}
const streamPath = (r) => '/stream?' + Object.entries(r.members({ chunks: () => r.pick([0, 1, 2, 5, 20]), size: () => r.pick([0, 1, 10, 32, 1000, 20000]), flush: () => r.pick([1, 1, 0]), type: () => r.pick(['txt', 'html', 'json', 'png', 'text/event-stream', 'x', '', 'application/json', 'svg', 'bin', 'md', 'text/html; charset=iso-8859-1', 'js']), delay: () => r.pick([0, 0, 1]) }, 0.5)).map(([k, v]) => `${k}=${enc(v)}`).join('&');
const TARGETS = ['/ping', 'http://other.test/x?a=b&c=d', 'back', '/ü x', '"><script>', '//evil.test', '', 'relative', '/a%20b%zz', 'http://[::1]/', '/a\u0000b', 'http://ü.test/ü?ü', '\\\\evil', '/x\r\ny', "javascript:alert('1')", '/😀', '/%E4', 'http://a b/', '[x]', '/|^`{}'];
const redirectPath = (r) => '/redirect?' + Object.entries(r.members({ to: () => r.pick(TARGETS), status: () => r.pick([301, 302, 303, 307, 308, 300, 304, 200, 399, 400, 204, 'x']) }, 0.6)).map(([k, v]) => `${k}=${enc(v)}`).join('&');
const errorPath = (r) => '/error?' + Object.entries(r.members({ status: () => r.pick([400, 401, 404, 418, 499, 500, 503, 599, 600, 200, 399, 'abc', '', '404.5', -1, ' 404', '0x194', '4e2']), message: () => r.pick(['boom', '<b>', 'ü', '', 'a  b', '"q" & \'s\'']), retry: () => r.pick(['30', '', 'x', 'a\nb', 'ü']), res: () => r.pick([200, 204, 304, 400, 404, 409, 500, 599, 'x']), throw: () => r.pick([1, 0]) }, 0.4)).map(([k, v]) => `${k}=${enc(v)}`).join('&');
const ODD_PATHS = ['/', '/nope', '//ping', '/ping/', '/ping//', '/PING', '/Ping?x', '/%70ing', '/ping#x', '/ping?#x', '/api', '/api/', '/api/items', '/api/items/', '/api/items/42', '/api/items/a%20b', '/api/items/%zz', '/api/items/%C3%A4', '/api/items/a%2Fb', '/api/items/a/b', '/api/items/%', '/api/items/%E4', '/API/ITEMS/X', '/api/user/', '/../ping', '/./ping', '/a\\b', '/<x>', "/a\"b'c&d", '/ü', '/a b'.replace(' ', '%20'), '/%00', '/;x', '/ping;x', '/a|b^c`d{e}', '/%2e%2e/ping', '?x', '*', 'http://lab.test/ping', 'http://lab.test', 'HTTP://x/ping?a=1', 'ping', '/api/items/..', '/a%', '/a%zz%20', '/😀', '/lab', '/me/', '/login/', '/favicon.ico', '/api/items/%F0%9F%98%80', '/stream/', '//x/ping', '///', '/ping?a=1?b', '/api/echo/?x=1', '/__proto__', '/constructor'];
const oddPath = (r) => Buffer.from(r.chance(0.85) ? r.pick(ODD_PATHS) : '/' + r.list(1, 8, () => r.pick([...'abz%/.;:@!$&\'()*+,=-_~|^`{}[]"<>\\', '%20', '%25', '%e4', '%', '%zz', 'ü', '//', 'ping'])).join('')).toString('latin1');
const query = (r) => Buffer.from(formText(r, true)).toString('latin1');

// ---- single requests ------------------------------------------------------------------------------
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'SEARCH', 'PURGE', 'TRACE', 'LINK', 'QUERY', 'MKCOL', 'REPORT', 'M-SEARCH', 'SOURCE', 'NOTIFY', 'UNSUBSCRIBE', 'LOCK', 'ACL'];
const get = (path) => ({ path });
const login = (r) => ({ method: 'POST', path: '/login', json: r.weighted([[8, LOGIN], [1, { ...LOGIN, password: 'x' }], [0.5, { email: 1 }], [0.5, []], [0.3, { ...LOGIN, email: [LOGIN.email] }]]) });
const user = (r) => r.weighted([
  [3, () => get('/api/user' + r.pick(['', '', '?role=admin', '?role=user&role=admin', '?role=x', '?role[]=admin', '?role[a]=admin', '?role=', '?x=1']))],
  [2, () => ({ method: r.pick(['PUT', 'POST', 'PATCH']), path: '/api/user', json: r.members({ name: () => 'Bob', email: () => r.pick(['b@x.test', null, ['a'], { b: 1 }]), role: () => 'editor', admin: () => true, id: () => 9, __proto__: () => 1 }, 0.5) })],
  [1, () => ({ method: r.pick(['PUT', 'POST', 'PATCH']), path: '/api/user', form: formText(r, false) })], [1, { method: 'DELETE', path: '/api/user' }],
]);
const updates = (r) => r.weighted([
  [2, () => get('/lab/updates' + r.pick(['', '?since=0', '?since=1', '?since=2', '?since=x', '?since=', '?since=-1', '?since=1&since=2', '?since[]=1', '?since=9999999999', '?since=01']))],
  [1, () => get('/lab/updates/long?since=' + r.pick(['0', '1', '2&timeout=0', '2&timeout=5', 'x', '9&timeout=1']))],
  [1, () => ({ method: 'POST', path: '/lab/updates', json: r.pick([{ text: 'new' }, { text: '' }, { text: 1 }, {}, [], { text: 'ü' }]) })], [0.5, () => get('/lab/updates/waiting')],
]);
const preflight = (r) => ({
  method: 'OPTIONS', path: r.pick(['/ping', '/api/user', '/api/echo', '/nope', '/lab/session', '*', '/api/items/1', '/login', '/api/']),
  headers: [['Origin', r.pick(ORIGINS)], ['Access-Control-Request-Method', r.pick(['GET', 'PUT', 'DELETE'])], ...(r.chance(0.5) ? [['Access-Control-Request-Headers', r.pick(['x-a', 'content-type, authorization', ''])]] : [])],
});
const wrong = (r) => ({ method: r.pick(METHODS), path: r.pick(['/ping', '/api/user', '/api/echo', '/nope', '/login', '/me', '/api/data', '/stream', '/redirect', '/error', '/lab/request']) });

const TOPICS = {
  plain: [2, (r) => get(r.pick(['/ping', '/ping?x=1', '/lab/request', '/api/items/7', '/nope', '/me']))],
  data: [4, (r) => get(dataPath(r))], stream: [1.2, (r) => get(streamPath(r))], redirect: [1, (r) => get(redirectPath(r))], error: [1.2, (r) => get(errorPath(r))],
  echo: [3, (r) => get('/api/echo?' + query(r))], body: [5, bodyRequest], user: [1.5, user], preflight: [2, preflight], wrong: [1, wrong], odd: [1.2, (r) => ({ method: r.chance(0.8) ? 'GET' : r.pick(METHODS), path: oddPath(r) })],
  updates: [0.7, updates], login: [1.5, login], cookies: [1.2, cookieCall], jwt: [1, jwtCall], session: [0.8, sessionCall], me: [1, (r) => r.pick([get('/me'), { method: 'POST', path: '/logout' }, get('/visits')])],
};
const TOPIC_TABLE = Object.entries(TOPICS).map(([name, [w]]) => [w, name]);

function withHeaders(r, request) {
  const own = Array.isArray(request.headers) ? request.headers : Object.entries(request.headers ?? {});
  const extra = headers(r).filter(([name]) => !own.some(([k]) => k.toLowerCase() === name.toLowerCase()));
  return own.length + extra.length ? { ...request, headers: [...own, ...extra] } : request;
}
function spice(r, request) {
  if (request.method === undefined && r.chance(0.08)) request.method = 'HEAD';
  if (r.chance(0.03)) request.version = '1.0';
  if (r.chance(0.05)) request.host = r.pick(HOSTS);
  else if (r.chance(0.01)) request.host = null;
  if (r.chance(0.02)) request.split = r.int(1, 60);
  if (r.chance(0.03)) request.conn = r.pick(['b', 'new']);
  return request;
}

/// A login and what follows it, with the cookies or the token that it gave.
function conversation(r, topics) {
  const jar = r.pick(['j', 'k']);
  const list = [{ ...withHeaders(r, login(r)), jar, capture: { t: 'json:/token' } }];
  for (let n = r.int(1, 4); n > 0; n--) {
    const next = r.weighted([[3, get('/me')], [1, { method: 'POST', path: '/logout' }], [1.5, get('/visits')], [topics.includes('session') ? 2 : 0, () => sessionCall(r)], [0.5, () => login(r)], [0.5, get('/ping')]]);
    const request = withHeaders(r, { ...next, ...(r.chance(0.9) ? { jar } : {}) });
    if (r.chance(0.6)) request.headers = [...(request.headers ?? []).filter(([k]) => k !== 'Authorization'), ['Authorization', 'Bearer {{t}}']];
    list.push(request);
  }
  return list;
}
/// Long polling: somebody waits, news come or the client gives up.
function polling(r) {
  const since = r.pick([2, 2, 2, 3, 9]);
  const wait = { path: `/lab/updates/long?since=${since}&timeout=3000`, conn: 'poll' };
  if (r.chance(0.25)) return [{ ...wait, abortMs: 80 }, { path: '/lab/updates/waiting', delayMs: 80 }];
  const news = { method: 'POST', path: '/lab/updates', json: r.chance(0.9) ? { text: 'news' } : {}, delayMs: 80 };
  return [withHeaders(r, { ...wait, async: true, id: 'wait' }), news, { path: '/lab/updates/waiting' }, { method: 'POST', path: '/lab/updates', json: { text: 'more' } }, { await: 'wait' }];
}
/// The same request again with the validator that its answer carried.
function revalidation(r) {
  const path = r.pick(['/ping', '/api/user', dataPath(r), '/api/echo?a=1']);
  const second = { path, headers: [['If-None-Match', r.pick(['{{e}}', '"x", {{e}}', 'W/{{e}}'])], ...(r.chance(0.3) ? [['If-Modified-Since', r.pick(DATES)]] : [])] };
  return [withHeaders(r, { path, capture: { e: 'header:etag' } }), r.chance(0.2) ? { ...second, method: r.pick(['HEAD', 'POST', 'OPTIONS']) } : second];
}
const ENDS = /^(connection|expect|upgrade|te|content-length)$/i;
/// Requests on each other's heels. What ends the connection or is refused by the parser is left out: whether earlier
/// answers still leave then depends on how the network cuts the bytes.
function pipelined(r, topics) {
  const list = r.list(2, 4, () => withHeaders(r, TOPICS[r.weighted(topics)][1](r)))
    .map((request) => ({ ...request, path: encodeURI(request.path), ...(request.headers ? { headers: [].concat(request.headers).filter(([k]) => !ENDS.test(k)) } : {}) }));
  list.forEach((request, i) => { if (i < list.length - 1) request.pipeline = true; });
  return list;
}

/// `without`: names of topics to leave out.
export function makeRequests(r, without = []) {
  const topics = TOPIC_TABLE.filter(([, name]) => !without.includes(name));
  const names = topics.map(([, name]) => name);
  const single = () => spice(r, withHeaders(r, TOPICS[r.weighted(topics)][1](r)));
  return r.weighted([
    [10, () => r.list(1, 4, single)],
    [names.includes('login') ? 2.5 : 0, () => conversation(r, names)],
    [1, () => revalidation(r)],
    [names.includes('updates') ? 0.12 : 0, () => polling(r)],
    [0.8, () => pipelined(r, topics.filter(([, name]) => name !== 'odd'))],
  ]);
}
