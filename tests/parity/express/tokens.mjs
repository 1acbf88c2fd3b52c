#!/usr/bin/env node
// Tokens both ways: what `roundtrip serve` signs, jsonwebtoken verifies, and the other way round, with
// every algorithm; and each side refuses what the other signed with another key.
//   node tokens.mjs --work DIR --program FILE
// DIR is where compare.mjs --install put the npm packages. Without them node:crypto stands in.
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const words = process.argv.slice(2);
const option = (name) => words[words.indexOf('--' + name) + 1];
const work = path.resolve(option('work'));
const pem = (name) => fs.readFileSync(path.join(here, 'keys', name + '.pem'), 'utf8');
const algorithms = {
  HS256: ['k', 'k', 'other'], HS384: ['ключ', 'ключ', 'k'], HS512: ['k', 'k', 'K'],
  ...Object.fromEntries(['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'].map((a) => [a, [pem('rsa2048'), pem('rsa2048.pub'), pem('rsa2048b.pub')]])),
  ES256: [pem('ec256'), pem('ec256.pub'), null], ES384: [pem('ec384'), pem('ec384.pub'), null], ES512: [pem('ec521'), pem('ec521.pub'), null],
};

function packagePeer() {
  const jwt = createRequire(path.join(work, 'index.js'))('jsonwebtoken');
  return { name: 'jsonwebtoken', sign: (payload, key, algorithm) => jwt.sign(payload, key, { algorithm }), verify: (token, key, algorithm) => jwt.verify(token, key, { algorithms: [algorithm] }) };
}
function cryptoPeer() {
  const base64 = (text) => Buffer.from(text).toString('base64url');
  const keyOf = (algorithm, key) => ({ key, dsaEncoding: 'ieee-p1363', ...(algorithm.startsWith('PS') ? { padding: crypto.constants.RSA_PKCS1_PSS_PADDING, saltLength: crypto.constants.RSA_PSS_SALTLEN_DIGEST } : {}) });
  const mac = (algorithm, input, key) => crypto.createHmac('sha' + algorithm.slice(2), key).update(input).digest();
  return {
    name: 'node:crypto',
    sign(payload, key, algorithm) {
      const input = base64(JSON.stringify({ alg: algorithm, typ: 'JWT' })) + '.' + base64(JSON.stringify(payload));
      return input + '.' + (algorithm.startsWith('HS') ? mac(algorithm, input, key) : crypto.sign('sha' + algorithm.slice(2), Buffer.from(input), keyOf(algorithm, key))).toString('base64url');
    },
    verify(token, key, algorithm) {
      const [input, signature] = [token.slice(0, token.lastIndexOf('.')), Buffer.from(token.slice(token.lastIndexOf('.') + 1), 'base64url')];
      const valid = algorithm.startsWith('HS') ? mac(algorithm, input, key).equals(signature) : crypto.verify('sha' + algorithm.slice(2), Buffer.from(input), keyOf(algorithm, key), signature);
      if (!valid) throw new Error('invalid signature');
      return JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString());
    },
  };
}
function makePeer() {
  try { return packagePeer(); } catch { console.error('*** JUDGED BY node:crypto: the npm packages are not installed. ***'); return cryptoPeer(); }
}

async function startSubject() {
  const program = spawn(path.resolve(option('program')), ['serve', '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  for await (const chunk of program.stdout) {
    said += chunk;
    const url = /listening (http:\S+)/.exec(said)?.[1];
    if (url) return { program, url };
  }
  throw new Error('roundtrip serve did not start: ' + said);
}

const peer = makePeer();
const { program, url } = await startSubject();
const call = async (name, body) => (await fetch(url + '/lab/jwt/' + name, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) })).json();
let passed = 0;
let failed = 0;
function check(what, good) {
  if (good) ++passed; else { ++failed; console.log('FAILED ' + what); }
}
const attempt = (f) => { try { return f(); } catch (err) { return { error: err.message }; } };
const payload = { sub: 'ü😀', n: 1, iat: 1700000000 };
const same = (value) => JSON.stringify(value) === JSON.stringify(payload);
for (const [algorithm, [key, publicKey, otherKey]] of Object.entries(algorithms)) {
  // r and s of an EC signature differ in length from time to time
  for (let i = 0; i < 8; ++i) {
    const ours = (await call('sign', { payload, secret: key, options: { algorithm } })).token;
    check(`${algorithm}: ${peer.name} verifies ours`, same(attempt(() => peer.verify(ours, publicKey, algorithm))));
    const theirs = peer.sign(payload, key, algorithm);
    check(`${algorithm}: roundtrip verifies theirs`, same((await call('verify', { token: theirs, secret: publicKey })).payload));
    if (!otherKey) continue;
    check(`${algorithm}: ${peer.name} refuses ours under another key`, attempt(() => peer.verify(ours, otherKey, algorithm)).error === 'invalid signature');
    check(`${algorithm}: roundtrip refuses theirs under another key`, (await call('verify', { token: theirs, secret: otherKey })).error?.message === 'invalid signature');
  }
}
program.kill('SIGTERM');
await once(program, 'exit');
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
