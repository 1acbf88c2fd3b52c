// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT
// The demo application as the real socket.io-client sees it, over each transport and over the upgrade.
import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import { io, Manager } from 'socket.io-client';
import { sleep } from '../tools/rawsocket.mjs';

export const profile = 'demo';
export const tests = [];
const test = (name, body) => tests.push({ name, body });

const WAYS = { polling: { transports: ['polling'] }, websocket: { transports: ['websocket'] }, upgrade: {} };
const open = [];
const client = (base, nsp = '/', options = {}) => {
  const socket = io(base + nsp, { forceNew: true, reconnection: false, ...options });
  open.push(socket);
  return socket;
};
const once = (socket, event, ms = 4000) => new Promise((done, fail) => {
  const timer = setTimeout(() => fail(new Error(`no "${event}" in time`)), ms);
  socket.once(event, (...args) => { clearTimeout(timer); done(args); });
});
const joined = async (base, nsp, options) => {
  const socket = client(base, nsp, options);
  const greeting = nsp === undefined || nsp === '/' ? once(socket, 'auth') : undefined;
  await Promise.race([once(socket, 'connect'), once(socket, 'connect_error').then(([e]) => { throw e; })]);
  await greeting;
  return socket;
};
const upgraded = async (socket) => { if (socket.io.engine.transport.name !== 'websocket') await once(socket.io.engine, 'upgrade'); };
const ask = (socket, ...args) => socket.timeout(4000).emitWithAck(...args);
const hash = (bytes) => crypto.createHash('sha256').update(bytes).digest('hex');
const quiet = async (socket, event, ms = 150) => { let heard = false; const on = () => { heard = true; }; socket.on(event, on); await sleep(ms); socket.off(event, on); assert.ok(!heard, `"${event}" came`); };
const closing = (name, body) => test(name, async (context) => { try { await body(context); } finally { open.splice(0).forEach((s) => s.disconnect()); } });

for (const [way, options] of Object.entries(WAYS)) {
  const on = (name, body) => closing(`${way}: ${name}`, (context) => body({ ...context, join: (nsp, more) => joined(context.base, nsp, { ...options, ...more }) }));
  on('connects and is greeted with its auth', async ({ base }) => {
    const socket = client(base, '/', { ...options, auth: { token: 'x', n: 1 } });
    assert.deepEqual(await once(socket, 'auth'), [{ token: 'x', n: 1 }]);
    assert.match(socket.id, /^[\w-]{20}$/);
  });
  on('echo as an event and as an acknowledgement', async ({ join }) => {
    const socket = await join();
    const back = once(socket, 'echo');
    socket.emit('echo', 1, 'zwei ä €', null, [true], { a: { b: [] } });
    assert.deepEqual(await back, [1, 'zwei ä €', null, [true], { a: { b: [] } }]);
    const values = await new Promise((done) => socket.emit('echo', 'a', undefined, 2, (...args) => done(args)));
    assert.deepEqual(values, ['a', null, 2]);
    assert.deepEqual(await new Promise((done) => socket.emit('echo', (...args) => done(args))), []);
  });
  on('message, message-with-ack', async ({ join }) => {
    const socket = await join();
    const back = once(socket, 'message-back');
    socket.send('x', 2);
    assert.deepEqual(await back, ['x', 2]);
    assert.equal(await ask(socket, 'message-with-ack', 'y'), 'y');
  });
  on('binary there and back', async ({ join }) => {
    const socket = await join();
    const bytes = crypto.randomBytes(3000);
    assert.deepEqual(await ask(socket, 'binary-info', bytes), { ok: true, bytes: 3000, sha256: hash(bytes) });
    assert.deepEqual(await ask(socket, 'binary-info', 'text'), { ok: false, error: 'binary expected' });
    assert.ok(Buffer.from(await ask(socket, 'binary-reverse', bytes)).equals(Buffer.from(bytes).reverse()));
    const echoed = await new Promise((done) => socket.emit('echo', { deep: [bytes, { more: Buffer.alloc(0) }] }, 'text', done));
    assert.ok(Buffer.from(echoed.deep[0]).equals(bytes));
    assert.equal(echoed.deep[1].more.length, 0);
  });
  on('many events keep their order', async ({ join }) => {
    const socket = await join();
    const seen = [];
    socket.on('item', (i) => seen.push(i));
    assert.deepEqual(await ask(socket, 'send-many', 1500), { ok: true, count: 1500 });
    assert.deepEqual(seen, Array.from({ length: 1500 }, (_, i) => i + 1));
    const answers = await Promise.all(Array.from({ length: 200 }, (_, i) => ask(socket, 'echo', i)));
    assert.deepEqual(answers, Array.from({ length: 200 }, (_, i) => i));
  });
  on('volatile events may get lost, the answer does not', async ({ join }) => {
    const socket = await join();
    const seen = [];
    socket.on('tick', (i) => seen.push(i));
    assert.deepEqual(await ask(socket, 'send-volatile', 100), { ok: true, count: 100 });
    assert.ok(seen.length < 100, `${seen.length} came`);
    assert.deepEqual(seen, [...seen].sort((a, b) => a - b));
  });
  on('2 MiB from the server', async ({ join }) => {
    const socket = await join();
    const bytes = once(socket, 'bytes', 15000);
    const size = 2 * 1024 * 1024;
    const answer = await socket.timeout(15000).emitWithAck('send-bytes', size);
    const [got] = await bytes;
    assert.deepEqual(answer, { ok: true, bytes: size, sha256: hash(got) });
    assert.equal(got.length ?? got.byteLength, size);
  });
  on('whoami', async ({ base }) => {
    const socket = await joined(base, '/', { ...options, auth: { a: 1 }, query: { page: 'x y', n: '2' } });
    if (way === 'upgrade') await upgraded(socket);
    assert.deepEqual(await ask(socket, 'whoami'), { id: socket.id, namespace: '/', transport: way === 'polling' ? 'polling' : 'websocket', rooms: [], auth: { a: 1 }, query: { page: 'x y', n: '2' }, recovered: false });
  });
  on('rooms', async ({ join }) => {
    const [a, b, c] = [await join(), await join(), await join('/chat')];
    assert.deepEqual(await ask(a, 'join-room', 'red'), { ok: true, room: 'red', rooms: ['red'] });
    const told = once(a, 'room-joined');
    assert.deepEqual(await ask(b, 'join-room', 'red'), { ok: true, room: 'red', rooms: ['red'] });
    assert.deepEqual(await told, [{ room: 'red', id: b.id }]);
    await ask(c, 'join-room', 'red');
    await ask(a, 'join-room', 'blue');
    assert.deepEqual((await ask(a, 'whoami')).rooms, ['blue', 'red']);
    assert.deepEqual(await ask(a, 'room-members', 'red'), [a.id, b.id].sort());
    assert.deepEqual(await ask(a, 'room-members', 'none'), []);
    const [both, silent] = [[once(a, 'room-message'), once(b, 'room-message')], quiet(c, 'room-message')];
    assert.deepEqual(await ask(b, 'room-message', { room: 'red', text: 'hi' }), { ok: true });
    for (const one of both) assert.deepEqual(await one, [{ room: 'red', from: b.id, text: 'hi' }]);
    await silent;
    assert.deepEqual(await ask(b, 'room-message', { room: 'blue', text: 'no' }), { ok: false, error: 'not in room' });
    const left = once(a, 'room-left');
    assert.deepEqual(await ask(b, 'leave-room', 'red'), { ok: true, room: 'red', rooms: [] });
    assert.deepEqual(await left, [{ room: 'red', id: b.id }]);
    assert.deepEqual(await ask(b, 'leave-room', 'red'), { ok: false, room: 'red', rooms: [], error: 'not in room' });
    for (const bad of ['', 5, null, 'x'.repeat(65), { a: 1 }]) assert.deepEqual(await ask(a, 'join-room', bad), { ok: false, error: 'invalid room' });
    assert.equal((await ask(a, 'join-room', 'y'.repeat(64))).ok, true);
    b.disconnect();
    await sleep(50);
    assert.deepEqual(await ask(a, 'room-members', 'red'), [a.id]);
  });
  on('broadcasts reach everybody else', async ({ join }) => {
    const [a, b, other] = [await join(), await join(), await join('/custom')];
    const heard = [once(b, 'broadcast'), quiet(a, 'broadcast'), quiet(other, 'broadcast')];
    assert.deepEqual(await ask(a, 'broadcast', 1, { x: Buffer.from('ab') }), { ok: true });
    const [one, { x }] = await heard[0];
    assert.deepEqual([one, Buffer.from(x).toString()], [1, 'ab']);
    await Promise.all(heard.slice(1));
    const all = [once(a, 'chat-message'), once(b, 'chat-message')];
    const { ok, seq } = await ask(a, 'chat-message', 'hello');
    assert.ok(ok);
    for (const one of all) assert.deepEqual(await one, [{ seq, from: a.id, text: 'hello' }]);
  });
  on('kicked out of a namespace, and off the connection', async ({ join }) => {
    const a = await join();
    const gone = once(a, 'disconnect');
    a.emit('kick-me');
    assert.equal((await gone)[0], 'io server disconnect');
    const b = await join();
    const closed = once(b, 'disconnect');
    b.emit('kick-me', true);
    assert.equal((await closed)[0], 'io server disconnect');
    const c = await join();
    const dropped = once(c, 'disconnect');
    c.emit('drop-me');
    assert.equal((await dropped)[0], 'transport close');
  });
}

closing('acknowledgements: late, never, twice', async ({ base }) => {
  const socket = await joined(base);
  const started = Date.now();
  assert.deepEqual(await ask(socket, 'slow-ack', 120), { ok: true, waited: 120 });
  assert.ok(Date.now() - started >= 115);
  await assert.rejects(socket.timeout(150).emitWithAck('never-ack'), /operation has timed out/);
  const values = [];
  socket.emit('double-ack', (v) => values.push(v));
  await sleep(100);
  assert.deepEqual(values, ['first']);
  assert.deepEqual(await ask(socket, 'slow-ack', 'soon'), { ok: true, waited: 'soon' });
});
closing('save-message', async ({ base }) => {
  const socket = await joined(base);
  const first = await ask(socket, 'save-message', { text: 'one' });
  assert.deepEqual(await ask(socket, 'save-message', { text: ' two ' }), { ok: true, id: first.id + 1, text: ' two ' });
  for (const bad of [{}, { text: '' }, { text: ' \n' }, { text: 5 }, null, 'x']) assert.deepEqual(await ask(socket, 'save-message', bad), { ok: false, error: 'text is required' });
});
closing('the server asks', async ({ base }) => {
  const [a, b] = [await joined(base), await joined(base)];
  a.on('question', (q, ack) => ack(`a:${q}`));
  assert.deepEqual(await ask(a, 'ask-me', 'why'), { ok: true, answer: 'a:why' });
  await ask(a, 'join-room', 'quiz'); await ask(b, 'join-room', 'quiz');
  b.once('question', (q, ack) => ack(`b:${q}`));
  assert.deepEqual(await ask(a, 'ask-room', 'quiz', 'who'), { ok: true, answers: ['a:who', 'b:who'] });
  assert.deepEqual(await ask(a, 'ask-room', 'quiz', 'now'), { ok: false, answers: ['a:now'] });
  assert.deepEqual(await ask(a, 'ask-room', 'nobody', 'x'), { ok: true, answers: [] });
  assert.deepEqual(await ask(b, 'ask-me', 'silence'), { ok: false, error: 'no answer' });
});
closing('errors of event middleware', async ({ base }) => {
  const socket = await joined(base);
  const error = once(socket, 'event-error');
  socket.emit('forbidden', 1);
  assert.deepEqual(await error, [{ message: 'event not allowed' }]);
  assert.equal(await ask(socket, 'echo', 'still here'), 'still here');
});
closing('refused connections', async ({ base }) => {
  const refused = async (nsp, auth) => { const s = client(base, nsp, { auth }); const [error] = await once(s, 'connect_error'); return [error.message, error.data]; };
  assert.deepEqual(await refused('/', { reject: 'because' }), ['rejected by middleware', { code: 403, reason: 'because' }]);
  assert.deepEqual(await refused('/', { reject: 7 }), ['rejected by middleware', { code: 403, reason: '7' }]);
  assert.deepEqual(await refused('/admin', {}), ['token required', { code: 401 }]);
  assert.deepEqual(await refused('/admin', { token: 'wrong' }), ['invalid token', { code: 401 }]);
  assert.deepEqual(await refused('/nowhere'), ['Invalid namespace', undefined]);
  assert.deepEqual(await refused('/lesson-0000'), ['Invalid namespace', undefined]);
});
closing('a refused client may try again', async ({ base }) => {
  const socket = client(base, '/admin', { auth: { token: 'wrong' } });
  await once(socket, 'connect_error');
  socket.auth = { token: 'lab-admin-token' };
  socket.connect();
  await once(socket, 'connect');
});
closing('several namespaces over one connection', async ({ base }) => {
  const manager = new Manager(base, { forceNew: true, reconnection: false });
  const [main, chat, lesson] = ['/', '/chat', '/lesson-42'].map((nsp) => manager.socket(nsp));
  open.push(main, chat, lesson);
  await Promise.all([main, chat, lesson].map((s) => once(s, 'connect')));
  assert.equal((await ask(lesson, 'whoami')).namespace, '/lesson-42');
  assert.equal(new Set([main.id, chat.id, lesson.id]).size, 3);
  main.disconnect();
  assert.equal(await ask(chat, 'echo', 1), 1);
  main.connect();
  await once(main, 'connect');
});
closing('chat: joining, typing, users, leaving', async ({ base }) => {
  const ada = await joined(base, '/chat', { auth: { nick: 'Ada' } });
  const enters = once(ada, 'system');
  const bob = await joined(base, '/chat', { auth: { nick: 'B'.repeat(40) } });
  assert.deepEqual(await enters, [{ type: 'joined', nick: 'B'.repeat(32) }]);
  const third = once(ada, 'system');
  const guest = await joined(base, '/chat', { auth: { nick: '' } });
  assert.deepEqual(await third, [{ type: 'joined', nick: 'guest' }]);
  assert.deepEqual(await ask(ada, 'users'), ['Ada', 'B'.repeat(32), 'guest'].sort());
  await upgraded(ada);
  const typing = once(ada, 'typing');
  guest.emit('typing', true);
  assert.deepEqual(await typing, [{ nick: 'guest', on: true }]);
  const leaves = once(ada, 'system');
  guest.disconnect();
  assert.deepEqual(await leaves, [{ type: 'left', nick: 'guest', reason: 'client namespace disconnect' }]);
  const cut = once(ada, 'system');
  bob.io.engine.close();
  const [{ reason }] = await cut;
  assert.ok(['transport close', 'transport error', 'client namespace disconnect'].includes(reason), reason);
});
closing('admin: stats, announce, kick', async ({ base }) => {
  const admin = await joined(base, '/admin', { auth: { token: 'lab-admin-token' } });
  const before = await ask(admin, 'stats');
  const chat = await joined(base, '/chat');
  const main = await joined(base);
  assert.deepEqual(await ask(admin, 'stats'), { clients: before.clients + 2, main: before.main + 1, chat: before.chat + 1 });
  const news = once(chat, 'system');
  assert.deepEqual(await ask(admin, 'announce', 'tea'), { ok: true });
  assert.deepEqual(await news, [{ type: 'announce', text: 'tea' }]);
  await ask(chat, 'join-room', 'noisy');
  const gone = once(chat, 'disconnect');
  assert.deepEqual(await ask(admin, 'kick', 'noisy'), { ok: true });
  assert.equal((await gone)[0], 'io server disconnect');
  assert.ok(main.connected);
});
closing('events are buffered until the connection is there', async ({ base }) => {
  const socket = client(base);
  const answers = Promise.all([1, 2, 3].map((n) => socket.emitWithAck('echo', n)));
  assert.deepEqual(await answers, [1, 2, 3]);
});
closing('the transports in another order', async ({ base }) => {
  const socket = await joined(base, '/', { transports: ['websocket', 'polling'] });
  assert.equal(socket.io.engine.transport.name, 'websocket');
  assert.equal(await ask(socket, 'echo', 1), 1);
});
closing('nothing is lost while the transport changes', async ({ base }) => {
  const socket = client(base);
  const seen = [];
  socket.on('echo', (n) => seen.push(n));
  let sent = 0;
  const timer = setInterval(() => { for (let i = 0; i < 5; i++) socket.emit('echo', ++sent); }, 2);
  await once(socket, 'connect');
  await upgraded(socket);
  await sleep(100);
  clearInterval(timer);
  await ask(socket, 'echo', 0);
  assert.deepEqual(seen, Array.from({ length: sent }, (_, i) => i + 1));
});
closing('a lost server, and its return', async ({ launch, subject }) => {
  const first = await launch(subject, '--profile', 'demo');
  const socket = client(first.base, '/', { reconnection: true, reconnectionDelay: 50, reconnectionDelayMax: 100 });
  await once(socket, 'connect');
  const id = socket.id;
  const lost = once(socket, 'disconnect');
  await first.stop('SIGKILL');
  assert.ok(['transport close', 'transport error'].includes((await lost)[0]));
  const back = once(socket, 'connect', 15000);
  await launch(subject, '--profile', 'demo', '--port', String(first.port));
  await back;
  assert.notEqual(socket.id, id);
  assert.equal(await ask(socket, 'echo', 1), 1);
});
closing('a server that shuts down', async ({ launch, subject }) => {
  const server = await launch(subject, '--profile', 'demo');
  for (const transports of [['polling'], ['websocket']]) await joined(server.base, '/', { transports });
  const reasons = Promise.all(open.map((s) => once(s, 'disconnect')));
  await server.stop();
  for (const [reason] of await reasons) assert.ok(['transport close', 'transport error', 'io server disconnect'].includes(reason), reason);
});

// ---- connection state recovery
closing('recovery: what was missed comes before the answer', async ({ launch, subject }) => {
  const { base } = await launch(subject, '--profile', 'recovery');
  const options = { reconnection: true, reconnectionDelay: 200, transports: ['websocket'] };
  const lost = await joined(base, '/', options);
  const other = await joined(base, '/', { transports: ['websocket'] });
  await ask(lost, 'join-room', 'r');
  await ask(other, 'join-room', 'r');
  const seen = [];
  lost.on('room-message', (message) => seen.push(message.text));
  await ask(other, 'room-message', { room: 'r', text: 'before' });
  await sleep(50);
  const id = lost.id;
  const back = once(lost, 'connect', 5000);
  lost.io.engine.close();
  await sleep(50);
  for (const text of ['missed 1', 'missed 2']) await ask(other, 'room-message', { room: 'r', text });
  await back;
  assert.deepEqual(seen, ['before', 'missed 1', 'missed 2']);
  assert.equal(lost.recovered, true);
  assert.equal(lost.id, id);
  const me = await ask(lost, 'whoami');
  assert.deepEqual([me.rooms, me.recovered], [['r'], true]);
});
closing('recovery: not after a farewell, not for strangers', async ({ launch, subject }) => {
  const { base } = await launch(subject, '--profile', 'recovery');
  const socket = await joined(base, '/', { transports: ['websocket'] });
  const id = socket.id;
  socket.disconnect();
  socket.connect();
  await once(socket, 'connect');
  assert.equal(socket.recovered, false);
  assert.notEqual(socket.id, id);
  const stranger = await joined(base, '/', { auth: { pid: 'nobody', offset: 'nothing' } });
  assert.equal(stranger.recovered, false);
});
