// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT
// Runs what `roundtrip express` writes, as a subject of diff.mjs:
//   node project.mjs --program FILE --work DIR --config lab.json --port N
// DIR holds the installed packages; the project goes into a folder of its own below it.
import fs from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';

const option = (name) => process.argv[process.argv.indexOf('--' + name) + 1];
const folder = fs.mkdtempSync(path.join(path.resolve(option('work')), 'project-'));
process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => process.exit(0));

const written = spawnSync(option('program'), ['express', '--config', option('config'), folder], { encoding: 'utf8' });
if (written.status !== 0) {
  process.stderr.write(written.stderr);
  process.exit(2);
}
for (const name of ['key', 'cert']) fs.copyFileSync(path.join(option('work'), 'tls', `test-${name}.pem`), path.join(folder, name + '.pem'));
// The runner asks for control endpoints; the question must not count as a visit.
for (const module of [http, https]) {
  const { createServer } = module;
  module.createServer = (...rest) => {
    const app = rest.pop();
    return createServer(...rest, (req, res) => (req.url.startsWith('/__control/') ? res.writeHead(404).end() : app(req, res)));
  };
}
process.env.PORT = option('port');
await import(pathToFileURL(path.join(folder, 'server.mjs')).href);
