// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT
// Engine.IO and Socket.IO on the wire, without their client: requests, packets and answers as they are.
import assert from 'node:assert/strict';
import zlib from 'node:zlib';
import { RawSocket, request, sleep } from '../tools/rawsocket.mjs';
import { RawWebSocket, binary, close, frame, text, upgradeRequest } from '../tools/rawwebsocket.mjs';

export const profile = 'demo';
export const tests = [];
const test = (name, body) => tests.push({ name, body });
const POLL = '/socket.io/?EIO=4&transport=polling';
const SOCKET = '/socket.io/?EIO=4&transport=websocket';

const get = (port, target, options) => request(port, 'GET', target, options);
const post = (port, sid, body, headers = { 'Content-Type': 'text/plain;charset=UTF-8' }) => request(port, 'POST', `${POLL}&sid=${sid}`, { body, headers });
const open = async (port, base = POLL) => JSON.parse((await get(port, base)).body.toString().slice(1));
/** A GET that waits; answer() gives what comes. */
const poll = async (port, sid, headers = '') => {
  const raw = await RawSocket.open(port);
  raw.send(`GET ${POLL}&sid=${sid} HTTP/1.1\r\nHost: x\r\n${headers}\r\n`);
  return raw;
};
const read = async (port, sid) => (await get(port, `${POLL}&sid=${sid}`)).body.toString().split('\x1e');
/** A session that has joined "/": {sid, id}. */
const join = async (port, auth = '') => {
  const { sid } = await open(port);
  await post(port, sid, `40${auth}`);
  const packets = await read(port, sid);
  assert.match(packets[0], /^40\{"sid":"/);
  if (packets.length < 2) await read(port, sid);
  return { sid, id: JSON.parse(packets[0].slice(2)).sid };
};
/** Over a WebSocket; frames are taken with message(). */
const joinSocket = async (port, connect = '40') => {
  const ws = await RawWebSocket.connect(port, SOCKET);
  assert.match(await ws.message(), /^0\{/);
  ws.send(text(connect));
  assert.match(await ws.message(), /^40/);
  if (connect === '40') assert.match(await ws.message(), /^42\["auth"/);
  return ws;
};
const gone = async (port, sid) => assert.equal((await get(port, `${POLL}&sid=${sid}`)).body.toString(), '{"code":1,"message":"Session ID unknown"}');

// ---- handshake
test('the handshake over polling', async ({ port }) => {
  const answer = await get(port, POLL);
  assert.equal(answer.status, 200);
  const body = answer.body.toString();
  assert.match(body, /^0\{"sid":"[A-Za-z0-9_-]{20}","upgrades":\["websocket"\],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000\}$/);
  assert.deepEqual(answer.lines.filter((l) => !/^(Date|Keep-Alive)/.test(l)), ['HTTP/1.1 200 OK', 'Access-Control-Allow-Origin: *', 'Content-Type: text/plain; charset=UTF-8', 'Content-Length: 118', 'cache-control: no-store', 'Connection: keep-alive']);
});
test('the handshake over a WebSocket', async ({ port }) => {
  const ws = await RawWebSocket.connect(port, SOCKET);
  assert.deepEqual(ws.handshake.lines.slice(1), ['Upgrade: websocket', 'Connection: Upgrade', 'Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=', 'Access-Control-Allow-Origin: *']);
  assert.match(await ws.message(), /^0\{"sid":"[A-Za-z0-9_-]{20}","upgrades":\[\],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000\}$/);
  ws.destroy();
});
test('session ids differ', async ({ port }) => {
  const ids = new Set();
  for (let i = 0; i < 50; i++) ids.add((await open(port)).sid);
  assert.equal(ids.size, 50);
});
const errors = [
  ['no transport', 'GET', '/socket.io/?EIO=4', 0, 'Transport unknown'],
  ['unknown transport', 'GET', '/socket.io/?EIO=4&transport=tube', 0, 'Transport unknown'],
  ['webtransport', 'GET', '/socket.io/?EIO=4&transport=webtransport', 0, 'Transport unknown'],
  ['a name of Object.prototype', 'GET', '/socket.io/?EIO=4&transport=constructor', 0, 'Transport unknown'],
  ['transport before sid', 'GET', '/socket.io/?EIO=4&transport=tube&sid=none', 0, 'Transport unknown'],
  ['unknown sid', 'GET', `${POLL}&sid=none`, 1, 'Session ID unknown'],
  ['unknown sid with POST', 'POST', `${POLL}&sid=none`, 1, 'Session ID unknown'],
  ['__proto__ as sid', 'GET', `${POLL}&sid=__proto__`, 1, 'Session ID unknown'],
  ['POST without a session', 'POST', POLL, 2, 'Bad handshake method'],
  ['PUT without a session', 'PUT', POLL, 2, 'Bad handshake method'],
  ['websocket without an upgrade', 'GET', SOCKET, 3, 'Bad request'],
  ['no EIO', 'GET', '/socket.io/?transport=polling', 5, 'Unsupported protocol version'],
  ['EIO=3', 'GET', '/socket.io/?EIO=3&transport=polling', 5, 'Unsupported protocol version'],
  ['EIO=04', 'GET', '/socket.io/?EIO=04&transport=polling', 5, 'Unsupported protocol version'],
  ['a path below', 'GET', '/socket.io/deeper?EIO=4', 0, 'Transport unknown'],
];
for (const [name, method, target, code, message] of errors) {
  test(`refused: ${name}`, async ({ port }) => {
    const answer = await request(port, method, target);
    assert.equal(answer.status, 400);
    assert.equal(answer.headers['content-type'], 'application/json');
    assert.equal(answer.headers['access-control-allow-origin'], '*');
    assert.equal(answer.body.toString(), JSON.stringify({ code, message }));
  });
}
test('HEAD is a bad handshake', async ({ port }) => {
  const raw = await RawSocket.open(port);
  raw.send(`HEAD ${POLL} HTTP/1.1\r\nHost: x\r\n\r\n`);
  assert.equal((await raw.head()).status, 400);
  raw.destroy();
});
test('/socket.io without the slash is not its path', async ({ port }) => {
  assert.equal((await get(port, '/socket.io?EIO=4&transport=polling')).status, 404);
});
test('a preflight', async ({ port }) => {
  const answer = await request(port, 'OPTIONS', POLL, { headers: { Origin: 'http://a.test', 'Access-Control-Request-Method': 'POST' } });
  assert.equal(answer.status, 204);
  assert.equal(answer.headers['access-control-allow-origin'], '*');
  assert.equal(answer.headers['access-control-allow-methods'], 'GET,HEAD,PUT,PATCH,POST,DELETE');
});
for (const [name, target, message] of [['unknown sid', `${SOCKET}&sid=none`, 'Session ID unknown'], ['unknown transport', '/socket.io/?EIO=4&transport=tube', 'Transport unknown']])
  test(`an upgrade that is refused: ${name}`, async ({ port }) => {
    const raw = await RawSocket.open(port);
    raw.send(upgradeRequest(target));
    const answer = await raw.answer();
    assert.deepEqual(answer.lines, ['HTTP/1.1 400 Bad Request', 'Connection: close', 'Content-type: text/html', `Content-Length: ${message.length}`]);
    assert.equal(answer.body.toString(), message);
    assert.ok(await raw.waitEnd());
  });
test('an upgrade without a key', async ({ port }) => {
  const raw = await RawSocket.open(port);
  raw.send(upgradeRequest(SOCKET, { 'Sec-WebSocket-Key': null }));
  assert.equal((await raw.answer()).body.toString(), 'Missing or invalid Sec-WebSocket-Key header');
  raw.destroy();
});
test('an upgrade of the transport polling is closed', async ({ port }) => {
  const ws = await RawWebSocket.connect(port, POLL);
  assert.equal(ws.handshake.status, 101);
  assert.equal((await ws.frame()).name, 'close');
  ws.destroy();
});
test('sessions of one path are unknown to the other', async ({ port }) => {
  const { sid } = await open(port, '/engine.io/?EIO=4&transport=polling');
  await gone(port, sid);
});

// ---- polling
test('POST is answered with ok', async ({ port }) => {
  const { sid } = await open(port);
  const answer = await post(port, sid, '40');
  assert.deepEqual(answer.lines.filter((l) => !/^(Date|Keep-Alive)/.test(l)), ['HTTP/1.1 200 OK', 'Access-Control-Allow-Origin: *', 'Content-Type: text/html', 'Content-Length: 2', 'cache-control: no-store', 'Connection: keep-alive']);
  assert.equal(answer.body.toString(), 'ok');
});
test('everything buffered comes in one payload, in order', async ({ port }) => {
  const { sid } = await join(port);
  await post(port, sid, '42["echo",1]\x1e42["echo","zwei ä"]\x1e42["echo",{"d":[3]}]');
  assert.deepEqual(await read(port, sid), ['42["echo",1]', '42["echo","zwei ä"]', '42["echo",{"d":[3]}]']);
});
test('a GET is held until there is something', async ({ port }) => {
  const { sid } = await join(port);
  const held = await poll(port, sid);
  await sleep(150);
  assert.equal(held.received.length, 0);
  await post(port, sid, '42["echo","now"]');
  assert.equal((await held.answer()).body.toString(), '42["echo","now"]');
  held.destroy();
});
test('binary is base64', async ({ port }) => {
  const { sid } = await join(port);
  await post(port, sid, '451-["message",{"_placeholder":true,"num":0}]\x1ebAQIDBA==');
  assert.deepEqual(await read(port, sid), ['451-["message-back",{"_placeholder":true,"num":0}]', 'bAQIDBA==']);
});
test('two GETs at once end the session', async ({ port }) => {
  const { sid } = await join(port);
  const first = await poll(port, sid);
  await sleep(30);
  const second = await poll(port, sid);
  assert.equal((await second.answer()).status, 400);
  const answer = await first.answer();
  assert.deepEqual([answer.status, answer.body.toString()], [200, '1']);
  await gone(port, sid);
  first.destroy(); second.destroy();
});
test('two POSTs at once end the session', async ({ port }) => {
  const { sid } = await join(port);
  const first = await RawSocket.open(port);
  first.send(`POST ${POLL}&sid=${sid} HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n42[`);
  await sleep(50);
  const answer = await post(port, sid, '42["echo"]');
  assert.deepEqual([answer.status, answer.body.length], [400, 0]);
  assert.ok(await first.waitEnd());
  assert.equal(first.received.length, 0);
  await gone(port, sid);
});
test('a held GET that is cut ends the session', async ({ port }) => {
  const { sid } = await join(port);
  const held = await poll(port, sid);
  await sleep(30);
  held.destroy();
  await sleep(50);
  await gone(port, sid);
});
test('an unfinished POST that is cut ends the session', async ({ port }) => {
  const { sid } = await join(port);
  const raw = await RawSocket.open(port);
  raw.send(`POST ${POLL}&sid=${sid} HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n42[`);
  await sleep(30);
  raw.destroy();
  await sleep(50);
  await gone(port, sid);
});
test('application/octet-stream is refused', async ({ port }) => {
  const { sid } = await join(port);
  const answer = await post(port, sid, '42["echo"]', { 'Content-Type': 'application/octet-stream' });
  assert.deepEqual([answer.status, answer.body.length], [400, 0]);
  await gone(port, sid);
});
test('any other type is text', async ({ port }) => {
  const { sid } = await join(port);
  assert.equal((await post(port, sid, '42["echo",1]', { 'Content-Type': 'application/json' })).status, 200);
  assert.deepEqual(await read(port, sid), ['42["echo",1]']);
});
test('other methods leave the session alone', async ({ port }) => {
  const { sid } = await join(port);
  for (const method of ['PUT', 'DELETE', 'PATCH']) {
    const answer = await request(port, method, `${POLL}&sid=${sid}`);
    assert.deepEqual([answer.status, answer.body.length], [500, 0]);
  }
  await post(port, sid, '42["echo",1]');
  assert.deepEqual(await read(port, sid), ['42["echo",1]']);
});
test('a body of exactly maxPayload, and one octet more', async ({ port }) => {
  const { sid } = await join(port);
  const fill = (size) => `42["message-with-ack","${'x'.repeat(size - 25)}"]`;
  assert.equal((await post(port, sid, fill(1000000))).status, 200);
  const answer = await post(port, sid, fill(1000001));
  assert.deepEqual([answer.status, answer.body.length], [413, 0]);
  await post(port, sid, '42["echo","alive"]');
  assert.deepEqual(await read(port, sid), ['42["echo","alive"]']);
});
test('big answers are compressed when that is wanted', async ({ port }) => {
  const { sid } = await join(port);
  const big = `42["echo","${'abc'.repeat(600)}"]`;
  for (const [accept, coding] of [['gzip, deflate, br', 'gzip'], ['deflate', 'deflate'], ['br', undefined], ['identity', undefined]]) {
    await post(port, sid, big);
    const answer = await get(port, `${POLL}&sid=${sid}`, { headers: { 'Accept-Encoding': accept } });
    assert.equal(answer.headers['content-encoding'], coding);
    const plain = coding === 'gzip' ? zlib.gunzipSync(answer.body) : coding ? zlib.inflateSync(answer.body) : answer.body;
    assert.equal(plain.toString(), big);
  }
  await post(port, sid, `42["echo","${'x'.repeat(1000)}"]`);
  assert.equal((await get(port, `${POLL}&sid=${sid}`, { headers: { 'Accept-Encoding': 'gzip' } })).headers['content-encoding'], undefined);
});
test('the client ends with a POST of 1', async ({ port }) => {
  const { sid } = await join(port);
  const held = await poll(port, sid);
  await sleep(30);
  assert.equal((await post(port, sid, '1')).body.toString(), 'ok');
  assert.equal((await held.answer()).body.toString(), '6');
  await gone(port, sid);
});
for (const [name, body] of [['an unknown packet', 'x'], ['an empty packet', ''], ['an empty packet behind a good one', '42["echo",1]\x1e'], ['a ping', '2'], ['digit 7', '7']])
  test(`${name} ends the session, and the POST is answered`, async ({ port }) => {
    const { sid } = await join(port);
    assert.equal((await post(port, sid, body)).body.toString(), 'ok');
    await gone(port, sid);
  });
test('packets that change nothing', async ({ port }) => {
  const { sid } = await join(port);
  for (const body of ['3', '3\x1e3', '6', '5', '0{}']) assert.equal((await post(port, sid, body)).body.toString(), 'ok');
  await post(port, sid, '42["echo",1]');
  assert.deepEqual(await read(port, sid), ['42["echo",1]']);
});
test('an event is handled after its POST was answered', async ({ port }) => {
  const { sid } = await join(port);
  assert.equal((await post(port, sid, '42["kick-me",true]')).body.toString(), 'ok');
  assert.deepEqual(await read(port, sid), ['41']);
  assert.deepEqual(await read(port, sid), ['6', '1']);
  await gone(port, sid);
});

// ---- upgrade
test('polling becomes a WebSocket', async ({ port }) => {
  const { sid } = await join(port);
  const held = await poll(port, sid);
  const ws = await RawWebSocket.connect(port, `${SOCKET}&sid=${sid}`);
  ws.send(text('2probe'));
  assert.equal(await ws.message(), '3probe');
  assert.equal((await held.answer()).body.toString(), '6');
  await post(port, sid, '42["echo","between"]');
  assert.deepEqual(await read(port, sid), ['42["echo","between"]']);
  ws.send(text('5'));
  ws.send(text('42["echo","after"]'));
  assert.equal(await ws.message(), '42["echo","after"]');
  const answer = await get(port, `${POLL}&sid=${sid}`);
  assert.equal(answer.body.toString(), '{"code":3,"message":"Bad request"}');
  ws.destroy(); held.destroy();
});
test('what waits for a poll goes over the WebSocket first', async ({ port }) => {
  const { sid } = await join(port);
  const ws = await RawWebSocket.connect(port, `${SOCKET}&sid=${sid}`);
  ws.send(text('2probe'));
  assert.equal(await ws.message(), '3probe');
  await post(port, sid, '42["echo",1]\x1e42["echo",2]');
  ws.send(Buffer.concat([text('5'), text('42["echo",3]')]));
  assert.deepEqual([await ws.message(), await ws.message(), await ws.message()], ['42["echo",1]', '42["echo",2]', '42["echo",3]']);
  ws.destroy();
});
test('a first packet that is no probe closes only the new connection', async ({ port }) => {
  const { sid } = await join(port);
  const ws = await RawWebSocket.connect(port, `${SOCKET}&sid=${sid}`);
  ws.send(text('42["echo",1]'));
  assert.equal((await ws.frame()).name, 'close');
  await post(port, sid, '42["echo","still polling"]');
  assert.deepEqual(await read(port, sid), ['42["echo","still polling"]']);
  ws.destroy();
});
test('a lost probe changes nothing', async ({ port }) => {
  const { sid } = await join(port);
  const ws = await RawWebSocket.connect(port, `${SOCKET}&sid=${sid}`);
  ws.send(text('2probe'));
  await ws.message();
  ws.destroy();
  await sleep(30);
  await post(port, sid, '42["echo",1]');
  assert.deepEqual(await read(port, sid), ['42["echo",1]']);
  const again = await RawWebSocket.connect(port, `${SOCKET}&sid=${sid}`);
  again.send(text('2probe'));
  assert.equal(await again.message(), '3probe');
  again.destroy();
});
test('a second WebSocket is closed', async ({ port }) => {
  const { sid } = await join(port);
  const first = await RawWebSocket.connect(port, `${SOCKET}&sid=${sid}`);
  first.send(text('2probe'));
  await first.message();
  const second = await RawWebSocket.connect(port, `${SOCKET}&sid=${sid}`);
  assert.equal((await second.frame()).name, 'close');
  first.send(text('5'));
  const third = await RawWebSocket.connect(port, `${SOCKET}&sid=${sid}`);
  assert.equal((await third.frame()).name, 'close');
  first.send(text('42["echo",1]'));
  assert.equal(await first.message(), '42["echo",1]');
  [first, second, third].forEach((ws) => ws.destroy());
});
test('the WebSocket is closed without an upgrade in time', async ({ port }) => {
  const { sid } = await join(port);
  const ws = await RawWebSocket.connect(port, `${SOCKET}&sid=${sid}`);
  ws.send(text('2probe'));
  await ws.message();
  const started = Date.now();
  assert.equal((await ws.frame(12000))?.name, 'close');
  assert.ok(Date.now() - started > 9500);
  ws.destroy();
});

// ---- over a WebSocket
test('packets over a WebSocket', async ({ port }) => {
  const ws = await joinSocket(port);
  ws.send(text('42["echo","x"]'));
  assert.equal(await ws.message(), '42["echo","x"]');
  ws.send(Buffer.concat([text('451-["message",{"_placeholder":true,"num":0}]'), binary(Buffer.from([1, 2, 3]))]));
  assert.equal(await ws.message(), '451-["message-back",{"_placeholder":true,"num":0}]');
  assert.deepEqual(await ws.message(), Buffer.from([1, 2, 3]));
  ws.send(text('1')); // ignored over a WebSocket
  ws.send(text('42["echo","y"]'));
  assert.equal(await ws.message(), '42["echo","y"]');
  ws.send(close(1000));
  assert.equal((await ws.frame()).code, 1000);
  assert.ok(await ws.waitEnd());
});
test('a message above maxPayload closes with 1009', async ({ port }) => {
  const ws = await joinSocket(port);
  ws.send(text('4' + 'x'.repeat(1000000)));
  assert.equal((await ws.frame()).code, 1009);
  ws.destroy();
});
for (const [name, packet] of [['an unknown packet', 'x'], ['an empty packet', ''], ['a ping', '2'], ['a probe without an upgrade', '2probe']])
  test(`${name} closes the WebSocket`, async ({ port }) => {
    const ws = await joinSocket(port);
    ws.send(text(packet));
    const f = await ws.frame();
    assert.deepEqual([f.name, f.code], ['close', undefined]);
    assert.ok(await ws.waitEnd(5000) || true);
    ws.destroy();
  });
test('an unmasked frame closes with 1002', async ({ port }) => {
  const ws = await joinSocket(port);
  ws.send(frame(0x81, '42["echo"]', { mask: null }));
  assert.equal((await ws.frame()).code, 1002);
  ws.destroy();
});
test('bare Engine.IO returns every message', async ({ port }) => {
  const ws = await RawWebSocket.connect(port, '/engine.io/?EIO=4&transport=websocket');
  await ws.message();
  ws.send(text('4hello'));
  assert.equal(await ws.message(), '4hello');
  ws.send(binary(Buffer.from([0, 255])));
  assert.deepEqual(await ws.message(), Buffer.from([0, 255]));
  ws.destroy();
});

// ---- Socket.IO packets
const closing = [['no JSON', '42{'], ['an object', '42{"a":1}'], ['an empty list', '42[]'], ['a reserved event', '42["connect"]'], ['another reserved event', '42["disconnect","x"]'], ['newListener', '42["newListener"]'],
  ['null as the event', '42[null]'], ['a list as the event', '42[["x"]]'], ['an ack that is no list', '430{}'], ['an unknown type', '49'], ['no type', '4x'], ['nothing', '4'], ['text as auth', '40"x"'], ['a list as auth', '40[]'],
  ['DISCONNECT with data', '41{}'], ['a second CONNECT', '40'], ['CONNECT_ERROR from a client', '44{"message":"x"}'], ['a namespace that is not joined', '42/chat,["echo"]'],
  ['no count of attachments', '45-["x"]'], ['no dash', '451["x",{"_placeholder":true,"num":0}]'], ['zero attachments', '450-["x"]'], ['eleven attachments', '4511-["x"]'], ['half an attachment', '451.5-["x"]'],
  ['text where an attachment is due', '451-["echo",{"_placeholder":true,"num":0}]', '42["echo"]'], ['bytes nobody announced', Buffer.from([1])],
  ['a placeholder out of range', '451-["echo",{"_placeholder":true,"num":1}]', Buffer.from([1])], ['a negative placeholder', '451-["echo",{"_placeholder":true,"num":-1}]', Buffer.from([1])], ['a placeholder with text', '451-["echo",{"_placeholder":true,"num":"0"}]', Buffer.from([1])]];
for (const [name, ...packets] of closing)
  test(`closed: ${name}`, async ({ port }) => {
    const ws = await joinSocket(port);
    for (const packet of packets) ws.send(typeof packet === 'string' ? text(packet) : binary(packet));
    let seen;
    do seen = await ws.frame(); while (seen && seen.name === 'text' && /^42\["event-error"/.test(seen.payload));
    assert.equal(seen?.name, 'close');
    ws.destroy();
  });
const fine = [['no arguments', '42["echo"]', ['42["echo"]']], ['an ack id', '427["echo",1]', ['437[1]']], ['a big ack id', '42123456789012["echo"]', ['43123456789012[]']], ['a leading zero', '4207["echo"]', ['437[]']],
  ['error is an ordinary name', '42["error",{"message":"mine"}]', ['42["event-error",{"message":"mine"}]']], ['a number as the event', '42[5,"x"]', []], ['nobody listens', '42["nobody",1]', []], ['no data at all', '42', []], ['blanks in the JSON', '42[ "echo" , 1 ]', ['42["echo",1]']],
  ['an ack nobody waits for', '43999[]', []], ['JavaScript numbers', '42["echo",1e21,-0,1.50,1E3,123456789012345680000]', ['42["echo",1e+21,0,1.5,1000,123456789012345680000]']], ['lone surrogates', '42["echo","\\ud800"]', ['42["echo","\\ud800"]']],
  ['key order', '42["echo",{"b":1,"a":2,"10":3,"9":4}]', ['42["echo",{"9":4,"10":3,"b":1,"a":2}]']], ['forbidden', '42["forbidden"]', ['42["event-error",{"message":"event not allowed"}]']], ['a placeholder twice', null, ['452-["message-back",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]']]];
for (const [name, packet, answers] of fine)
  test(`taken: ${name}`, async ({ port }) => {
    const ws = await joinSocket(port);
    if (packet) ws.send(text(packet));
    else ws.send(Buffer.concat([text('451-["message",{"_placeholder":true,"num":0},{"num":0,"_placeholder":true}]'), binary('x')]));
    const seen = [];
    for (let i = 0; i < answers.length; i++) seen.push(await ws.message());
    assert.deepEqual(seen, answers);
    if (packet) { ws.send(text('42["echo","end"]')); assert.equal(await ws.message(), '42["echo","end"]'); }
    ws.destroy();
  });
test('attachments in any order', async ({ port }) => {
  const ws = await joinSocket(port);
  ws.send(Buffer.concat([text('452-3["echo",{"_placeholder":true,"num":1},{"_placeholder":true,"num":0}]'), binary('a'), binary('b')]));
  assert.equal(await ws.message(), '462-3[{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]');
  assert.deepEqual([await ws.message(), await ws.message()].map(String), ['b', 'a']);
  ws.destroy();
});
for (const [name, connect, answer] of [
  ['an unknown namespace', '40/nothing,', /^44\/nothing,\{"message":"Invalid namespace"\}$/], ['a known one without a comma', '40/chat', /^40\/chat,\{"sid":"/], ['with auth', '40/chat,{"nick":"Ada"}', /^40\/chat,\{"sid":"/],
  ['a lesson', '40/lesson-12,', /^40\/lesson-12,\{"sid":"/], ['a lesson too many', '40/lesson-1234,', /^44\/lesson-1234,/], ['a query belongs to the name', '40/chat?x=1,', /^44\/chat\?x=1,\{"message":"Invalid namespace"\}$/],
  ['admin without a token', '40/admin,', /^44\/admin,\{"message":"token required","data":\{"code":401\}\}$/], ['admin with a wrong one', '40/admin,{"token":"x"}', /^44\/admin,\{"message":"invalid token","data":\{"code":401\}\}$/],
  ['admin', '40/admin,{"token":"lab-admin-token"}', /^40\/admin,\{"sid":"/], ['rejected', '40{"reject":"late"}', /^44\{"message":"rejected by middleware","data":\{"code":403,"reason":"late"\}\}$/]])
  test(`connecting: ${name}`, async ({ port }) => {
    const ws = await RawWebSocket.connect(port, SOCKET);
    await ws.message();
    ws.send(text(connect));
    assert.match(await ws.message(), answer);
    ws.send(text('40/custom,{"again":true}'));
    assert.match(await ws.message(), /^40\/custom,/);
    assert.equal(await ws.message(), '42/custom,["auth",{"again":true}]');
    ws.destroy();
  });
test('leaving and joining again on one transport', async ({ port }) => {
  const ws = await joinSocket(port);
  ws.send(text('41'));
  await sleep(30);
  ws.send(text('40'));
  assert.match(await ws.message(), /^40\{"sid"/);
  assert.equal(await ws.message(), '42["auth",{}]');
  ws.destroy();
});
test('an event before CONNECT closes', async ({ port }) => {
  const ws = await RawWebSocket.connect(port, SOCKET);
  await ws.message();
  ws.send(text('42["echo"]'));
  assert.equal((await ws.frame()).name, 'close');
  ws.destroy();
});
test('the id of a socket is not that of its session', async ({ port }) => {
  const { sid, id } = await join(port);
  assert.notEqual(sid, id);
  assert.match(id, /^[A-Za-z0-9_-]{20}$/);
});

// ---- heartbeat
test('heartbeat: a silent client is given up', async ({ launch, subject }) => {
  const { port } = await launch(subject, '--profile', 'suite');
  const { sid } = await open(port);
  const started = Date.now();
  assert.equal((await get(port, `${POLL}&sid=${sid}`)).body.toString(), '2');
  const first = Date.now() - started;
  assert.ok(first > 270 && first < 420, `ping after ${first} ms`);
  await sleep(205 - (Date.now() - started - first));
  await gone(port, sid);
});
test('heartbeat: the next ping comes an interval after the pong', async ({ launch, subject }) => {
  const { port } = await launch(subject, '--profile', 'suite');
  const ws = await RawWebSocket.connect(port, SOCKET);
  await ws.message();
  ws.send(text('40'));
  await ws.message(); await ws.message();
  for (let i = 0; i < 3; i++) {
    assert.equal(await ws.message(), '2');
    await sleep(100);
    const answered = Date.now();
    ws.send(text('3'));
    const next = ws.frame();
    const f = await next;
    const gap = Date.now() - answered;
    assert.equal(f.payload.toString(), '2');
    assert.ok(gap > 280 && gap < 420, `next ping ${gap} ms after the pong`);
    ws.send(text('3'));
  }
  ws.destroy();
});
test('heartbeat: a client without a namespace is closed', async ({ launch, subject }) => {
  const { port } = await launch(subject, '--profile', 'suite');
  const ws = await RawWebSocket.connect(port, SOCKET);
  await ws.message();
  const started = Date.now();
  let f;
  for (;;) { f = await ws.frame(); if (!f || f.name === 'close') break; ws.send(text('3')); }
  assert.equal(f?.name, 'close');
  const after = Date.now() - started;
  assert.ok(after > 950 && after < 1300, `closed after ${after} ms`);
  ws.destroy();
});
test('a server that stops closes its sockets', async ({ launch, subject }) => {
  const server = await launch(subject, '--profile', 'demo');
  const ws = await joinSocket(server.port);
  const stopped = server.stop();
  const f = await ws.frame();
  assert.ok(f === undefined || f.name === 'close');
  assert.ok(await ws.waitEnd());
  await stopped;
});
