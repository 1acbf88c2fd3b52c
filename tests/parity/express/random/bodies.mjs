// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT
// Random request bodies: JSON, forms and nested keys, texts in many charsets, encodings, chunks and sizes around limits.

const KEYS = ['a', 'b', 'role', 'x', '', '1', '0', 'toString', '__proto__', 'constructor', 'ü', 'a.b', 'hasOwnProperty', 'length'];
const SUBKEYS = ['', 'b', '0', '1', '5', '-1', '01', 'x', '99', '100', '101', '999', '1000', '__proto__', 'ü', ' ', 'toString', '2'];
const VALUES = ['1', '2', 'x', '', 'user', 'admin', '%20', '%zz', '%C3%A4', '%E4', '+', '%', '%u00e4', 'a%2Cb', 'a,b', 'a=b', '%00', '[', ']', '%5B1%5D', 'evil', '&#10003;', 'ü', '%F0%9F%98%80', '%ED%A0%80', 'null', 'true', "'", '"'];
const bracket = (r, open) => (r.chance(0.8) ? (open ? '[' : ']') : r.chance(0.9) ? (open ? '%5B' : '%5D') : open ? '%5b' : '%5d');
function key(r) {
  let text = r.weighted([[8, () => r.pick(KEYS.slice(0, 5))], [2, () => r.pick(KEYS)], [0.7, () => r.pick(['%61', 'a+b', 'a%20b', '%zz', 'a%5Bb', ']', '[', 'a]b', 'a[b'])]]);
  const depth = r.pick([0, 0, 0, 0, 1, 1, 1, 2, 3, r.chance(0.3) ? r.int(4, 40) : 1]);
  for (let i = 0; i < depth; i++) text += bracket(r, true) + (depth > 6 ? 'b' : r.weighted([[4, () => r.pick(SUBKEYS.slice(0, 5))], [2, () => r.pick(SUBKEYS)]])) + bracket(r, false);
  if (r.chance(0.04)) text += r.pick(['c', ']', '[', '[]', '[[]]', '.d']);
  return text;
}
/// x-www-form-urlencoded text. `query`: without the characters that would end a request target.
export function formText(r, query) {
  const count = r.weighted([[8, () => r.int(0, 4)], [2, () => r.int(4, 10)], [0.15, () => r.pick([20, 21, 101, 999, 1000, 1001, 1002])]]);
  const pairs = count > 15
    ? Array.from({ length: count }, (x, i) => r.pick(['a', 'a[]', `a[${i}]`, `k${i}`, 'a[b]']).replace(/^/, '') + '=' + i)
    : r.list(count, count, () => key(r) + r.weighted([[8, () => '=' + r.pick(VALUES)], [1, ''], [0.3, '=='], [0.2, '=;']]));
  const text = pairs.join(r.weighted([[20, '&'], [1, '&&'], [0.5, ';']]));
  return (query ? text.replaceAll(' ', '%20').replaceAll('#', '%23') : text) + r.weighted([[20, ''], [0.5, '&'], [0.3, query ? '#frag' : '#']]);
}

function value(r, depth = 0) {
  return r.weighted([
    [3, () => r.pick(['x', '', 'ü', '😀', 'evil', 'a"b\\', '\u2028', '\u0001', '\ud800', '</script>&', 'line\nbreak'])],
    [3, () => r.pick([0, 1, -1, 1.5, 1e21, 1e-7, 123456789012345680000, 5e-324, 1e400, 0.1, 100000000000000000000, 4294967296])],
    [1.5, () => r.pick([true, false, null])],
    [depth < 3 ? 2 : 0, () => r.list(0, 3, () => value(r, depth + 1))],
    [depth < 3 ? 2 : 0, () => Object.fromEntries(r.list(0, 4, () => [r.pick(['a', 'b', 'role', '2', '1', '10', '01', '-1', '4294967295', '4294967294', 'ü', '', 'toString']), value(r, depth + 1)]))],
  ]);
}
const BROKEN_JSON = ['{', '{"a":', '{"a":1,}', "{'a':1}", '{a:1}', '{"a":1}x', 'x', '[1,]', '[', ']', '{"a":01}', '{"a":+1}', '{"a":.5}', '{"a":1.}', '{"a":1e}', '"\n"', '{"a":"\\x"}', '{"a":"\\u12"}', 'nul', 'NaN', '{"a":1 "b":2}', '{"a":"\t"}', '\u00a0{}', '\ufeff{}', ' \r\n\t{"a":1}\n ', '\v{}', '[1]]', '-', '{"a":-}', '{"__proto__":{"x":1}}', '{"a":1,"a":2}', '{"constructor":1}', '"str"', '1', 'null', 'true', '   ', '{"a":1E5}', '{"a":-0}', '{"a":12345678901234567890}', '{"a":"\\u00e4\\ud83d"}', '{"a":"\\/"}', '[1e1000]', '{"a":1e-400}', '"\\u0000"', '[[[[]]]]', '{"":1}'];
const json = (r) => r.weighted([[6, () => JSON.stringify(r.chance(0.85) ? { a: value(r), ...(r.chance(0.5) ? { role: value(r) } : {}) } : value(r), null, r.pick([0, 0, 0, 1]))], [3, () => r.pick(BROKEN_JSON)]]);
const TEXTS = ['hello', '', 'ü€😀', 'evil', 'a=1&b=2', '{"a":1}', '\ufeffbom', ' '];
const HEX = ['ff', 'efbbbf7b2261223a317d', '7b2261223a22ff227d', 'fffe7b0022006100220 03a0031007d00'.replace(' ', ''), 'feff007b007d', '7b007d00', '613d25e4', 'c3', '80', 'eda080', 'f4908080', '7b2261223a22e28228227d', 'efbfbf', '00', '613de4'];

const TYPES = {
  json: ['application/json', 'application/json; charset=utf-8', 'APPLICATION/JSON', 'application/vnd.api+json', 'text/json', 'application/json;', 'application/json; charset', 'application/json ; charset=UTF-8'],
  form: ['application/x-www-form-urlencoded', 'application/x-www-form-urlencoded; charset=UTF-8', 'application/x-www-form-urlencoded;charset=utf-8'],
  text: ['text/plain', 'text/plain; charset=utf-8', 'text/html', 'text/plain;format=flowed'],
  raw: ['application/octet-stream', 'image/png', 'multipart/form-data; boundary=x', 'x', '', ' ', 'a/b/c', 'text', 'application/json, text/plain', '*/*', 'ü/x'],
};
const CHARSETS = ['utf-8', 'UTF-8', '"utf-8"', 'utf8', 'utf-16', 'utf-16le', 'UTF-16BE', 'utf-32', 'utf-7', 'iso-8859-1', 'latin1', 'iso-8859-15', 'windows-1252', 'us-ascii', 'ascii', 'cp437', 'koi8-r', 'shift_jis', 'gbk', 'big5', 'euc-kr', 'x', '', 'utf-99', 'binary', 'base64', 'hex', 'ucs2', 'utf-8-x', 'macroman', 'windows-1251', 'iso-8859-2'];
function contentType(r, kind) {
  const base = r.chance(0.82) ? r.pick(TYPES[kind]) : r.pick(TYPES[r.pick(Object.keys(TYPES))]);
  return r.chance(0.12) && !base.includes('charset') ? `${base}; charset=${r.pick(CHARSETS)}` : base;
}
const wrapText = (r, text) => r.weighted([[12, text], [1, { utf16le: text }], [0.6, { latin1: text }], [0.8, () => ({ hex: r.pick(HEX) })]]);
const filler = (r) => ({ prefix: '{"a":"', repeat: [r.pick(['x', 'ü', 'ab']), r.pick([1, 50, 990, 1013, 1014, 1016, 1017, 5000, 51190, 102390, 102392, 102393, 110000])], suffix: '"}' });
const fillerForm = (r) => ({ prefix: 'a=', repeat: ['x', r.pick([8, 98, 99, 100, 1022, 1023, 102398, 102399])], suffix: '' });
const NAMES = { gzip: ['gzip', 'GZIP', 'x-gzip', 'gzip, gzip'], deflate: ['deflate', 'Deflate'], br: ['br'] };

function content(r, kind) {
  return r.weighted([
    [10, () => wrapText(r, { json: () => json(r), form: () => formText(r, false), text: () => r.pick(TEXTS), raw: () => r.pick(TEXTS) }[kind]())],
    [1, () => (kind === 'form' ? fillerForm(r) : filler(r))],
  ]);
}
function encoded(r, body, headers) {
  const coding = r.pick(['gzip', 'gzip', 'deflate', 'br']);
  const label = r.chance(0.85) ? r.pick(NAMES[coding]) : r.pick(['identity', 'zstd', '', 'compress', 'x', 'gzip', 'deflate', 'IDENTITY', 'gzip ']);
  headers.push(['Content-Encoding', label]);
  return r.chance(0.88) ? { [coding]: body } : body;
}
/// A request with a body to one of the routes that show what was parsed.
export function bodyRequest(r) {
  const kind = r.weighted([[4, 'json'], [4, 'form'], [1.3, 'text'], [1.3, 'raw']]);
  const headers = r.chance(0.96) ? [['Content-Type', Buffer.from(contentType(r, kind)).toString('latin1')]] : [];
  const request = { method: r.weighted([[8, 'POST'], [1.5, 'PUT'], [1, 'PATCH'], [0.7, 'DELETE'], [0.6, 'GET']]), path: r.weighted([[12, '/api/echo'], [1, '/api/user'], [1, '/login'], [0.5, '/ping'], [0.5, '/lab/updates'], [1, () => '/api/echo?' + r.pick(['a=1&a=2', 'x=1', 'role[]=a'])]]), headers };
  let body = content(r, kind);
  if (r.chance(0.15)) body = encoded(r, body, headers);
  if (r.chance(0.13)) request.chunks = typeof body === 'string' && body.length > 2 ? [body.slice(0, body.length >> 1), body.slice(body.length >> 1)] : body === '' ? [] : [body];
  else request.body = body;
  if (r.chance(0.02) && typeof body === 'string') { delete request.chunks; request.body = body; headers.push(['Content-Length', String(Buffer.byteLength(body) + 5)]); request.halfClose = true; request.conn = 'new'; request.ignore = ['extra']; }
  if (r.chance(0.03) && !request.chunks) delete request.body;
  return request;
}
