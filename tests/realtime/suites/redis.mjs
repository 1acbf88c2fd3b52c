// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT
// Several servers over one real redis-server: two of the subject's and one of npm socket.io share their rooms.
import assert from 'node:assert/strict';
import { createClient } from 'redis';
import { Emitter } from '@socket.io/redis-emitter';
import { io } from 'socket.io-client';
import { sleep } from '../tools/rawsocket.mjs';

export const tests = [];
const test = (name, body) => tests.push({ name, body });

let farm;
/** Redis, three servers A and B (the subject's) and N (Node's), one client of each: {a, b, n}. */
async function ready({ launch, startRedis, subject }) {
  if (farm) return farm;
  const redis = await startRedis();
  assert.ok(redis, 'redis-server is installed (apt: redis-server)');
  const servers = {};
  for (const [name, which] of [['a', subject], ['b', subject], ['n', 'peer']]) servers[name] = await launch(which, '--profile', 'demo', '--redis', redis.url);
  await sleep(200);
  farm = { redis, servers };
  process.once('exit', () => redis.stop());
  return farm;
}
const open = [];
const once = (socket, event, ms = 3000) => new Promise((done, fail) => { const timer = setTimeout(() => fail(new Error(`no "${event}" in time`)), ms); socket.once(event, (...args) => { clearTimeout(timer); done(args); }); });
const quiet = async (socket, event, ms = 200) => { let heard = false; const on = () => { heard = true; }; socket.on(event, on); await sleep(ms); socket.off(event, on); assert.ok(!heard, `"${event}" came`); };
const ask = (socket, ...args) => socket.timeout(6000).emitWithAck(...args);
async function clients(context, nsp = '/', auth = {}) {
  const { servers } = await ready(context);
  const result = {};
  for (const name of ['a', 'b', 'n']) {
    const socket = io(servers[name].base + nsp, { forceNew: true, transports: ['websocket'], reconnection: false, auth });
    open.push(socket);
    await once(socket, 'connect');
    result[name] = socket;
  }
  return result;
}
const shared = (name, body) => test(name, async (context) => { try { await body(context); } finally { open.splice(0).forEach((s) => s.disconnect()); } });

for (const from of ['a', 'b', 'n']) {
  shared(`a broadcast from ${from} reaches every server`, async (context) => {
    const all = await clients(context);
    const others = ['a', 'b', 'n'].filter((name) => name !== from);
    const heard = others.map((name) => once(all[name], 'broadcast'));
    const silent = quiet(all[from], 'broadcast');
    await ask(all[from], 'broadcast', 'to all', { n: [1, 2.5, -3, 1e10, null, true], bytes: Buffer.from([0, 255]), 'ключ': 'ü' });
    for (const one of heard) {
      const [text, value] = await one;
      assert.deepEqual([text, { ...value, bytes: [...value.bytes] }], ['to all', { n: [1, 2.5, -3, 1e10, null, true], bytes: [0, 255], 'ключ': 'ü' }]);
    }
    await silent;
  });
  shared(`a room message from ${from} reaches the members elsewhere, and nobody else`, async (context) => {
    const all = await clients(context);
    const outsider = (await clients(context)).b;
    const chat = (await clients(context, '/chat')).n;
    await ask(chat, 'join-room', 'blue');
    for (const name of ['a', 'b', 'n']) await ask(all[name], 'join-room', 'blue');
    const heard = ['a', 'b', 'n'].map((name) => once(all[name], 'room-message'));
    const silent = Promise.all([quiet(outsider, 'room-message'), quiet(chat, 'room-message')]);
    assert.deepEqual(await ask(all[from], 'room-message', { room: 'blue', text: `from ${from}` }), { ok: true });
    for (const one of heard) assert.deepEqual(await one, [{ room: 'blue', from: all[from].id, text: `from ${from}` }]);
    await silent;
  });
  shared(`${from} sees the members of a room on all servers`, async (context) => {
    const all = await clients(context);
    const room = `members ${from}`;
    for (const name of ['a', 'b', 'n']) await ask(all[name], 'join-room', room);
    assert.deepEqual(await ask(all[from], 'room-members', room), [all.a.id, all.b.id, all.n.id].sort());
  });
  shared(`${from} gathers the answers of a room on all servers`, async (context) => {
    const all = await clients(context);
    const room = `quiz ${from}`;
    for (const name of ['a', 'b', 'n']) { await ask(all[name], 'join-room', room); all[name].on('question', (q, ack) => ack(`${name}: ${q}`)); }
    assert.deepEqual(await ask(all[from], 'ask-room', room, 'who'), { ok: true, answers: ['a: who', 'b: who', 'n: who'] });
    all.b.off('question');
    assert.deepEqual(await ask(all[from], 'ask-room', room, 'now'), { ok: false, answers: ['a: now', 'n: now'] });
  });
  shared(`${from} lists the users of /chat everywhere and throws them out`, async (context) => {
    const chat = await clients(context, '/chat', { nick: 'Ada' });
    assert.deepEqual(await ask(chat[from], 'users'), ['Ada', 'Ada', 'Ada']);
    const admin = (await clients(context, '/admin', { token: 'lab-admin-token' }))[from];
    for (const name of ['a', 'b', 'n']) await ask(chat[name], 'join-room', 'out');
    const gone = ['a', 'b', 'n'].map((name) => once(chat[name], 'disconnect'));
    await ask(admin, 'kick', 'out');
    for (const one of gone) assert.equal((await one)[0], 'io server disconnect');
  });
}
shared('messages keep their order', async (context) => {
  const { a, b, n } = await clients(context);
  const seen = { b: [], n: [] };
  b.on('broadcast', (i) => seen.b.push(i));
  n.on('broadcast', (i) => seen.n.push(i));
  await Promise.all(Array.from({ length: 300 }, (_, i) => ask(a, 'broadcast', i)));
  await sleep(300);
  const expected = Array.from({ length: 300 }, (_, i) => i);
  assert.deepEqual(seen, { b: expected, n: expected });
});
shared('an emitter without sockets', async (context) => {
  const all = await clients(context);
  const { redis } = await ready(context);
  const client = createClient({ url: redis.url });
  await client.connect();
  const emitter = new Emitter(client);
  const everybody = ['a', 'b', 'n'].map((name) => once(all[name], 'from-emitter'));
  emitter.emit('from-emitter', 1, 'x', Buffer.from('bytes'));
  for (const one of everybody) { const [i, x, bytes] = await one; assert.deepEqual([i, x, Buffer.from(bytes).toString()], [1, 'x', 'bytes']); }
  emitter.socketsJoin('emitted');
  await sleep(200);
  for (const name of ['a', 'b', 'n']) assert.deepEqual((await ask(all[name], 'whoami')).rooms, ['emitted']);
  emitter.in('emitted').except(all.a.id).socketsLeave('emitted');
  await sleep(200);
  assert.deepEqual((await ask(all.b, 'whoami')).rooms, []);
  const room = once(all.a, 'to-room');
  const silent = quiet(all.b, 'to-room');
  emitter.to('emitted').emit('to-room', 5);
  assert.deepEqual(await room, [5]);
  await silent;
  const gone = ['a', 'b', 'n'].map((name) => once(all[name], 'disconnect'));
  emitter.disconnectSockets();
  for (const one of gone) assert.equal((await one)[0], 'io server disconnect');
  await client.quit();
});
shared('nonsense on the channels harms nobody', async (context) => {
  const { a, b } = await clients(context);
  const { redis } = await ready(context);
  const client = createClient({ url: redis.url });
  await client.connect();
  // Only what Node's own adapter survives: it stops listening after a message it cannot read.
  for (const [channel, message] of [['socket.io-request#/#', '{'], ['socket.io-request#/#', '{"type":99}'], ['socket.io-response#/#', '{"requestId":"none"}'], ['socket.io-response#/#', 'x'], ['socket.io-request#/#', '']]) await client.publish(channel, message);
  const heard = once(b, 'broadcast');
  await ask(a, 'broadcast', 'fine');
  assert.deepEqual(await heard, ['fine']);
  await client.quit();
});
test('without Redis a server works alone and says so', async ({ launch, subject }) => {
  if (subject === 'peer') return;
  const server = await launch(subject, '--profile', 'demo', '--redis', 'redis://127.0.0.1:1');
  const [one, two] = [0, 1].map(() => io(server.base, { forceNew: true, reconnection: false }));
  open.push(one, two);
  await Promise.all([once(one, 'connect'), once(two, 'connect')]);
  const heard = once(two, 'broadcast');
  await ask(one, 'broadcast', 1);
  assert.deepEqual(await heard, [1]);
  assert.deepEqual(await ask(one, 'room-members', one.id), [one.id]);
  assert.match(server.errors(), /Redis/);
  open.splice(0).forEach((s) => s.disconnect());
});
test('servers find each other again after Redis was restarted', async (context) => {
  const { launch, startRedis, subject } = context;
  if (subject === 'peer') return;
  const redis = await startRedis();
  const servers = [await launch(subject, '--profile', 'demo', '--redis', redis.url), await launch(subject, '--profile', 'demo', '--redis', redis.url)];
  const [one, two] = servers.map((server) => io(server.base, { forceNew: true, reconnection: false }));
  open.push(one, two);
  await Promise.all([once(one, 'connect'), once(two, 'connect')]);
  redis.stop();
  await sleep(100);
  const again = await startRedis(redis.port);
  for (let i = 0; i < 60; i++) {
    const heard = once(two, 'broadcast', 100).catch(() => undefined);
    await ask(one, 'broadcast', i);
    if (await heard) { again.stop(); open.splice(0).forEach((s) => s.disconnect()); return; }
  }
  assert.fail('no broadcast came through');
});
