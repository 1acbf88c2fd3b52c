// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT
// Short and long polling of /api/updates: nothing missed, every waiter woken, nobody remembered in vain.
import assert from 'node:assert/strict';
import { RawSocket, request, sleep } from '../tools/rawsocket.mjs';

export const profile = 'demo';
export const tests = [];
const test = (name, body) => tests.push({ name, body });

const get = async (port, target, options) => {
  const answer = await request(port, 'GET', target, options);
  return { ...answer, json: JSON.parse(answer.body.toString()) };
};
const publish = async (port, value, type = 'application/json') => {
  const answer = await request(port, 'POST', '/api/updates', { headers: { 'Content-Type': type }, body: typeof value === 'string' ? value : JSON.stringify(value) });
  return { ...answer, json: JSON.parse(answer.body.toString()) };
};
const latest = async (port) => (await get(port, '/api/updates/stats')).json.latest;
const waiters = async (port) => (await get(port, '/api/updates/stats')).json.waiters;
const until = async (condition, ms = 3000) => {
  for (const end = Date.now() + ms; Date.now() < end; await sleep(10)) if (await condition()) return;
  assert.fail('it did not come true in time');
};
/** A held request; the answer comes from answer(). */
const hold = async (port, query) => {
  const raw = await RawSocket.open(port);
  raw.send(`GET /api/updates/long?${query} HTTP/1.1\r\nHost: x\r\n\r\n`);
  raw.json = async (ms) => { const answer = await raw.answer(ms); return { ...answer, json: JSON.parse(answer.body.toString()) }; };
  return raw;
};

test('an empty feed', async ({ port }) => {
  const answer = await get(port, '/api/updates');
  assert.deepEqual(answer.json, { since: 0, latest: 0, updates: [], missed: 0 });
  assert.deepEqual(answer.lines.slice(1, 5), ['Content-Type: application/json; charset=utf-8', `Content-Length: ${answer.body.length}`, 'Cache-Control: no-store', 'Access-Control-Allow-Origin: *']);
  assert.equal(answer.headers.etag, undefined);
  assert.deepEqual((await get(port, '/api/updates/stats')).json, { latest: 0, oldest: null, retained: 0, waiters: 0 });
});
test('a publication', async ({ port }) => {
  const answer = await publish(port, { event: 'news', data: { n: 1, text: 'ä\u2028"' } });
  assert.equal(answer.status, 201);
  assert.deepEqual(Object.keys(answer.json), ['id', 'event', 'data', 'at']);
  assert.deepEqual({ ...answer.json, at: 0 }, { id: 1, event: 'news', data: { n: 1, text: 'ä\u2028"' }, at: 0 });
  assert.match(answer.json.at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  assert.deepEqual((await get(port, '/api/updates?since=0')).json.updates, [answer.json]);
});
for (const [name, body, status, error, type] of [
  ['no JSON', '{"data":', 400, 'invalid JSON'],
  ['an empty body', '', 400, 'invalid JSON'],
  ['no data', '{"event":"x"}', 400, 'data is required'],
  ['null', 'null', 400, 'data is required'],
  ['a list', '[{"data":1}]', 400, 'data is required'],
  ['a number', '5', 400, 'data is required'],
  ['an empty event', '{"event":"","data":1}', 400, 'event must be a non-empty string'],
  ['an event that is a number', '{"event":5,"data":1}', 400, 'event must be a non-empty string'],
  ['an event that is null', '{"event":null,"data":1}', 400, 'event must be a non-empty string'],
  ['text', '{"data":1}', 415, 'content-type must be application/json', 'text/plain'],
  ['a form', 'data=1', 415, 'content-type must be application/json', 'application/x-www-form-urlencoded'],
  ['102401 octets', `{"data":"${'x'.repeat(102401 - 11)}"}`, 413, 'body larger than 102400 bytes'],
]) {
  test(`a publication that is refused: ${name}`, async ({ port }) => {
    const before = await latest(port);
    const answer = await publish(port, body, type);
    assert.equal(answer.status, status);
    assert.deepEqual(answer.json, { error });
    assert.equal(await latest(port), before);
  });
}
test('publications that are taken', async ({ port }) => {
  for (const [body, type] of [['{"data":null}'], ['{"data":[]}', 'Application/JSON; charset=utf-8'], [`{"data":"${'x'.repeat(102400 - 11)}"}`], [' {"data": false } ']])
    assert.equal((await publish(port, body, type)).status, 201);
  assert.equal((await publish(port, { data: 0 })).json.event, 'message');
});
for (const since of ['', '-1', '+1', '1.5', '0x1', '1e3', 'abc', '1234567890123456', '%20', '1 ', 'NaN'])
  test(`since=${JSON.stringify(since)} is refused`, async ({ port }) => {
    for (const path of ['/api/updates', '/api/updates/long']) {
      const answer = await get(port, `${path}?since=${encodeURIComponent(since)}`);
      assert.equal(answer.status, 400);
      assert.deepEqual(answer.json, { error: 'since must be a non-negative integer' });
    }
  });
for (const timeout of ['', '-1', '1.5', 'x', '1234567890123456'])
  test(`timeout=${JSON.stringify(timeout)} is refused`, async ({ port }) => {
    const answer = await get(port, `/api/updates/long?since=99999&timeout=${timeout}`);
    assert.equal(answer.status, 400);
    assert.deepEqual(answer.json, { error: 'timeout must be a non-negative integer' });
  });
test('the first of several values counts', async ({ port }) => {
  const now = await latest(port);
  assert.equal((await get(port, `/api/updates?since=${now}&since=0`)).json.since, now);
  assert.equal((await get(port, '/api/updates?since=0003')).json.since, 3);
});
test('a number from the future', async ({ port }) => {
  const now = await latest(port);
  assert.deepEqual((await get(port, '/api/updates?since=123456')).json, { since: 123456, latest: now, updates: [], missed: 0, reset: true });
  assert.deepEqual((await get(port, '/api/updates/long?since=123456')).json, { since: 123456, latest: now, updates: [], missed: 0, reset: true, timedOut: false });
});
test('what is there is answered at once', async ({ port }) => {
  const { json } = await publish(port, { data: 'there' });
  const answer = await get(port, `/api/updates/long?since=${json.id - 1}`);
  assert.deepEqual(answer.json, { since: json.id - 1, latest: json.id, updates: [json], missed: 0, timedOut: false });
});
test('a poll is held until a publication', async ({ port }) => {
  const now = await latest(port);
  const held = await hold(port, `since=${now}`);
  await until(async () => (await waiters(port)) === 1);
  await sleep(100);
  assert.equal(held.received.length, 0, 'not even a status line');
  const { json } = await publish(port, { event: 'wake', data: 7 });
  const answer = await held.json();
  assert.equal(answer.status, 200);
  assert.deepEqual(answer.json, { since: now, latest: json.id, updates: [json], missed: 0, timedOut: false });
  assert.equal(await waiters(port), 0);
  held.destroy();
});
test('a poll that times out', async ({ port }) => {
  const now = await latest(port);
  const started = Date.now();
  const answer = await get(port, `/api/updates/long?since=${now}&timeout=250`);
  const took = Date.now() - started;
  assert.deepEqual(answer.json, { since: now, latest: now, updates: [], missed: 0, timedOut: true });
  assert.ok(took >= 245 && took < 900, `after ${took} ms`);
});
test('timeout=0 does not wait', async ({ port }) => {
  const now = await latest(port);
  assert.equal((await get(port, `/api/updates/long?since=${now}&timeout=0`)).json.timedOut, true);
});
test('a hundred waiters are woken by one publication', async ({ port }) => {
  const now = await latest(port);
  const held = await Promise.all(Array.from({ length: 100 }, (_, i) => hold(port, `since=${now}&timeout=${20000 + i}`)));
  await until(async () => (await waiters(port)) === 100);
  const { json } = await publish(port, { data: 'all' });
  for (const one of held) {
    assert.deepEqual((await one.json()).json.updates, [json]);
    one.destroy();
  }
  assert.equal(await waiters(port), 0);
});
test('a waiter that leaves is forgotten at once', async ({ port }) => {
  const now = await latest(port);
  const held = await Promise.all(Array.from({ length: 20 }, () => hold(port, `since=${now}`)));
  await until(async () => (await waiters(port)) === 20);
  for (const one of held.slice(0, 15)) one.destroy();
  await until(async () => (await waiters(port)) === 5);
  await publish(port, { data: 'left' });
  for (const one of held.slice(15)) assert.equal((await one.json()).json.updates.length, 1);
  held.forEach((one) => one.destroy());
});
test('nothing is missed or doubled while others publish', async ({ port }) => {
  const start = await latest(port);
  const seen = [];
  let since = start;
  const reader = (async () => {
    while (seen.length < 200) {
      const { json } = await get(port, `/api/updates/long?since=${since}&timeout=5000`);
      seen.push(...json.updates.map((u) => u.id));
      assert.equal(json.missed, 0);
      since = json.latest;
    }
  })();
  for (let i = 0; i < 200; i += 4) await Promise.all([0, 1, 2, 3].map((j) => publish(port, { data: i + j })));
  await reader;
  assert.deepEqual(seen, Array.from({ length: 200 }, (_, i) => start + 1 + i));
});
test('the newest hundred are kept, the rest is counted as missed', async ({ port }) => {
  const start = await latest(port);
  for (let i = 0; i < 130; i++) await publish(port, { data: i });
  const { json } = await get(port, `/api/updates?since=${start}`);
  assert.equal(json.updates.length, 100);
  assert.equal(json.missed, 30);
  assert.equal(json.updates[0].id, start + 31);
  const stats = (await get(port, '/api/updates/stats')).json;
  assert.deepEqual(stats, { latest: start + 130, oldest: start + 31, retained: 100, waiters: 0 });
  assert.equal((await get(port, `/api/updates/long?since=${start}`)).json.timedOut, false);
});
test('two polls on one connection', async ({ port }) => {
  const now = await latest(port);
  const raw = await RawSocket.open(port);
  for (const timeout of [60, 30]) raw.send(`GET /api/updates/long?since=${now}&timeout=${timeout} HTTP/1.1\r\nHost: x\r\n\r\n`);
  assert.equal((await raw.answer()).status, 200);
  assert.equal((await raw.answer()).status, 200);
  raw.destroy();
});
test('other methods', async ({ port }) => {
  for (const [method, target, allow] of [['PUT', '/api/updates', 'GET, POST'], ['DELETE', '/api/updates', 'GET, POST'], ['POST', '/api/updates/long', 'GET'], ['PATCH', '/api/updates/stats', 'GET']]) {
    const answer = await request(port, method, target);
    assert.equal(answer.status, 405);
    assert.equal(answer.headers.allow, allow);
  }
  const options = await request(port, 'OPTIONS', '/api/updates/long');
  assert.equal(options.status, 204);
  assert.equal(options.headers['access-control-allow-methods'], 'GET,POST');
});
test('a full house', async ({ launch, subject }) => {
  const server = await launch(subject, '--profile', 'demo');
  const held = [];
  for (let i = 0; i < 1000; i += 50) held.push(...await Promise.all(Array.from({ length: 50 }, () => hold(server.port, 'since=0'))));
  await until(async () => (await waiters(server.port)) === 1000, 15000);
  const answer = await get(server.port, '/api/updates/long?since=0');
  assert.equal(answer.status, 503);
  assert.equal(answer.headers['retry-after'], '1');
  assert.deepEqual(answer.json, { error: 'too many waiting clients' });
  assert.equal((await get(server.port, '/api/updates')).status, 200);
  held.forEach((one) => one.destroy());
  await until(async () => (await waiters(server.port)) === 0);
});
test('a server that stops lets its waiters go', async ({ launch, subject }) => {
  const server = await launch(subject, '--profile', 'demo');
  const held = await Promise.all([hold(server.port, 'since=0'), hold(server.port, 'since=0')]);
  await until(async () => (await waiters(server.port)) === 2);
  const stopped = server.stop();
  for (const one of held) {
    const answer = await one.json();
    assert.equal(answer.status, 503);
    assert.equal(answer.headers.connection, 'close');
    assert.deepEqual(answer.json, { error: 'server is shutting down' });
  }
  await stopped;
});
