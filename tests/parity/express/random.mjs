#!/usr/bin/env node
// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT
// Sends random configurations and requests to real Express and to a subject and compares the answers.
//   node random.mjs --subject-cmd CMD [--seed N] [--count 2000] [--first 0] [--without auth,jwt] [--jobs 1]
//                   [--max-failures 10] [--save FILE] [--verbose]
// The pair n of a seed depends on nothing else: --seed N --first n --count 1 repeats it alone. A difference is made as
// small as it gets and printed as a case file for diff.mjs. Last line: `N passed, N failed (…)`; exit status as diff.mjs.
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Server, compare, printFailure, runCase, subst } from './diff.mjs';
import { Rng, mix } from './random/rng.mjs';
import { makeConfig } from './random/configs.mjs';
import { makeRequests } from './random/requests.mjs';
import { shrink } from './random/shrink.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const words = process.argv.slice(2);
const flag = (name) => words.includes('--' + name);
const option = (name, otherwise) => { const i = words.indexOf('--' + name); return i < 0 ? otherwise : words[i + 1]; };
const seed = Number(option('seed', String(Date.now() % 0x7fffffff)));
const first = Number(option('first', 0)), count = Number(option('count', 2000)), maxFailures = Number(option('max-failures', 10));
const left = option('without', '').split(',').filter(Boolean);
const strict = { 'strict-order': true, 'strict-case': true, timeout: option('timeout', '4000') };

export function makePair(number) {
  const r = new Rng(mix(seed, number));
  const config = makeConfig(r);
  for (const name of left) delete config[name];
  const requests = makeRequests(r, left);
  // Which of two requests gets the next session id depends on how the network cuts their bytes.
  if (config.auth?.mode === 'session') for (const request of requests) delete request.pipeline;
  // These signatures differ every time; what they sign is seen at /me.
  if (/^(ES|PS)/.test(config.auth?.jwt?.sign?.algorithm)) for (const request of requests) if (request.path === '/login') request.ignore = ['body', 'header:set-cookie', 'header:etag', 'header:content-length'];
  return { config, requests };
}

const listens = (server) => new Promise((done) => {
  const socket = net.connect(server.port, '127.0.0.1');
  socket.once('connect', () => { socket.destroy(); done(true); });
  socket.once('error', () => done(false));
});

/// Whether a server is there still, a moment after it left a request unanswered.
async function survives(server) {
  await new Promise((done) => setTimeout(done, 150));
  return !server.child?.gone && listens(server);
}

/// The reference and the subject, brought to one configuration after the other.
class Bench {
  constructor() {
    this.crashes = 0;
    const peer = `"${process.execPath}" "${path.join(here, 'server.mjs')}" --config {config} --port {port}`;
    this.peer = new Server('peer', { 'peer-cmd': peer });
    this.subject = new Server('subject', { 'subject-cmd': option('subject-cmd'), 'subject-control': true });
  }
  /// Differences by request; empty when the two servers agree.
  async differences({ config: raw, requests }) {
    const config = subst(raw, {});
    let [p, s] = await Promise.all([this.peer.use(config), this.subject.use(config)]);
    if (!p.ok && !p.message) { // the process of the pair before was about to end
      await this.peer.stop();
      p = await this.peer.use(config);
    }
    if (!p.ok || !s.ok) {
      if (p.ok === s.ok && p.message === s.message) return [];
      const text = (x) => (x.ok ? 'started' : x.message);
      return [{ request: 0, line: 'configuration', diffs: [{ field: 'startup', peer: text(p), subject: text(s) }] }];
    }
    const side = (server) => runCase(server, { requests }, strict, config);
    const [answers, ours] = await Promise.all([side(this.peer), side(this.subject)]);
    // An exception outside every request ends the whole Node process: nothing to compare.
    if (answers.some((a) => a && a.outcome !== 'response') && !(await survives(this.peer))) { this.crashes++; await this.peer.stop(); return []; }
    // A connection dropped by a process about to end is reset or closed as the system likes.
    for (const a of [...answers, ...ours]) if (a?.outcome === 'reset') a.outcome = 'closed';
    const context = { frozen: config.clock?.now != null };
    return requests.flatMap((request, i) => {
      const diffs = answers[i] && ours[i] ? compare(answers[i], ours[i], request, strict, context) : [];
      return diffs.length ? [{ request: i, line: `${request.method ?? 'GET'} ${request.path}`, diffs }] : [];
    });
  }
  stop() { return Promise.all([this.peer.stop(), this.subject.stop()]); }
}

const fields = (entries) => entries.flatMap((e) => e.diffs.map((d) => d.field));
const caseFile = (pair, number) => ({ suite: 'random', config: {}, groups: [{ name: `seed ${seed} pair ${number}`, config: pair.config, cases: [{ name: 'differs', requests: pair.requests }] }] });

async function report(bench, pair, number, entries) {
  const before = new Set(fields(entries));
  const same = (now) => fields(now).some((field) => before.has(field));
  const small = await shrink(pair, async (candidate) => { try { return same(await bench.differences(candidate)); } catch { return false; } });
  const now = await bench.differences(small);
  printFailure({ suite: 'random', name: `seed ${seed}` }, { name: `pair ${number}` }, now.length ? now : entries);
  if (!now.length) console.log('  (gone when repeated)');
  const file = caseFile(now.length ? small : pair, number);
  console.log(JSON.stringify(file) + '\n');
  return file.groups[0];
}

async function run() {
  const total = { passed: 0, failed: 0, requests: 0, crashes: 0 };
  const groups = [];
  let next = first;
  const worker = async () => {
    const bench = new Bench();
    try {
      while (next < first + count) {
        const number = next++;
        const pair = makePair(number);
        if (flag('verbose')) console.log(number, JSON.stringify(pair));
        const entries = await bench.differences(pair);
        total.requests += pair.requests.length;
        if (!entries.length) { total.passed++; continue; }
        total.failed++;
        if (total.failed <= maxFailures) groups.push(await report(bench, pair, number, entries));
      }
    } finally { total.crashes += bench.crashes; await bench.stop(); }
  };
  const began = Date.now();
  console.log(`seed ${seed}`);
  await Promise.all(Array.from({ length: Number(option('jobs', 1)) }, worker));
  if (option('save')) fs.writeFileSync(option('save'), JSON.stringify({ suite: 'random', config: {}, groups }, null, 1) + '\n');
  console.log(`${total.passed} passed, ${total.failed} failed (seed ${seed}, ${total.requests} requests, ${total.crashes} ended the reference, ${((Date.now() - began) / 1000).toFixed(1)} s)`);
  return total.failed ? 1 : 0;
}

if (!option('subject-cmd')) { console.error('random.mjs needs --subject-cmd'); process.exit(2); }
process.exit(await run());
