#!/usr/bin/env node
// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT
// Exports random labs as Express projects, runs them in Node and compares their answers with the lab's own.
//   node projects.mjs --program FILE [--seed N] [--count 20] [--first 0] [--requests 8] [--verbose]
// The npm packages are those beside this file. Last line: `N passed, N failed`.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Server, compare, freePort, printFailure, runCase, subst } from './diff.mjs';
import { Rng, mix } from './random/rng.mjs';
import { makeConfig } from './random/configs.mjs';
import { makeRequests } from './random/requests.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const words = process.argv.slice(2);
const option = (name, otherwise) => { const i = words.indexOf('--' + name); return i < 0 ? otherwise : words[i + 1]; };
const program = path.resolve(option('program'));
const seed = Number(option('seed', String(Date.now() % 0x7fffffff)));
const first = Number(option('first', 0)), count = Number(option('count', 20)), wanted = Number(option('requests', 8));
const strict = { 'strict-order': true, 'strict-case': true, timeout: '4000' };
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'projects-'));
process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));

function makePair(number) {
  const r = new Rng(mix(seed, 0x70726f6a, number));
  const requests = [];
  // What the parser refuses is not the project's affair.
  while (requests.length < wanted) requests.push(...makeRequests(r, ['odd']));
  return { config: subst(makeConfig(r), {}), requests };
}

/// The folder of the exported project, or why the lab refuses to be one.
function exported(config, number) {
  const file = path.join(folder, `${number}.json`), project = path.join(folder, String(number));
  fs.writeFileSync(file, JSON.stringify(config));
  const run = spawnSync(program, ['express', '--config', file, project], { encoding: 'utf8', env: { ...process.env, QT_QPA_PLATFORM: 'offscreen' } });
  if (run.status !== 0) return { refused: /^config error: (.*)$/m.exec(run.stderr)?.[1] ?? run.stderr };
  fs.symlinkSync(path.join(here, 'node_modules'), path.join(project, 'node_modules'));
  return { project };
}

/// Node with the project, listening; `port` or the text it ended with.
async function started(project) {
  const port = await freePort();
  const child = spawn(process.execPath, ['server.mjs'], { cwd: project, env: { ...process.env, PORT: String(port) }, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  const up = new Promise((done) => {
    child.stdout.on('data', () => done(true));
    child.stderr.on('data', (data) => { text += data; });
    child.once('exit', () => done(false));
  });
  return { child, port, up: await up, text: () => text };
}

async function differences(subject, { config, requests }, number) {
  const lab = await subject.use(config);
  const { project, refused } = exported(config, number);
  if (refused !== undefined || !lab.ok) return refused === lab.message ? [] : [{ request: 0, line: 'export', diffs: [{ field: 'refusal', peer: lab.message, subject: refused }] }];
  const node = await started(project);
  try {
    if (!node.up) return [{ request: 0, line: 'node server.mjs', diffs: [{ field: 'startup', peer: node.text().slice(-800), subject: 'started' }] }];
    const answers = await runCase({ port: node.port, tls: false }, { requests }, strict, config);
    if (node.child.exitCode !== null) return []; // an exception that no request catches
    const ours = await runCase(subject, { requests }, strict, config);
    return requests.flatMap((request, i) => {
      const diffs = answers[i] && ours[i] ? compare(answers[i], ours[i], request, strict, { frozen: true }) : [];
      return diffs.length ? [{ request: i, line: `${request.method ?? 'GET'} ${request.path}`, diffs }] : [];
    });
  } finally {
    node.child.kill('SIGKILL');
    fs.rmSync(project, { recursive: true, force: true });
  }
}

const subject = new Server('subject', { 'subject-cmd': `${program} serve --test-control --config {config} --port {port}`, 'subject-control': true });
const total = { passed: 0, failed: 0 };
console.log(`seed ${seed}`);
for (let number = first; number < first + count; number++) {
  const pair = makePair(number);
  if (words.includes('--verbose')) console.log(number, JSON.stringify(pair));
  const entries = await differences(subject, pair, number);
  if (!entries.length) { total.passed++; continue; }
  total.failed++;
  printFailure({ suite: 'projects', name: `seed ${seed}` }, { name: `project ${number}` }, entries);
  console.log(JSON.stringify({ suite: 'projects', config: {}, groups: [{ name: `seed ${seed} project ${number}`, config: pair.config, cases: [{ name: 'differs', requests: pair.requests }] }] }) + '\n');
}
await subject.stop();
console.log(`${total.passed} passed, ${total.failed} failed (seed ${seed})`);
process.exit(total.failed ? 1 : 0);
