#!/usr/bin/env node
// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT
// Sends raw bytes, well-formed or not, to a real Node http server (the reference application of ../express) and to a
// subject, and compares every answered byte and what becomes of the connection.
//   node raw.mjs --work DIR --program FILE --transcripts FILE [--seed 1|new] [--mutants 300] [--only REGEX] [--verbose]
// DIR is the work folder of ../express/compare.mjs, where the npm packages are. Last line: `N passed, N failed`.
import net from 'node:net';
import os from 'node:os';
import fs from 'node:fs';
import path from 'node:path';
import { spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { CONVERSATIONS, SPLIT, mutants, transcripts } from './requests.mjs';

const words = process.argv.slice(2);
const option = (name, otherwise) => { const i = words.indexOf('--' + name); return i < 0 ? otherwise : words[i + 1]; };
const given = option('seed', '1');
const seed = given === 'new' ? Date.now() % 0x7fffffff : Number(given);
const CONFIG = { bodyParser: { text: true } };
/// How long nothing may come before an answer counts as whole; longer again where the two differ.
const QUIET = [120, 500, 2000];

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

/// All bytes that come back, and whether the server closed: by itself, or after we closed our side.
function converse(port, { bytes, splitAt, halfClose }, quiet) {
  return new Promise((done) => {
    const socket = net.connect(port, '127.0.0.1');
    const got = { text: '', fate: 'open' };
    let timer;
    const settle = () => { clearTimeout(timer); socket.destroy(); got.text = got.text.replace(/\r\nDate: [^\r]+ GMT\r\n/g, '\r\nDate: -\r\n'); done(got); };
    const wait = () => { clearTimeout(timer); timer = setTimeout(settle, quiet); };
    const closed = () => { got.fate = 'closed'; settle(); };
    socket.setNoDelay(true);
    socket.on('data', (data) => { got.text += data.toString('latin1'); wait(); });
    socket.on('end', closed);
    socket.on('error', closed);
    socket.on('connect', async () => {
      const data = Buffer.from(bytes, 'latin1');
      if (splitAt) { socket.write(data.subarray(0, splitAt)); await sleep(3); }
      if (socket.destroyed) return;
      socket.write(data.subarray(splitAt ?? 0));
      if (halfClose) socket.end();
      wait();
    });
  });
}

async function differs(ports, request) {
  let answers;
  for (const quiet of QUIET) {
    answers = await Promise.all(ports.map((port) => converse(port, request, quiet)));
    if (answers[0].text === answers[1].text && answers[0].fate === answers[1].fate) return null;
  }
  return answers;
}

function startSubject(program) {
  const config = path.join(os.tmpdir(), `raw-${process.pid}.json`);
  fs.writeFileSync(config, JSON.stringify(CONFIG));
  const child = spawn(program, ['serve', '--test-control', '--config', config, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  process.on('exit', () => { child.kill('SIGKILL'); fs.rmSync(config, { force: true }); });
  return new Promise((done, failed) => {
    child.once('exit', (code) => failed(new Error(`the subject ended with ${code}`)));
    child.stdout.on('data', (text) => { const m = /listening http:\/\/127\.0\.0\.1:(\d+)/.exec(text); if (m) done(Number(m[1])); });
  });
}
async function startReference(work) {
  const { createServer } = await import(pathToFileURL(path.join(work, 'server.mjs')));
  // What Express prints about its errors says nothing here.
  console.error = () => {};
  const server = createServer(CONFIG);
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return server.address().port;
}

function allRequests() {
  const known = [...transcripts(option('transcripts')), ...CONVERSATIONS];
  const split = SPLIT.flatMap((bytes, n) => Array.from({ length: bytes.length - 1 }, (e, i) => ({ name: `split ${n + 1} at ${i + 1}`, bytes, splitAt: i + 1 })));
  const list = [...known, ...split, ...mutants(known, seed, Number(option('mutants', 300)))];
  const only = option('only') && new RegExp(option('only'));
  return only ? list.filter((request) => only.test(request.name)) : list;
}

const work = path.resolve(option('work'));
if (!fs.existsSync(path.join(work, 'installed.lock'))) { console.error('*** SKIPPED: the npm packages are not installed. ***'); process.exit(77); }
const ports = [await startReference(work), await startSubject(option('program'))];
const queue = allRequests();
const total = { passed: 0, failed: 0 };
const worker = async () => {
  for (let request = queue.shift(); request; request = queue.shift()) {
    const answers = await differs(ports, request);
    if (!answers) { total.passed++; continue; }
    total.failed++;
    const show = (a) => `${a.fate} ${JSON.stringify(a.text.length > 900 ? a.text.slice(0, 900) + '…' : a.text)}`;
    console.log(`FAIL ${request.name}${request.halfClose ? ' (then half-closed)' : ''}\n  sent   : ${JSON.stringify(request.bytes.length > 600 ? request.bytes.slice(0, 600) + '…' : request.bytes)}\n  node   : ${show(answers[0])}\n  subject: ${show(answers[1])}`);
  }
};
await Promise.all(Array.from({ length: 40 }, worker));
console.log(`${total.passed} passed, ${total.failed} failed (seed ${seed})`);
process.exit(total.failed ? 1 : 0);
