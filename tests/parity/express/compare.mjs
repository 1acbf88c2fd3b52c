#!/usr/bin/env node
// Compares `roundtrip serve` with the reference server of this folder.
//   node compare.mjs --work DIR --program FILE [--npm FILE] --install
//   node compare.mjs --work DIR --program FILE --suites cors,helmet [--restart] [-- diff.mjs options]
//   node compare.mjs --work DIR --program FILE --suites cors,helmet --project
// With --project the subject is the exported Express project of each configuration, in Node; with
// --lab as well, the reference is the lab itself and the suite is project-cases.json: routes and
// settings that only the lab has.
//   node compare.mjs --work DIR --program FILE --random [-- random.mjs options]
//   node compare.mjs --work DIR --program FILE --projects [-- projects.mjs options]
// --install puts the pinned npm packages into DIR once. Where that is impossible the recorded answers
// of golden.json stand in for the reference, and every run says so.
import fs from 'node:fs';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const words = process.argv.slice(2);
const rest = words.includes('--') ? words.splice(words.indexOf('--')).slice(1) : [];
const option = (name, otherwise) => { const i = words.indexOf('--' + name); return i < 0 ? otherwise : words[i + 1]; };
const work = path.resolve(option('work', path.join(here, 'work')));
const stamp = path.join(work, 'installed.lock');
const lock = fs.readFileSync(path.join(here, 'package-lock.json'), 'utf8');
// What the program keeps (HTTPS keys) stays out of the user's folders.
process.env.XDG_DATA_HOME = path.join(work, 'data');
const installed = () => fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === lock;

function install() {
  fs.mkdirSync(work, { recursive: true });
  for (const name of ['package.json', 'package-lock.json']) fs.copyFileSync(path.join(here, name), path.join(work, name));
  if (installed()) return;
  const npm = spawnSync(option('npm') || 'npm', ['ci', '--no-audit', '--no-fund'], { cwd: work, stdio: 'inherit', timeout: 240000 });
  if (npm.status === 0) fs.writeFileSync(stamp, lock);
  else console.error(`\n*** The npm packages could not be installed in ${work}.\n*** Recorded answers (golden.json) stand in for real Express until they can.\n`);
}

/// Leaves alone what is there already: another test may be reading it.
function copyChanged(from, to) {
  if (fs.statSync(from).isDirectory()) {
    fs.mkdirSync(to, { recursive: true });
    for (const name of fs.readdirSync(from)) copyChanged(path.join(from, name), path.join(to, name));
    return;
  }
  const content = fs.readFileSync(from);
  if (fs.existsSync(to) && fs.readFileSync(to).equals(content)) return;
  const fresh = `${to}.${process.pid}`;
  fs.writeFileSync(fresh, content);
  fs.renameSync(fresh, to);
}

/// The reference resolves its packages beside itself, so everything runs from the work folder.
function copyAll() {
  for (const name of ['server.mjs', 'diff.mjs', 'random.mjs', 'projects.mjs', 'random', 'golden.json', 'cases', 'keys', 'tls'])
    copyChanged(path.join(here, name), path.join(work, name));
}
function prepare() {
  copyAll();
  const program = path.resolve(option('program'));
  return [program, 'serve', '--test-control', '--config', '{config}', '--port', '{port}'].join(' ');
}

/// A comparison with requests nobody has recorded answers for.
function live(script, options) {
  if (!installed()) { console.error('*** SKIPPED: only real Express can answer random requests. ***'); process.exit(77); }
  const run = spawnSync(process.execPath, [path.join(work, script), ...options, ...rest], { cwd: work, stdio: 'inherit' });
  process.exit(run.status ?? 1);
}

function compare() {
  const lab = prepare();
  const project = words.includes('--project');
  if (project && !installed()) {
    console.error('*** The npm packages are not installed, so exported projects cannot run. ***');
    process.exit(77);
  }
  const restart = words.includes('--restart') || project;
  const subject = project
    ? [process.execPath, path.join(here, 'project.mjs'), '--program', path.resolve(option('program')), '--work', work, '--config', '{config}', '--port', '{port}'].join(' ')
    : lab;
  const suites = option('suites', '').split(',').filter(Boolean).map((name) => path.join(work, 'cases', name + '.json'));
  if (project && words.includes('--lab')) {
    rest.push('--peer-cmd', lab);
    suites.push(path.join(here, 'project-cases.json'));
  }
  const judge = installed() ? [] : ['--golden', path.join(work, 'golden.json')];
  if (judge.length) console.error('*** JUDGED BY RECORDED ANSWERS: the npm packages are not installed. ***');
  const run = spawnSync(process.execPath, [path.join(work, 'diff.mjs'), '--subject-cmd', subject, ...(restart ? [] : ['--subject-control']),
    '--strict-order', '--strict-case', ...judge, ...rest, ...suites], { cwd: work, stdio: 'inherit' });
  process.exit(run.status ?? 1);
}

if (words.includes('--install')) { install(); copyAll(); }
else if (words.includes('--random')) live('random.mjs', ['--subject-cmd', prepare()]);
else if (words.includes('--projects')) { prepare(); live('projects.mjs', ['--program', path.resolve(option('program'))]); }
else compare();
