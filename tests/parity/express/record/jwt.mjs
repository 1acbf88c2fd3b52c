// Records what npm jsonwebtoken does with one option, claim, key or token at a time:
// node record/jwt.mjs > ../../core/middleware/data/jwt.json
// (from tests/parity/express, after npm ci). The clock stands at `now`; {{key:NAME}} is keys/NAME.pem.
// Signatures of PS and ES differ each time, so of those only what is signed is kept.
import { createHmac } from 'node:crypto';
import fs from 'node:fs';
import jwt from 'jsonwebtoken';

const now = 1700000000000;
const seconds = now / 1000;
Date.now = () => now;
const key = (name) => fs.readFileSync(new URL(`../keys/${name}.pem`, import.meta.url), 'utf8');
const fill = (v) => (typeof v === 'string' ? v.replace(/\{\{key:([\w.]+)\}\}/g, (_, name) => key(name)) : v && typeof v === 'object' && typeof v.key === 'string' ? { ...v, key: fill(v.key) } : v);
const revive = (v) => {
  if (Array.isArray(v)) return v.map(revive);
  if (v === null || typeof v !== 'object') return v;
  const k = Object.keys(v);
  if (typeof v.regex === 'string') return new RegExp(v.regex, v.flags ?? '');
  if (k.length === 1 && k[0] === 'undefined') return undefined;
  return Object.fromEntries(k.map((n) => [n, revive(v[n])]));
};
const calls = {
  sign: (r) => ({ token: jwt.sign(r.payload, fill(r.secret), revive(r.options)) }),
  verify: (r) => ({ payload: jwt.verify(r.token, fill(r.secret), revive(r.options)) }),
  decode: (r) => ({ payload: jwt.decode(r.token, r.options) }),
};
function run(row) {
  const asked = JSON.parse(JSON.stringify(row)); // what a JSON body can carry, and nobody changes the row
  try {
    const result = calls[asked.call](asked);
    const [header, payload, signature] = result.token?.split('.') ?? [''];
    if (!/"alg":"(PS|ES)/.test(Buffer.from(header, 'base64url').toString())) return result;
    return { signed: header + '.' + payload, signatureLength: signature.length };
  } catch (err) {
    const error = { name: err.name, message: err instanceof SyntaxError ? 'invalid JSON' : err.message };
    if (err.expiredAt) error.expiredAt = err.expiredAt;
    if (err.date) error.date = err.date;
    return { error };
  }
}
const rows = [];
const add = (row) => rows.push({ ...row, result: run(row) });
const sign = (payload, secret, options) => add({ call: 'sign', payload, secret, options });
const verify = (token, secret, options) => add({ call: 'verify', token, secret, options });
const decode = (token, options) => add({ call: 'decode', token, options });

const odd = [null, 0, 1.5, '', 'x', '5', true, false, [], ['x'], {}, { undefined: true }];
const algorithms = ['HS256', 'HS384', 'HS512', 'RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'none'];
const keyOf = { HS: 'k', RS: '{{key:rsa2048}}', PS: '{{key:rsa2048}}', ES256: '{{key:ec256}}', ES384: '{{key:ec384}}', ES512: '{{key:ec521}}', no: undefined };
const matching = (alg) => keyOf[alg] ?? keyOf[alg.slice(0, 2)];
const publicOf = (secret) => secret?.replace('}}', '.pub}}');
const secrets = ['k', 'ключ', ...odd.filter((v) => v !== 'x' && v !== '5'), ...['rsa1024', 'rsa2048', 'ec256', 'ec384', 'ec521', 'ed25519', 'rsa2048.pub', 'ec256.pub'].map((n) => `{{key:${n}}}`),
  'text before {{key:rsa2048}}', { key: '{{key:rsa2048}}' }, { key: '{{key:rsa2048}}', passphrase: 'p' }, { key: '{{key:rsa2048}}', passphrase: null }, { key: '{{key:rsa2048}}', format: 'der' }, { key: 'k' }];

// --- sign
for (const payload of [{ a: 1 }, {}, { a: 'ü😀', b: [1, { c: null }], big: 1e21 }, { 2: 1, 1: 2, z: 3 }, 'text', '', '{"a":1}', 'ü😀', 5, 1e21, true, null, [], [1], { undefined: true }, { constructor: 1 }, { toString: 1 }]) {
  sign(payload, 'k');
  sign(payload, 'k', { noTimestamp: true });
  sign(payload, 'k', { issuer: 'i', audience: 'a', expiresIn: 1 });
}
sign(undefined, 'k');
for (const claim of ['iat', 'exp', 'nbf', 'aud', 'iss', 'sub', 'jti']) for (const value of [1000, 0, -5, 1.5, ...odd]) sign({ [claim]: value, a: 1 }, 'k');
for (const [claim, option, value] of [['exp', 'expiresIn', 1], ['nbf', 'notBefore', 1], ['aud', 'audience', 'y'], ['iss', 'issuer', 'y'], ['sub', 'subject', 'y'], ['jti', 'jwtid', 'y']]) for (const given of [1, null, 'x'])
  sign({ [claim]: given }, 'k', { [option]: value });
for (const option of ['algorithm', 'expiresIn', 'notBefore', 'audience', 'issuer', 'subject', 'jwtid', 'keyid', 'noTimestamp', 'mutatePayload', 'encoding', 'header', 'allowInsecureKeySizes', 'allowInvalidAsymmetricKeyTypes', 'foo', 'expiresin', 'constructor'])
  for (const value of odd) sign({ a: 1 }, 'k', { [option]: value });
for (const text of ['60', '60s', '2 days', '10h', '1.5h', '.5m', '-1h', '- 1h', '1w', '1y', '10 HRS', '1 Day', '2 minutes', '100ms', 'tomorrow', '1e3', '1h 30m', ' 1h', '1h ', '1.', '1..5', '5 parsecs', '1  yr', '1 msec', '9'.repeat(99) + 's', '9'.repeat(100) + 's', '+1h', '0x10', '1ſ'])
  for (const option of ['expiresIn', 'notBefore']) sign({ a: 1, iat: 1000 }, 'k', { [option]: text });
for (const encoding of ['utf8', 'UTF-8', 'latin1', 'binary', 'ascii', 'hex', 'base64', 'base64url', 'ucs2', 'utf16le', 'utf-16'])
  for (const payload of ['00ffzz', 'aGk=aGk', 'ü😀', { a: 'ü😀' }]) sign(payload, 'k', { encoding });
for (const header of [{ x: 1 }, { alg: 'HS512' }, { alg: 'none' }, { alg: 'XX' }, { alg: '' }, { alg: 5 }, { alg: null }, { alg: { undefined: true } }, { typ: 'at+jwt' }, { typ: null }, { kid: 'ü😀', z: 1 }, { 1: 1 }])
  for (const secret of ['k', '{{key:rsa2048}}']) sign({ a: 1 }, secret, { header });
for (const algorithm of [...algorithms, 'hs256', 'XX', 'none '])
  for (const secret of secrets) sign({ a: 1 }, secret, { algorithm });
for (const algorithm of ['RS256', 'RS512', 'PS256', 'PS512']) for (const allow of ['allowInsecureKeySizes', 'allowInvalidAsymmetricKeyTypes']) sign({ a: 'x'.repeat(100) }, '{{key:rsa1024}}', { algorithm, [allow]: true });
for (const secret of ['{{key:ec256}}', '{{key:ed25519}}']) for (const algorithm of ['ES256', 'ES384', 'ES512', 'PS256']) sign({ a: 1 }, secret, { algorithm, allowInvalidAsymmetricKeyTypes: true, allowInsecureKeySizes: true });
for (const options of odd) sign({ a: 1 }, 'k', options);
sign({ z: 1 }, 'k', { audience: 'a', issuer: 'i', subject: 's', jwtid: 'j', expiresIn: 10, notBefore: 5, keyid: 'kid', algorithm: 'HS384' });
sign({ z: 1, iat: 5 }, 'k', { noTimestamp: true, expiresIn: 10, notBefore: '1s' });

// --- verify
const token = (payload, options, secret = 'k') => jwt.sign(JSON.parse(JSON.stringify(payload)), fill(secret), { allowInsecureKeySizes: true, ...options });
const raw = (header, payload, secret = 'k') => {
  const input = Buffer.from(header).toString('base64url') + '.' + Buffer.from(payload).toString('base64url');
  return input + '.' + createHmac('sha256', secret).update(input).digest('base64url');
};
const plain = token({ a: 1 });
for (const algorithm of algorithms) {
  const signed = token({ a: 1 }, { algorithm }, matching(algorithm));
  for (const secret of [matching(algorithm), publicOf(matching(algorithm)), 'other', '{{key:rsa2048b.pub}}', '{{key:ec256.pub}}', '{{key:ec384.pub}}', '{{key:ed25519.pub}}']) {
    verify(signed, secret);
    verify(signed, secret, { algorithms: [algorithm] });
  }
  const [header, payload, signature] = signed.split('.');
  const proper = publicOf(matching(algorithm)) ?? 'k';
  for (const wrong of ['', signature.slice(0, -1), signature.slice(0, -2), signature + 'A', signature + '=', 'A'.repeat(signature.length), signature.slice(1)]) verify([header, payload, wrong].join('.'), proper, { algorithms: [algorithm] });
}
for (const secret of secrets) { verify(plain, secret); verify(token({ a: 1 }, { algorithm: 'none' }, ''), secret, { algorithms: ['none', 'HS256'] }); }
for (const wrong of [...odd, 'a.b', 'a.b.c', '..', '.a.', 'a..b', 'a.b.c.d', ' ' + plain, plain + '\n', plain.replace('.', '..'), plain + '.', plain.split('.').slice(0, 2).join('.') + '.']) { verify(wrong, 'k'); decode(wrong); decode(wrong, { complete: true }); }
const jwtHeader = '{"alg":"HS256","typ":"JWT"}';
for (const header of [jwtHeader, '{"alg":"HS256"}', '{"alg":"HS256","typ":"jwt"}', '{"alg":"HS256","k":"ü"}', '{"alg":"XX"}', '{"alg":""}', '{"alg":5}', '{"alg":null}', '{"alg":["HS256"]}', '{"typ":"JWT"}', '5', '"x"', 'null', '[]', '{', ''])
  for (const payload of ['{"a":1}', 'text', '{', 'null', '5', 'true', '"x"', '[1]', '"{\\"a\\":1}"', '\ufeff{}']) {
    verify(raw(header, payload), 'k');
    if (payload === '{"a":1}') for (const algorithms of [['HS256'], ['XX'], [''], [5], [null], 'HS256', 'HS', '5', 'null', 5, true, {}]) verify(raw(header, payload), 'k', { algorithms });
    for (const options of [undefined, { complete: true }, { json: true }, { complete: 1 }, 5]) decode(raw(header, payload), options);
  }
for (const bytes of ['ff', 'e282', 'eda080', 'efbbbf41', 'f09f9880', '7b7dff']) decode(raw('{"alg":"HS256"}', Buffer.from(bytes, 'hex')));
for (const claim of ['nbf', 'exp']) for (const value of [seconds - 10, seconds - 1, seconds, seconds + 1, seconds + 10, seconds + 0.5, 0, -1e12, 1e12, 1e13, now, 'x', null, true])
  for (const options of [undefined, { clockTolerance: 5 }, { clockTolerance: '5' }, { clockTolerance: true }, { clockTimestamp: seconds + 5 }, { ignoreExpiration: true }, { ignoreNotBefore: 1 }]) verify(raw(jwtHeader, JSON.stringify({ [claim]: value })), 'k', options);
const pattern = { regex: '^[ax]$' };
for (const [claim, option] of [['aud', 'audience'], ['iss', 'issuer'], ['sub', 'subject'], ['jti', 'jwtid'], ['nonce', 'nonce']])
  for (const value of ['a', ['b', 'a'], 5, null, undefined, '']) for (const expected of ['a', ['x', 'a'], [], 5, pattern, [pattern, 'q', null], { regex: 'und/[/]', flags: 'i' }, '', true, ' ', {}]) verify(raw(jwtHeader, JSON.stringify({ [claim]: value })), 'k', { [option]: expected });
for (const iat of [seconds - 60, seconds, 0, 'x', undefined]) for (const maxAge of [60, 61, 1, '1m', '61s', '60000', 'x', true, {}, 0]) for (const clockTolerance of [undefined, 1]) verify(raw(jwtHeader, JSON.stringify({ iat })), 'k', { maxAge, clockTolerance });
for (const option of ['clockTimestamp', 'nonce', 'allowInvalidAsymmetricKeyTypes', 'complete', 'algorithms', 'clockTolerance']) for (const value of odd) verify(plain, 'k', { [option]: value });
for (const options of odd) verify(plain, 'k', options);

// A row at most once.
const seen = new Set();
const kept = rows.map((row) => JSON.stringify(row)).filter((text) => !seen.has(text) && seen.add(text));
process.stdout.write(`{"now": ${now},\n"rows": [\n` + kept.join(',\n') + '\n]}\n');
