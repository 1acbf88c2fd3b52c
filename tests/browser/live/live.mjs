#!/usr/bin/env node
// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT
// Random cases, recorded from a real Chromium, then replayed by the built-in browser: both must say the same.
//   node live.mjs --replay build/…/rt_browser_cases [--seed N] [--count N] [--keep FILE] [KIND...]
// Exit codes: 0 equal, 1 a difference, 3 could not run, 77 no Chromium here (and says so loudly).
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {spawnSync} from 'node:child_process';
import {findBrowser} from './record.mjs';
import {generate} from './generate.mjs';

const HERE = path.dirname(new URL(import.meta.url).pathname);

function options(argv) {
  const o = {seed: Math.floor(Date.now() / 1000) % 1000000, count: 120, kinds: []};
  for (let i = 0; i < argv.length; ++i) {
    if (argv[i] === '--replay') o.replay = argv[++i];
    else if (argv[i] === '--seed') o.seed = Number(argv[++i]);
    else if (argv[i] === '--count') o.count = Number(argv[++i]);
    else if (argv[i] === '--keep') o.keep = argv[++i];
    else o.kinds.push(argv[i]);
  }
  return o;
}

function chromiumVersion() {
  const r = spawnSync(findBrowser(), ['--version'], {encoding: 'utf8'});
  return r.status === 0 ? r.stdout.trim() : null;
}

/** A case in which the page hangs or a recorder fails says nothing about the rules. */
function usable(file) {
  const data = JSON.parse(fs.readFileSync(file, 'utf8'));
  const whole = data.cases.filter((c) => c.expect && !c.expect.some((e) => e.result?.outcome === 'timeout'));
  const left = data.cases.length - whole.length;
  data.cases = whole;
  fs.writeFileSync(file, JSON.stringify(data));
  return {recorded: whole.length, left};
}

function main() {
  const o = options(process.argv.slice(2));
  const version = chromiumVersion();
  if (!version) {
    console.log(`\n*** SKIPPED: no Chromium (${findBrowser()}) on this machine: nothing was compared with a real browser ***\n`);
    return 77;
  }
  const file = o.keep || path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'live-')), 'cases.json');
  fs.writeFileSync(file, JSON.stringify(generate(o.seed, o.count, o.kinds.length ? o.kinds : undefined)));
  console.log(`seed ${o.seed}, ${o.count} cases, ${version}`);
  const recorder = spawnSync(process.execPath, [path.join(HERE, 'record.mjs'), file], {encoding: 'utf8', maxBuffer: 1 << 28});
  const {recorded, left} = usable(file);
  if (recorded < o.count * 0.9) {
    console.log(recorder.stdout + recorder.stderr);
    console.log(`only ${recorded} of ${o.count} cases could be recorded`);
    return 3;
  }
  if (left) console.log(`${left} cases left out: the page hung`);
  const replay = spawnSync(o.replay, [file], {stdio: 'inherit'});
  return replay.status === 0 ? 0 : 1;
}

process.exit(main());
