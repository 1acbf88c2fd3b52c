#!/usr/bin/env node
// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT
// Checks real-time servers: the program of this project and, with the same script, the real npm packages.
//   node check.mjs --work DIR [--npm FILE] --install
//   node check.mjs --work DIR --program FILE --suite NAME [--subject ours|peer] [--only TEXT]
// --install puts the pinned npm packages into DIR once. The last line is "N passed, N failed".
import fs from 'node:fs';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const words = process.argv.slice(2);
const option = (name, otherwise) => { const i = words.indexOf('--' + name); return i < 0 ? otherwise : words[i + 1]; };
const work = path.resolve(option('work', path.join(here, 'work')));

function install() {
  const lock = fs.readFileSync(path.join(here, 'package-lock.json'), 'utf8');
  const stamp = path.join(work, 'installed.lock');
  fs.mkdirSync(work, { recursive: true });
  for (const name of ['package.json', 'package-lock.json']) fs.copyFileSync(path.join(here, name), path.join(work, name));
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === lock) return 0;
  const npm = spawnSync(option('npm') || 'npm', ['ci', '--no-audit', '--no-fund'], { cwd: work, stdio: 'inherit', timeout: 240000 });
  if (npm.status === 0) fs.writeFileSync(stamp, lock);
  return npm.status ?? 1;
}

/** Runs the suite's tests one after the other; each gets the suite's context. */
async function run(suite, context) {
  const only = option('only');
  const counts = { passed: 0, failed: 0 };
  const tests = suite.tests.filter(({ name }) => !only || name.includes(only));
  for (const { name, body } of tests) {
    let timer;
    try {
      const late = new Promise((_, fail) => { timer = setTimeout(() => fail(new Error('takes too long')), 30000); });
      await Promise.race([body(context), late]);
      counts.passed++;
    } catch (error) {
      counts.failed++;
      console.log(`FAILED  ${name}\n        ${String(error.message).split('\n').slice(0, 12).join('\n        ')}`);
    } finally { clearTimeout(timer); }
  }
  console.log(`${counts.passed} passed, ${counts.failed} failed`);
  return counts.failed === 0 && counts.passed > 0 ? 0 : 1;
}

async function check() {
  // Packages are found from the work folder, so everything runs from there.
  for (const name of ['peer.mjs', 'suites', 'tools']) fs.cpSync(path.join(here, name), path.join(work, name), { recursive: true });
  const load = (file) => import(pathToFileURL(path.join(work, file)));
  const { starters, startRedis } = await load('tools/servers.mjs');
  const suite = await load(`suites/${option('suite')}.mjs`);
  const start = starters({ program: path.resolve(option('program', 'roundtrip')), work });
  const subject = option('subject', 'ours');
  const open = [];
  const launch = async (which, ...more) => { const server = await start[which](...more); open.push(server); return server; };
  const context = { subject, launch, startRedis, port: 0, base: '' };
  if (suite.profile) {
    const server = await launch(subject, '--profile', suite.profile, ...(suite.words?.[subject] ?? []));
    Object.assign(context, { server, port: server.port, base: server.base });
  }
  const code = await run(suite, context);
  for (const server of open) await server.stop().catch(() => {});
  return code;
}

process.exit(words.includes('--install') ? install() : await check());
