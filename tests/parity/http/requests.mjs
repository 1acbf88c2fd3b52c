// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT
// Raw requests for raw.mjs: those of the parser's transcripts, conversations with a whole server, and seeded mutants of both.
import fs from 'node:fs';
import { Rng } from '../express/random/rng.mjs';

/// Reads tests/data/http/requests.md; its notation is explained in tests/core/http/transcript.h.
export function transcripts(file) {
  const list = [];
  let block = '';
  for (const line of fs.readFileSync(file, 'latin1').split('\n')) {
    if (!block && line.startsWith('## ')) list.push({ name: line.slice(3), bytes: '' });
    else if (line.startsWith('```')) block = line.slice(3).split(' ')[0];
    else if (block === 'bytes' && line === '<close>') list.at(-1).halfClose = true;
    else if (block === 'bytes') list.at(-1).bytes += lineBytes(line);
  }
  return list;
}
function lineBytes(line) {
  const open = line.endsWith('\\') && !line.endsWith('\\\\');
  const text = (open ? line.slice(0, -1) : line).replace(/\\(x[0-9a-f]{2}|.)/gi, (m, kind) => ({ r: '\r', n: '\n', t: '\t' })[kind] ?? (kind.length === 3 ? String.fromCharCode(parseInt(kind.slice(1), 16)) : kind));
  return open ? text : text + '\r\n';
}

const host = 'Host: lab.test\r\n';
const get = (path, more = '') => `GET ${path} HTTP/1.1\r\n${host}${more}\r\n`;
const post = (body, more = '', length = body.length) => `POST /api/echo HTTP/1.1\r\n${host}Content-Type: text/plain\r\nContent-Length: ${length}\r\n${more}\r\n${body}`;
const chunked = (body, more = '') => `POST /api/echo HTTP/1.1\r\n${host}Content-Type: text/plain\r\nTransfer-Encoding: chunked\r\n${more}\r\n${body}`;
const fields = (head) => `GET /ping HTTP/1.1\r\n${host}${head}\r\n`;
const x = (n) => 'x'.repeat(n);

/// What only a whole server shows: order of answers, limits, and what becomes of the connection.
export const CONVERSATIONS = [
  ['two requests', get('/ping') + get('/nope')],
  ['three of different kinds', get('/ping') + post('abc') + get('/api/items/1')],
  ['two and then close', get('/ping') + get('/ping', 'Connection: close\r\n')],
  ['close and then another', get('/ping', 'Connection: close\r\n') + get('/nope')],
  ['close and an error behind', get('/nope', 'Connection: close\r\n') + 'x\r\n\r\n'],
  ['good, then garbage', get('/ping') + 'garbage\r\n\r\n'],
  ['slow answer, then garbage', get('/stream?delay=5&chunks=3') + 'garbage\r\n\r\n'],
  ['404, then garbage', get('/nope') + 'garbage\r\n\r\n'],
  ['body read, then garbage', post('abc') + 'garbage\r\n\r\n'],
  ['HEAD, then GET', 'HEAD /ping HTTP/1.1\r\n' + host + '\r\n' + get('/ping')],
  ['HEAD of a stream', 'HEAD /stream HTTP/1.1\r\n' + host + '\r\n' + get('/ping')],
  ['slow one first', get('/stream?delay=5&chunks=3') + get('/ping') + get('/nope')],
  ['long polling before another', get('/lab/updates/long?since=9&timeout=30') + get('/ping')],
  ['body nobody reads', `GET /ping HTTP/1.1\r\n${host}Content-Length: 3\r\n\r\nabc` + get('/nope')],
  ['long body nobody reads', `GET /ping HTTP/1.1\r\n${host}Content-Length: 100000\r\n\r\n${x(100000)}` + get('/nope')],
  ['chunked body nobody reads', `GET /ping HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n` + get('/nope')],
  ['bad chunk nobody reads', `GET /ping HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\nz\r\n`],
  ['bad chunk somebody reads', chunked('z\r\n')],
  ['bad second chunk', chunked('3\r\nabc\r\nz\r\n')],
  ['chunk data too long', chunked('3\r\nabcd\r\n0\r\n\r\n')],
  ['one chunk', chunked('3\r\nabc\r\n0\r\n\r\n')],
  ['chunk sizes in capitals and zeros', chunked('00A\r\n0123456789\r\n0000\r\n\r\n')],
  ['chunk extensions', chunked('3;a=b;c="d e"\r\nabc\r\n0;x\r\n\r\n')],
  ['trailers', chunked('3\r\nabc\r\n0\r\nX-T: 1\r\nContent-Length: 9\r\n\r\n') + get('/ping')],
  ['many trailers', chunked('0\r\n' + 'X-T: 1\r\n'.repeat(50) + '\r\n') + get('/ping')],
  ['trailers beyond the head limit', chunked('0\r\nX-T: ' + x(20000) + '\r\n\r\n')],
  ['chunk extension of 16 KiB', chunked('3;' + x(17000) + '\r\nabc\r\n0\r\n\r\n')],
  ['incomplete chunked, closed', chunked('3\r\nab'), { halfClose: true }],
  ['incomplete length, closed', post('ab', '', 5), { halfClose: true }],
  ['incomplete head, closed', 'GET /ping HTTP/1.1\r\nHost: a', { halfClose: true }],
  ['complete, closed', get('/ping'), { halfClose: true }],
  ['complete and slow, closed', get('/stream?delay=5&chunks=3'), { halfClose: true }],
  ['two complete, closed', get('/ping') + get('/nope'), { halfClose: true }],
  ['nothing, closed', '', { halfClose: true }],
  ['empty lines, closed', '\r\n\r\n', { halfClose: true }],
  ['nothing', ''],
  ['empty lines', '\r\n\r\n\r\n'],
  ['empty lines before a request', '\r\n\r\n\n\r\n' + get('/ping')],
  ['empty lines between requests', get('/ping') + '\r\n\r\n' + get('/nope')],
  ['blank before a request', ' ' + get('/ping')],
  ['CL.TE', `POST /api/echo HTTP/1.1\r\n${host}Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nG`],
  ['TE.CL', `POST /api/echo HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n5c\r\nGPOST / HTTP/1.1\r\n\r\n0\r\n\r\n`],
  ['TE.TE, second unknown', fields('Transfer-Encoding: chunked\r\nTransfer-Encoding: cow\r\n') + '0\r\n\r\n'],
  ['TE.TE, first unknown', fields('Transfer-Encoding: cow\r\nTransfer-Encoding: chunked\r\n') + '0\r\n\r\n'],
  ['TE with a vertical tab', fields('Transfer-Encoding: \x0bchunked\r\n') + '0\r\n\r\n'],
  ['TE with a tab', fields('Transfer-Encoding:\tchunked\r\n') + '0\r\n\r\n'],
  ['TE folded', fields('Transfer-Encoding:\r\n chunked\r\n') + '0\r\n\r\n'],
  ['TE xchunked', fields('Transfer-Encoding: xchunked\r\n') + '0\r\n\r\n'],
  ['TE gzip, chunked', fields('Transfer-Encoding: gzip, chunked\r\n') + '0\r\n\r\n'],
  ['TE chunked, identity', fields('Transfer-Encoding: chunked, identity\r\n') + '0\r\n\r\n'],
  ['TE identity', fields('Transfer-Encoding: identity\r\n') + get('/ping')],
  ['TE name with a space', fields('Transfer-Encoding : chunked\r\n')],
  ['TE name with a NUL', fields('Transfer-Encoding\0: chunked\r\n')],
  ['TE behind a bare CR', fields('X: a\rTransfer-Encoding: chunked\r\n')],
  ['TE behind a bare LF', fields('X: a\nTransfer-Encoding: chunked\r\n')],
  ['CL twice, equal', fields('Content-Length: 0\r\nContent-Length: 0\r\n')],
  ['CL twice, different', fields('Content-Length: 0\r\nContent-Length: 1\r\n')],
  ['CL with plus', fields('Content-Length: +1\r\n') + 'a'],
  ['CL list', fields('Content-Length: 1, 1\r\n') + 'a'],
  ['CL with a blank inside', fields('Content-Length: 1 1\r\n') + 'a'],
  ['CL huge', fields('Content-Length: 99999999999999999999\r\n')],
  ['CL folded', fields('Content-Length:\r\n 1\r\n') + 'a'],
  ['folded field', fields('X: a\r\n b\r\n')],
  ['field without name', fields(': a\r\n')],
  ['field without colon', fields('Xa\r\n')],
  ['NUL in a value', fields('X: a\0b\r\n')],
  ['NUL in the target', 'GET /pi\0ng HTTP/1.1\r\n' + host + '\r\n'],
  ['high bytes in a value', fields('X: \xe4\xff\r\n')],
  ['high bytes in the target', 'GET /\xc3\xbc HTTP/1.1\r\n' + host + '\r\n'],
  ['DEL in a value', fields('X: a\x7f\r\n')],
  ['bare LF everywhere', get('/ping').replaceAll('\r\n', '\n')],
  ['bare CR everywhere', get('/ping').replaceAll('\r\n', '\r')],
  ['bare LF behind the request line', `GET /ping HTTP/1.1\n${host}\r\n`],
  ['bare LF behind a field', 'GET /ping HTTP/1.1\r\nHost: lab.test\n\r\n'],
  ['bare LF at the end', 'GET /ping HTTP/1.1\r\nHost: lab.test\r\n\n'],
  ['space before the version', 'GET /ping  HTTP/1.1\r\n' + host + '\r\n'],
  ['space behind the version', 'GET /ping HTTP/1.1 \r\n' + host + '\r\n'],
  ['target of 15 KiB', get('/' + x(15000))],
  ['target of 17 KiB', get('/' + x(17000))],
  ['value of 15 KiB', fields('X: ' + x(15000) + '\r\n')],
  ['value of 17 KiB', fields('X: ' + x(17000) + '\r\n')],
  ['name of 17 KiB', fields(x(17000) + ': a\r\n')],
  ['head just below 16 KiB', fields('X: ' + x(16384 - 40) + '\r\n')],
  ['many small fields', fields('A: b\r\n'.repeat(900))],
  ['too many small fields', fields('A: b\r\n'.repeat(9000))],
  ['1001 fields', fields(Array.from({ length: 1001 }, (e, i) => `A${i}: b\r\n`).join(''))],
  ['giant line that never ends', 'GET /' + x(70000)],
  ['giant field that never ends', 'GET /ping HTTP/1.1\r\nX: ' + x(70000)],
  ['second request too large', get('/ping') + fields('X: ' + x(17000) + '\r\n')],
  ['no Host', 'GET /ping HTTP/1.1\r\n\r\n'],
  ['no Host, HTTP/1.0', 'GET /ping HTTP/1.0\r\n\r\n'],
  ['two Hosts', 'GET /ping HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n'],
  ['empty Host', 'GET /ping HTTP/1.1\r\nHost:\r\n\r\n'],
  ['HTTP/1.0', 'GET /ping HTTP/1.0\r\n' + host + '\r\n'],
  ['HTTP/1.0 kept alive', 'GET /ping HTTP/1.0\r\n' + host + 'Connection: keep-alive\r\n\r\n' + get('/nope')],
  ['HTTP/1.0 stream', 'GET /stream HTTP/1.0\r\n' + host + '\r\n'],
  ['HTTP/1.0 stream kept alive', 'GET /stream HTTP/1.0\r\n' + host + 'Connection: keep-alive\r\n\r\n'],
  ['HTTP/1.0 HEAD', 'HEAD /ping HTTP/1.0\r\n' + host + '\r\n'],
  ['HTTP/1.0 with TE', 'GET /stream HTTP/1.0\r\n' + host + 'TE: chunked\r\n\r\n'],
  ['HTTP/0.9', 'GET /ping\r\n\r\n'],
  ['HTTP/2.0', 'GET /ping HTTP/2.0\r\n' + host + '\r\n'],
  ['keep-alive and close, HTTP/1.0', 'GET /ping HTTP/1.0\r\n' + host + 'Connection: keep-alive, close\r\n\r\n'],
  ['keep-alive and close, HTTP/1.1', get('/ping', 'Connection: keep-alive, close\r\n')],
  ['Connection: upgrade alone', get('/ping', 'Connection: upgrade\r\n') + get('/nope')],
  ['Upgrade alone', get('/ping', 'Upgrade: websocket\r\n') + get('/nope')],
  ['upgrade to something unknown', get('/ping', 'Connection: upgrade\r\nUpgrade: foo\r\n') + get('/nope')],
  ['upgrade to h2c', get('/ping', 'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA\r\n')],
  ['upgrade of a POST with a body', `POST /api/echo HTTP/1.1\r\n${host}Connection: upgrade\r\nUpgrade: foo\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n\r\nabc` + get('/nope')],
  ['CONNECT', 'CONNECT lab.test:443 HTTP/1.1\r\n' + host + '\r\n'],
  ['CONNECT and more', 'CONNECT lab.test:443 HTTP/1.1\r\n' + host + '\r\n' + get('/ping')],
  ['Expect: 100-continue', post('abc', 'Expect: 100-continue\r\n')],
  ['Expect: 100-continue, nobody reads', fields('Expect: 100-continue\r\nContent-Length: 3\r\n') + 'abc' + get('/nope')],
  ['Expect in capitals', post('abc', 'EXPECT: 100-CONTINUE\r\n')],
  ['Expect something else', post('abc', 'Expect: x\r\n') + get('/ping')],
  ['Expect of HTTP/1.0', post('abc', 'Expect: 100-continue\r\n').replace('1.1', '1.0')],
  ['Expect: 100-continue pipelined', get('/ping') + post('abc', 'Expect: 100-continue\r\n') + get('/nope')],
  ['TRACE', 'TRACE /ping HTTP/1.1\r\n' + host + '\r\n'],
  ['OPTIONS *', 'OPTIONS * HTTP/1.1\r\n' + host + '\r\n'],
  ['QUERY', 'QUERY /ping HTTP/1.1\r\n' + host + '\r\n'],
  ['PRI * HTTP/2.0', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ['TLS hello', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
  ['absolute target', get('http://lab.test/ping?a=1')],
  ['absolute target without a path', get('http://lab.test')],
  ['absolute target, other scheme', get('ftp://lab.test/ping')],
  ['target without a slash', get('ping')],
  ['target ?', get('?a')],
  ['target with a fragment', get('/ping#a?b')],
  ['target with brackets', get('/[a]{b}|c^d`e\\f"g<h>')],
  ['413 and then another', `POST /api/echo HTTP/1.1\r\n${host}Content-Type: application/json\r\nContent-Length: 110000\r\n\r\n${x(110000)}` + get('/ping')],
  ['304', get('/ping', 'If-None-Match: W/"4-DlFKBmK8tp3IY5U9HOJuPUDoGoc"\r\n') + get('/nope')],
  ['204', `DELETE /api/user HTTP/1.1\r\n${host}\r\n` + get('/ping')],
  ['close in a second Connection field', get('/ping', 'Connection: keep-alive\r\nConnection: close\r\n')],
  ['Proxy-Connection: close', get('/ping', 'Proxy-Connection: close\r\n')],
  ['Keep-Alive field', get('/ping', 'Keep-Alive: timeout=1\r\n')],
  ['seventeen on one connection', get('/ping').repeat(17)],
  ['sixty on one connection', get('/api/items/1').repeat(60)],
].map(([name, bytes, more]) => ({ name, bytes, ...more }));

/// Requests whose reading is tried with a border at each of their bytes.
export const SPLIT = [
  get('/ping', 'X-A: b\r\nConnection: close\r\n'),
  post('a=b', 'Connection: close\r\n'),
  chunked('3;x=y\r\nabc\r\nA\r\n0123456789\r\n0\r\nT: u\r\n\r\n', 'Connection: close\r\n'),
  'GET /ping HTTP/1.1\r\nHost: a\r\nX: b\nY: c\r\n\r\n',
  get('/ping') + get('/nope', 'Connection: close\r\n'),
];

const PIECES = ['\r', '\n', '\r\n', '\0', ' ', '\t', ':', ';', ',', '\x0b', '\x7f', '\x80', '\xff', '0', '1', 'f', 'g', '"', '/', 'HTTP/1.1', 'chunked', 'Content-Length: 1\r\n', 'Transfer-Encoding: chunked\r\n', 'Connection: close\r\n', ' \r\n', '0\r\n\r\n', 'Host: b\r\n', 'Expect: 100-continue\r\n', 'Upgrade: x\r\nConnection: upgrade\r\n', '='];
/// `count` requests that stand one to three changes beside a well-known one.
export function mutants(bases, seed, count) {
  const r = new Rng(seed);
  const small = bases.filter((base) => base.bytes.length < 600);
  return Array.from({ length: count }, (e, number) => {
    const base = r.pick(small);
    let bytes = base.bytes;
    for (let n = r.int(1, 3); n > 0; n--) {
      const at = r.int(0, bytes.length);
      const cut = r.weighted([[4, 0], [3, 1], [1, () => r.int(2, 8)]]);
      bytes = bytes.slice(0, at) + (r.chance(0.75) ? r.pick(PIECES) : '') + bytes.slice(at + cut);
    }
    return { ...base, name: `mutant ${number} of ${base.name}`, bytes };
  });
}
