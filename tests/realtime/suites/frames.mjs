// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT
// RFC 6455 by hand against /ws/echo: what a server accepts, refuses and answers, octet for octet.
import assert from 'node:assert/strict';
import { RawSocket, sleep } from '../tools/rawsocket.mjs';
import { ACCEPT, KEY, RawWebSocket, binary, close, frame, ping, pong, text, upgradeRequest } from '../tools/rawwebsocket.mjs';

export const profile = 'suite';
export const tests = [];
const PATH = '/ws/echo';
const test = (name, body) => tests.push({ name, body });
const SENTINEL = 'that was all';

/** What came back as words: "text:abc", "close:1002". */
const word = (f) => (f.name === 'close' ? `close:${f.code ?? ''}${f.reason}` : `${f.name}:${f.payload.length > 60 ? f.payload.length : f.payload.toString('latin1')}`);

/** Sends the pieces and compares the answers; without a close the connection must still work. */
function frames(name, pieces, expected, { gap = 0 } = {}) {
  test(name, async ({ port }) => {
    const ws = await RawWebSocket.connect(port, PATH);
    assert.equal(ws.handshake?.status, 101);
    for (const piece of [].concat(pieces)) { ws.send(piece); if (gap) await sleep(gap); }
    const closes = expected.some((e) => e.startsWith('close:'));
    if (!closes) ws.send(text(SENTINEL));
    const seen = [];
    for (;;) {
      const f = await ws.frame();
      if (!f || (f.name === 'text' && f.payload.toString() === SENTINEL)) break;
      assert.ok(!f.masked && f.fin && !f.rsv1, 'a server sends whole, unmasked frames here');
      seen.push(word(f));
    }
    assert.deepEqual(seen, expected);
    if (closes) assert.ok(await ws.waitEnd(), 'the server ends the connection after closing');
    ws.destroy();
  });
}

// ---- lengths and length forms
for (const size of [0, 1, 2, 124, 125, 126, 127, 128, 255, 256, 65534, 65535, 65536, 65537, 1000000]) {
  frames(`text of ${size} octets`, text('x'.repeat(size)), [`text:${size > 60 ? size : 'x'.repeat(size)}`]);
  if (size % 2 === 0) frames(`binary of ${size} octets`, binary(Buffer.alloc(size, 0xfe)), [`binary:${size > 60 ? size : '\xfe'.repeat(size)}`]);
}
frames('5 octets with a length of 16 bits', text('hello', { form: 16 }), ['text:hello']);
frames('5 octets with a length of 64 bits', text('hello', { form: 64 }), ['text:hello']);
frames('200 octets with a length of 64 bits', binary(Buffer.alloc(200, 1), { form: 64 }), ['binary:200']);
frames('a length above 2^53', Buffer.from([0x82, 0xff, 0x00, 0x20, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4]), ['close:1009']);
frames('a length with the highest bit set', Buffer.from([0x82, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 1, 1, 2, 3, 4]), ['close:1009']);
frames('a message above maxPayload', frame(0x82, '', { length: 16 * 1024 * 1024 + 1 }), ['close:1009']);
frames('fragments above maxPayload together', [frame(0x02, Buffer.alloc(1000000)), frame(0x80, '', { length: 16 * 1024 * 1024 })], ['close:1009']);

// ---- masking
for (const mask of [[0, 0, 0, 0], [0xff, 0xff, 0xff, 0xff], [0x37, 0xfa, 0x21, 0x3d], [1, 0, 0, 0]])
  frames(`mask ${Buffer.from(mask).toString('hex')}`, text('masked with care', { mask }), ['text:masked with care']);
for (const [name, first] of [['text', 0x81], ['binary', 0x82], ['ping', 0x89], ['pong', 0x8a], ['close', 0x88]])
  frames(`unmasked ${name}`, frame(first, '', { mask: null }), ['close:1002']);
frames('unmasked with a payload', frame(0x81, 'x', { mask: null }), ['close:1002']);
frames('unmasked behind a good message', [text('a'), text('b', { mask: null })], ['text:a', 'close:1002']);

// ---- reserved bits and opcodes
for (const rsv of [1, 2, 3, 4, 5, 6, 7]) {
  for (const [name, opcode] of [['text', 1], ['ping', 9], ['close', 8]])
    frames(`RSV ${rsv.toString(2).padStart(3, '0')} on ${name}`, frame(0x80 | (rsv << 4) | opcode, ''), ['close:1002']);
}
for (const opcode of [3, 4, 5, 6, 7, 11, 12, 13, 14, 15]) {
  frames(`opcode ${opcode}`, frame(0x80 | opcode, ''), ['close:1002']);
  frames(`opcode ${opcode} with a payload behind a message`, [text('a'), frame(0x80 | opcode, 'x')], ['text:a', 'close:1002']);
}

// ---- ping and pong
frames('ping', ping(''), ['pong:']);
frames('ping with a payload', ping('are you there'), ['pong:are you there']);
frames('ping with 125 octets', ping(Buffer.alloc(125, 0xfe)), ['pong:125']);
frames('ping with 126 octets', ping(Buffer.alloc(126)), ['close:1002']);
frames('ping with a long length form', frame(0x89, 'x', { form: 16 }), ['close:1002']);
frames('ten pings in a row', Array.from({ length: 10 }, (_, i) => ping(`p${i}`)), Array.from({ length: 10 }, (_, i) => `pong:p${i}`));
frames('pong nobody asked for', pong('x'), []);
frames('pong with 125 octets', pong(Buffer.alloc(125)), []);
frames('fragmented ping', frame(0x09, 'x'), ['close:1002']);
frames('fragmented pong', frame(0x0a, 'x'), ['close:1002']);
frames('ping in one-octet pieces', [...ping('slow')].map((b) => Buffer.from([b])), ['pong:slow'], { gap: 1 });

// ---- fragmentation
frames('two fragments', [frame(0x01, 'Hel'), frame(0x80, 'lo')], ['text:Hello']);
frames('three fragments of binary', [frame(0x02, 'a'), frame(0x00, 'b'), frame(0x80, 'c')], ['binary:abc']);
frames('empty fragments', [frame(0x01), frame(0x00), frame(0x80)], ['text:']);
frames('an empty fragment between', [frame(0x01, 'a'), frame(0x00), frame(0x80, 'b')], ['text:ab']);
frames('a thousand fragments', [frame(0x01, 'x'), ...Array.from({ length: 998 }, () => frame(0x00, 'x')), frame(0x80, 'x')], ['text:1000']);
frames('ping between fragments', [frame(0x01, 'a'), ping('p'), frame(0x80, 'b')], ['pong:p', 'text:ab']);
frames('pong between fragments', [frame(0x01, 'a'), pong('p'), frame(0x80, 'b')], ['text:ab']);
frames('close between fragments', [frame(0x01, 'a'), close(1000)], ['close:1000']);
frames('continuation of nothing', frame(0x80, 'x'), ['close:1002']);
frames('unfinished continuation of nothing', frame(0x00, 'x'), ['close:1002']);
frames('continuation after the end', [text('a'), frame(0x80, 'b')], ['text:a', 'close:1002']);
frames('text inside a message', [frame(0x01, 'a'), text('b')], ['close:1002']);
frames('binary inside a message', [frame(0x01, 'a'), frame(0x02, 'b')], ['close:1002']);
frames('text inside a binary message', [frame(0x02, 'a'), frame(0x01, 'b')], ['close:1002']);
frames('two messages in one piece', Buffer.concat([text('a'), text('b')]), ['text:a', 'text:b']);
frames('frames cut anywhere', [Buffer.concat([text('first'), frame(0x01, 'se')]).subarray(0, 7), Buffer.concat([text('first'), frame(0x01, 'se')]).subarray(7), frame(0x80, 'cond')], ['text:first', 'text:second'], { gap: 5 });
frames('a pause between header and payload', [text('patience').subarray(0, 6), text('patience').subarray(6)], ['text:patience'], { gap: 300 });
frames('octet by octet', [...text('one by one')].map((b) => Buffer.from([b])), ['text:one by one'], { gap: 1 });
frames('a hundred messages at once', Buffer.concat(Array.from({ length: 100 }, (_, i) => text(`m${i}`))), Array.from({ length: 100 }, (_, i) => `text:m${i}`));

// ---- UTF-8
const good = { 'two octets': 'c3a4', 'three octets': 'e282ac', 'four octets': 'f09f9880', 'lowest of two': 'c280', 'highest of two': 'dfbf', 'lowest of three': 'e0a080',
  'before the surrogates': 'ed9fbf', 'behind the surrogates': 'ee8080', 'U+FFFE': 'efbfbe', 'U+FFFF': 'efbfbf', 'lowest of four': 'f0908080', 'U+10FFFF': 'f48fbfbf', 'NUL': '00', 'BOM': 'efbbbf' };
for (const [name, hex] of Object.entries(good)) {
  const bytes = Buffer.from(hex, 'hex');
  frames(`UTF-8: ${name}`, text(bytes), [`text:${bytes.toString('latin1')}`]);
  if (bytes.length > 1) frames(`UTF-8: ${name}, split across fragments`, [frame(0x01, bytes.subarray(0, 1)), ping('between'), frame(0x80, bytes.subarray(1))], ['pong:between', `text:${bytes.toString('latin1')}`]);
}
const bad = { 'lone continuation': '80', 'continuation behind text': '61bf', 'overlong slash': 'c0af', 'overlong NUL': 'c080', 'c1': 'c1bf', 'overlong of three': 'e080af', 'overlong of four': 'f08080af',
  'high surrogate': 'eda080', 'low surrogate': 'edbfbf', 'above U+10FFFF': 'f4908080', 'f5': 'f5808080', 'five octets': 'f888808080', 'fe': 'fe', 'ff': 'ff', 'cut after one of two': 'c3', 'cut after two of three': 'e282', 'cut after three of four': 'f09f98', 'lead behind lead': 'c3c3' };
for (const [name, hex] of Object.entries(bad)) {
  frames(`no UTF-8: ${name}`, text(Buffer.from(hex, 'hex')), ['close:1007']);
  frames(`binary needs no UTF-8: ${name}`, binary(Buffer.from(hex, 'hex')), [`binary:${Buffer.from(hex, 'hex').toString('latin1')}`]);
}
frames('no UTF-8 in the second fragment', [frame(0x01, 'fine '), frame(0x80, Buffer.from('ff', 'hex'))], ['close:1007']);
frames('a character never finished', [frame(0x01, Buffer.from('e2', 'hex')), frame(0x80, '')], ['close:1007']);

// ---- closing
for (const code of [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999])
  frames(`close ${code}`, close(code), [`close:${code}`]);
for (const code of [0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535])
  frames(`close ${code} is illegal`, close(code), ['close:1002']);
frames('close without a code', close(), ['close:']);
frames('close with a reason', close(1000, 'good bye'), ['close:1000good bye']);
frames('close with the longest reason', close(4000, 'r'.repeat(123)), [`close:4000${'r'.repeat(123)}`]);
frames('close with one octet', frame(0x88, 'x'), ['close:1002']);
frames('close with 126 octets', frame(0x88, Buffer.concat([Buffer.from([3, 232]), Buffer.alloc(124, 0x61)])), ['close:1002']);
frames('close with a reason that is no UTF-8', frame(0x88, Buffer.from([3, 232, 0xff])), ['close:1007']);
frames('close with a cut character', frame(0x88, Buffer.from([3, 232, 0xe2, 0x82])), ['close:1007']);
frames('fragmented close', frame(0x08, ''), ['close:1002']);
frames('a message before the close', [text('last'), close(1000)], ['text:last', 'close:1000']);
frames('nothing is answered behind the close', Buffer.concat([close(1000), text('late'), ping('late')]), ['close:1000']);
frames('nothing is answered behind a fault', Buffer.concat([frame(0x83), text('late')]), ['close:1002']);

test('a connection that is cut needs no answer', async ({ port }) => {
  const ws = await RawWebSocket.connect(port, PATH);
  ws.send(text('x').subarray(0, 4));
  ws.destroy();
  const next = await RawWebSocket.connect(port, PATH);
  next.send(text('still there'));
  assert.equal(await next.message(), 'still there');
  next.destroy();
});
test('a half-closed connection still gets its echo', async ({ port }) => {
  const ws = await RawWebSocket.connect(port, PATH);
  ws.send(text('before the end'));
  ws.socket.end();
  assert.equal(await ws.message(), 'before the end');
  assert.ok(await ws.waitEnd());
});
test('frames in the segment of the request are not lost', async ({ port }) => {
  const ws = await RawWebSocket.connect(port, PATH, { early: Buffer.concat([text('early'), ping('p'), binary('bird')]) });
  assert.deepEqual([await ws.frame(), await ws.frame(), await ws.frame()].map(word), ['text:early', 'pong:p', 'binary:bird']);
  ws.destroy();
});
test('8 MiB in one message', async ({ port }) => {
  const ws = await RawWebSocket.connect(port, PATH);
  const bytes = Buffer.alloc(8 * 1024 * 1024);
  for (let i = 0; i < bytes.length; i++) bytes[i] = (i * 7) & 255;
  ws.send(binary(bytes));
  const back = await ws.frame(20000);
  assert.ok(back && back.payload.equals(bytes));
  ws.destroy();
});

// ---- the opening handshake
function handshake(name, changes, expected, { method, body } = {}) {
  test(`handshake: ${name}`, async ({ port }) => {
    const raw = await RawSocket.open(port);
    raw.send(upgradeRequest(PATH, changes, method));
    const answer = await raw.answer();
    assert.equal(answer?.status, expected);
    if (expected === 101) assert.equal(answer.headers['sec-websocket-accept'], ACCEPT);
    if (body !== undefined) assert.equal(answer.body.toString(), body);
    if (expected !== 101) assert.ok(await raw.waitEnd(), 'a refused connection is closed');
    raw.destroy();
  });
}
handshake('as RFC 6455 has it', {}, 101);
handshake('names in small letters', { Upgrade: null, Connection: null, upgrade: 'websocket', connection: 'upgrade' }, 101);
handshake('Upgrade in capitals', { Upgrade: 'WEBSOCKET' }, 101);
handshake('Connection with more tokens', { Connection: 'keep-alive, Upgrade' }, 101);
handshake('a query behind the path', {}, 101);
handshake('an Origin', { Origin: 'http://anywhere.test' }, 101);
handshake('extensions that are not wanted', { 'Sec-WebSocket-Extensions': 'permessage-deflate; client_max_window_bits' }, 101);
handshake('POST', {}, 405, { method: 'POST', body: 'Invalid HTTP method' });
handshake('no key', { 'Sec-WebSocket-Key': null }, 400, { body: 'Missing or invalid Sec-WebSocket-Key header' });
handshake('an empty key', { 'Sec-WebSocket-Key': '' }, 400);
handshake('a key of 15 octets', { 'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAA' }, 400);
handshake('a key of 17 octets', { 'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAAA=' }, 400);
handshake('a key that is no base64', { 'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25j!Q==' }, 400);
handshake('no version', { 'Sec-WebSocket-Version': null }, 400, { body: 'Missing or invalid Sec-WebSocket-Version header' });
handshake('version 7', { 'Sec-WebSocket-Version': '7' }, 400);
handshake('version 14', { 'Sec-WebSocket-Version': '14' }, 400);
handshake('version 8 of the drafts', { 'Sec-WebSocket-Version': '8' }, 101);
handshake('another protocol', { Upgrade: 'h2c' }, 400, { body: 'Invalid Upgrade header' });
handshake('a subprotocol list with a hole', { 'Sec-WebSocket-Protocol': 'a,,b' }, 400, { body: 'Invalid Sec-WebSocket-Protocol header' });
handshake('a repeated subprotocol', { 'Sec-WebSocket-Protocol': 'a, a' }, 400);
test('handshake: a wrong version names the right ones', async ({ port }) => {
  const raw = await RawSocket.open(port);
  raw.send(upgradeRequest(PATH, { 'Sec-WebSocket-Version': '9' }));
  assert.equal((await raw.answer()).headers['sec-websocket-version'], '13, 8');
  raw.destroy();
});
test('handshake: the first subprotocol is chosen', async ({ port }) => {
  const ws = await RawWebSocket.connect(port, PATH, { headers: { 'Sec-WebSocket-Protocol': 'v2.chat, v1.chat' } });
  assert.equal(ws.handshake.headers['sec-websocket-protocol'], 'v2.chat');
  ws.destroy();
});
test('handshake: the bytes of the answer', async ({ port }) => {
  const raw = await RawSocket.open(port);
  raw.send(upgradeRequest(PATH));
  const head = await raw.head();
  assert.deepEqual(head.lines, ['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade', `Sec-WebSocket-Accept: ${ACCEPT}`]);
  raw.destroy();
});
test('handshake: another path', async ({ port }) => {
  const raw = await RawSocket.open(port);
  raw.send(upgradeRequest('/ws/nothing'));
  const answer = await raw.answer();
  assert.equal(answer.status, 404);
  assert.equal(answer.body.toString(), 'Not Found');
  assert.ok(await raw.waitEnd());
});
test('handshake: in pieces', async ({ port }) => {
  const raw = await RawSocket.open(port);
  const bytes = Buffer.from(upgradeRequest(PATH));
  for (let at = 0; at < bytes.length; at += 40) { raw.send(bytes.subarray(at, at + 40)); await sleep(2); }
  assert.equal((await raw.head())?.status, 101);
  raw.destroy();
});
test('handshake: an ordinary request first on the same connection', async ({ port }) => {
  const raw = await RawSocket.open(port);
  raw.send('GET /api/updates HTTP/1.1\r\nHost: x\r\n\r\n');
  assert.equal((await raw.answer()).status, 200);
  raw.send(upgradeRequest(PATH, { 'Sec-WebSocket-Key': KEY }));
  assert.equal((await raw.head()).status, 101);
  raw.destroy();
});
