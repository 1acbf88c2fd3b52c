// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT
// Starts the program under test and the real npm server in the same way.
import { spawn } from 'node:child_process';
import path from 'node:path';

/** {port, base, pid, stop()} once it listens. */
function start(command, words, cwd) {
  return new Promise((done, fail) => {
    const child = spawn(command, words, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    let errors = '';
    const give = setTimeout(() => { child.kill('SIGKILL'); fail(new Error('does not listen: ' + errors)); }, 20000);
    const exited = new Promise((over) => child.on('exit', over));
    child.stderr.on('data', (chunk) => { errors += chunk; });
    child.stdout.on('data', (chunk) => {
      out += chunk;
      const at = out.match(/http:\/\/127\.0\.0\.1:(\d+)/);
      if (!at) return;
      clearTimeout(give);
      const port = Number(at[1]);
      done({ port, base: `http://127.0.0.1:${port}`, pid: child.pid, errors: () => errors,
        stop: async (signal = 'SIGTERM') => { child.kill(signal); await exited; } });
    });
    exited.then((code) => { clearTimeout(give); fail(new Error(`ended with ${code}: ${errors}`)); });
  });
}

const withPort = (words) => (words.includes('--port') ? words : ['--port', '0', ...words]);

export const starters = ({ program, work }) => ({
  ours: (...words) => start(program, ['serve', ...withPort(words)]),
  peer: (...words) => start(process.execPath, [path.join(work, 'peer.mjs'), ...withPort(words)], work),
});

/** A real redis-server on a free port, without files; undefined when there is none. */
export async function startRedis(wanted) {
  const port = wanted ?? 20000 + Math.floor(Math.random() * 20000);
  const child = spawn('redis-server', ['--port', String(port), '--save', '', '--appendonly', 'no', '--bind', '127.0.0.1'], { stdio: ['ignore', 'pipe', 'ignore'] });
  return new Promise((done) => {
    let out = '';
    child.on('error', () => done(undefined));
    child.on('exit', () => done(undefined));
    child.stdout.on('data', (chunk) => {
      out += chunk;
      if (/Ready to accept connections/.test(out)) done({ url: `redis://127.0.0.1:${port}`, port, stop: () => child.kill('SIGKILL') });
    });
  });
}
