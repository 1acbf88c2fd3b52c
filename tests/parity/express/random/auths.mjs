// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT
// Random login modes with their options, cookies to send to them, and calls of the token and cookie playground.
import crypto from 'node:crypto';

export const SECRETS = ['k1', 'k2', 'open secret', 'ü'];
const SAME_SITES = [true, false, 'lax', 'Strict', 'none', 'NONE', 'auto', 'x', ''];
const NOW = 1700000000;
const flaw = (r) => r.pick([null, 0, '', 'x', 1, true, [], {}, { undefined: true }, -1, 1.5]);
const or = (r, make, probability = 0.05) => () => (r.chance(probability) ? flaw(r) : make());
const date = (r) => ({ date: r.pick(['2030-01-02T03:04:05Z', '2023-11-14T22:13:20Z', '1999-01-01T00:00:00Z', 'garbage']) });

// ---- cookies --------------------------------------------------------------------------------------
export const cookieOptions = (r) => r.members({
  maxAge: or(r, () => r.pick([0, 1000, 60000, 1999, -5, '5000', 1e11, null, 1.5])),
  expires: or(r, () => date(r), 0.1),
  path: or(r, () => r.pick(['/', '/api', '/me', '', '/a;b', 'x', '/ü'])),
  domain: or(r, () => r.pick(['lab.test', '.lab.test', 'localhost', 'a b', 'x;y', ''])),
  httpOnly: or(r, () => r.chance(0.5)), secure: or(r, () => r.chance(0.5)), partitioned: or(r, () => r.chance(0.5)), signed: () => r.chance(0.3),
  sameSite: or(r, () => r.pick(SAME_SITES)), priority: or(r, () => r.pick(['low', 'Medium', 'HIGH', 'x'])),
}, 0.22);
const sessionCookieOptions = (r) => {
  const { signed, expires, ...rest } = cookieOptions(r);
  if (r.chance(0.2)) rest.secure = 'auto';
  return rest;
};

// ---- modes ----------------------------------------------------------------------------------------
function cookieSession(r) {
  const options = { ...cookieOptions(r), ...r.members({ name: or(r, () => r.pick(['session', 'sid', 'a.b', 'a b'])), signed: or(r, () => r.chance(0.6)), overwrite: or(r, () => r.chance(0.5)) }, 0.2) };
  if (r.chance(0.9)) options.keys = r.chance(0.97) ? r.some(SECRETS, 2) : flaw(r);
  if (r.chance(0.9) && !options.keys?.length) options.keys = ['k1'];
  if (r.chance(0.15)) options.secret = r.pick(SECRETS);
  return options;
}
function session(r) {
  const options = { ...r.members({
    name: or(r, () => r.pick(['connect.sid', 'sid', 'a.b'])),
    resave: or(r, () => r.chance(0.5)), saveUninitialized: or(r, () => r.chance(0.5)), rolling: or(r, () => r.chance(0.5)),
    unset: or(r, () => r.pick(['keep', 'destroy', 'keep', 'destroy', 'x'])), proxy: or(r, () => r.pick([true, false])),
    regenerateOnLogin: () => r.chance(0.5), cookie: or(r, () => sessionCookieOptions(r)),
  }, 0.35) };
  if (r.chance(0.97)) options.secret = r.weighted([[6, () => r.pick(SECRETS)], [2, () => r.list(1, 2, () => r.pick(SECRETS))], [0.2, () => r.pick([null, '', [], { undefined: true }])]]);
  return options;
}
const RSA = ['rsa2048', 'rsa2048b', 'rsa1024'], EC = { ES256: 'ec256', ES384: 'ec384', ES512: 'ec521' };
const timespan = (r) => r.pick([60, 3600, 0, -10, 1.5, '1h', '2 days', '60', '1d', '10s', 'x', '', '1h 30m', '0.5h', '-1m', '1y', '1W', ' 1h']);
export const signOptions = (r) => r.members({
  expiresIn: or(r, () => timespan(r)), notBefore: or(r, () => timespan(r)), audience: or(r, () => r.pick(['web', ['web', 'app'], []])), issuer: or(r, () => r.pick(['lab', 'x'])),
  subject: or(r, () => '1'), jwtid: or(r, () => 'j1'), keyid: or(r, () => 'key-1'), noTimestamp: or(r, () => r.chance(0.5)),
  header: or(r, () => r.pick([{ x: 1 }, { typ: 'other' }, { alg: 'HS512' }, { kid: 'h' }])), allowInsecureKeySizes: or(r, () => r.chance(0.5)), encoding: or(r, () => 'utf8'), mutatePayload: or(r, () => true), foo: () => 1,
}, 0.13);
export const verifyOptions = (r) => r.members({
  algorithms: or(r, () => r.list(0, 3, () => r.pick(['HS256', 'HS384', 'HS512', 'RS256', 'ES256', 'none', 'PS256']))), audience: or(r, () => r.pick(['web', ['web', 'x'], { regex: '^w' }, [{ regex: 'zz' }, 'web']])),
  issuer: or(r, () => r.pick(['lab', ['lab', 'x'], 'y'])), subject: or(r, () => '1'), jwtid: or(r, () => r.pick(['j1', 'x'])), nonce: or(r, () => r.pick(['n', ''])),
  ignoreExpiration: or(r, () => r.chance(0.5)), ignoreNotBefore: or(r, () => r.chance(0.5)), clockTolerance: or(r, () => r.pick([0, 5, 100])), clockTimestamp: or(r, () => r.pick([NOW, NOW + 100, 'x'])),
  maxAge: or(r, () => timespan(r)), complete: or(r, () => r.chance(0.5)), allowInvalidAsymmetricKeyTypes: or(r, () => r.chance(0.5)),
}, 0.1);
function keyPair(r) {
  return r.weighted([
    [6, () => { const secret = r.pick(SECRETS); return { sign: secret, verify: r.chance(0.93) ? secret : r.pick(SECRETS), algorithm: r.pick([undefined, 'HS256', 'HS384', 'HS512']) }; }],
    [1, () => { const k = r.pick(RSA); return { sign: `{{key:${k}}}`, verify: `{{key:${r.chance(0.9) ? k : r.pick(RSA)}.pub}}`, algorithm: r.pick(['RS256', 'RS384', 'RS512']), pem: true }; }],
    [1, () => { const a = r.pick(Object.keys(EC)); return { sign: `{{key:${EC[a]}}}`, verify: `{{key:${EC[a]}.pub}}`, algorithm: a, pem: true, random: true }; }],
    [0.4, () => ({ sign: `{{key:${r.pick([...RSA, 'ec256', 'ed25519'])}}}`, verify: `{{key:${r.pick(RSA)}.pub}}`, algorithm: r.pick(['HS256', 'RS256', 'PS256', 'ES256', 'none', 'x']), pem: true, random: true })],
  ]);
}
function jwt(r, mode) {
  const pair = keyPair(r);
  const j = pair.pem ? { privateKey: pair.sign, publicKey: pair.verify } : { secret: pair.sign };
  j.sign = { ...signOptions(r), ...(pair.algorithm ? { algorithm: pair.algorithm } : {}) };
  if (r.chance(0.5)) j.verify = verifyOptions(r);
  if (r.chance(0.2)) j.claims = r.members({ role: () => 'admin', iat: () => NOW - 100, exp: () => r.pick([NOW + 60, NOW - 60, 'x', null]), nbf: () => r.pick([NOW + 5, NOW - 5]), aud: () => 'web', nonce: () => 'n', z: () => ({ y: 1 }) }, 0.35);
  if (r.chance(0.3)) j.jti = true;
  if (r.chance(0.3)) j.denylist = true;
  if (mode === 'jwt-cookie' && r.chance(0.7)) j.cookie = { ...(r.chance(0.4) ? { name: r.pick(['token', 'jwt', 'a']) } : {}), options: cookieOptions(r) };
  return j;
}
export function authConfig(r) {
  const mode = r.pick(['none', 'cookie-session', 'cookie-session', 'session', 'session', 'jwt-header', 'jwt-header', 'jwt-cookie', 'jwt-cookie']);
  if (mode === 'cookie-session') return { mode, ...(r.chance(0.97) ? { cookieSession: cookieSession(r) } : {}) };
  if (mode === 'session') return { mode, ...(r.chance(0.97) ? { session: session(r) } : {}) };
  if (mode.startsWith('jwt')) return { mode, ...(r.chance(0.97) ? { jwt: jwt(r, mode) } : {}) };
  return { mode };
}

// ---- cookies a client sends -----------------------------------------------------------------------
const hmac = (hash, key, text, encoding) => crypto.createHmac(hash, key).update(text).digest(encoding);
const PAYLOADS = ['{"a":1}', '{"visits":3}', '{"user":{"id":1,"email":"x","role":"user"}}', '{ "a":1 }', '{}', '[1,2]', '1', 'null', '"str"', 'not json', '', '{"a":"ü€"}', '{"__proto__":{"x":1}}', '{"isNew":true}', '{"2":1,"1":2}', '{"isPopulated":1}', '{"cookie":{}}'];
function sessionCookie(r) {
  const name = r.pick(['session', 'session', 'session', 'sid']);
  let value = Buffer.from(r.pick(PAYLOADS)).toString(r.pick(['base64', 'base64', 'base64url']));
  const signature = hmac('sha1', r.pick(SECRETS), `${name}=${value}`, 'base64').replace(/[/+=]/g, (c) => ({ '/': '_', '+': '-', '=': '' })[c]);
  if (r.chance(0.05)) value = `"${value}"`;
  return r.chance(0.1) ? `${name}=${value}` : `${name}=${value}; ${name}.sig=${r.chance(0.9) ? signature : signature.slice(0, -1) + 'A'}`;
}
const signed = (r, value) => 's:' + value + '.' + hmac('sha256', r.pick(SECRETS), value, 'base64').replace(/=+$/, '');
export function cookieHeader(r) {
  const one = () => r.weighted([
    [3, () => sessionCookie(r)],
    [2, () => 'connect.sid=' + encodeURIComponent(signed(r, r.pick(['lab-session-000001', 'lab-session-000002', 'nope', ''])))],
    [2, () => `${r.pick(['a', 'b', 'token', '', 'a b', '__proto__'])}=${r.pick(['1', 'x%20y', '%zz', '"q"', 'j:{"o":1}', 'j:[1', 'j:%7B%22a%22%3A1%7D', '', 'a=b', 's:x', 'ü'])}`],
    [1.5, () => `a=${encodeURIComponent(signed(r, r.pick(['v', 'j:{"a":1}', ''])))}`],
    [0.5, () => r.pick(['novalue', ';', '=', 'a=1;a=2', ' a = 1 ', 'a="', '"a"=1'])],
  ]);
  return r.list(1, 3, one).join(r.pick(['; ', ';', ' ; ']));
}

// ---- tokens and the playground --------------------------------------------------------------------
const b64 = (x) => Buffer.from(typeof x === 'string' ? x : JSON.stringify(x)).toString('base64url');
export function token(r) {
  const alg = r.pick(['HS256', 'HS256', 'HS384', 'HS512', 'none', 'RS256', 'x']);
  const header = r.weighted([[8, { alg, typ: 'JWT' }], [1, { alg }], [0.5, { typ: 'JWT' }], [0.3, 'not json'], [0.3, []]]);
  const claims = r.members({ sub: () => '1', iat: () => r.pick([NOW, NOW - 50, 'x']), exp: () => r.pick([NOW + 60, NOW, NOW - 1, 'x']), nbf: () => r.pick([NOW, NOW + 60, 'x']), aud: () => r.pick(['web', ['web', 'y'], 1]), iss: () => 'lab', jti: () => 'j1', nonce: () => 'n', n: () => r.pick([1e21, 1.5, -0, 'ü']) }, 0.4);
  const payload = r.weighted([[9, () => b64(claims)], [0.5, () => b64('text')], [0.3, () => b64('[1]')], [0.3, ''], [0.3, () => b64('null')]]);
  const text = b64(header) + '.' + payload;
  const hash = { HS384: 'sha384', HS512: 'sha512' }[alg] ?? 'sha256';
  const signature = alg === 'none' || r.chance(0.04) ? '' : hmac(hash, r.pick(SECRETS.slice(0, 2)), text, 'base64url');
  return r.weighted([[14, text + '.' + signature], [0.5, text], [0.5, text + '.' + signature + '='], [0.4, text + '.' + signature + '.x'], [0.4, 'a.b.c'], [0.4, ''], [0.4, '!' + text + '.' + signature]]);
}
const payloads = (r) => r.weighted([
  [8, () => r.members({ sub: () => '1', iat: () => r.pick([NOW, NOW - 5, 'x', null]), exp: () => r.pick([NOW + 60, 'x', 1.5]), nbf: () => r.pick([NOW, 'x']), aud: () => 'a', iss: () => 'i', jti: () => 'j', b: () => [1, { c: 2 }], 5: () => 1 }, 0.35)],
  [1, 'text'], [0.5, () => flaw(r)],
]);
export function jwtCall(r) {
  const send = (action, json) => ({ method: 'POST', path: '/lab/jwt/' + action, json });
  const pair = keyPair(r);
  return r.weighted([
    [4, () => {
      const options = { ...signOptions(r), ...(pair.algorithm ? { algorithm: pair.algorithm } : {}) };
      const request = send('sign', { payload: payloads(r), secret: r.chance(0.96) ? pair.sign : flaw(r), ...(r.chance(0.9) ? { options } : {}) });
      if (pair.random) request.ignore = ['body', 'header:etag', 'header:content-length'];
      return request;
    }],
    [5, () => send('verify', { token: r.chance(0.97) ? token(r) : flaw(r), secret: r.chance(0.96) ? r.weighted([[8, () => r.pick(SECRETS.slice(0, 2))], [1, () => pair.verify]]) : flaw(r), ...(r.chance(0.8) ? { options: verifyOptions(r) } : {}) })],
    [1.5, () => send('decode', { token: r.chance(0.95) ? token(r) : flaw(r), ...(r.chance(0.4) ? { options: r.pick([{ complete: true }, { json: true }, {}, null]) } : {}) })],
  ]);
}
const cookieValue = (r) => r.pick(['b', '', 'x y;z,ü', { o: 1 }, [1, 2], 5, true, null, 'a%20b', '"q"', 1e21, 'j:x', 's:x', '😀']);
const oneCookie = (r) => ({ name: r.weighted([[8, () => r.pick(['a', 'b', '__Host-a', 'a.b-c_d'])], [1, () => r.pick(['a b', 'a=b', 'a;b', '', 'ü', 5, null])]]), ...(r.chance(0.93) ? { value: cookieValue(r) } : {}), ...(r.chance(0.7) ? { options: r.chance(0.97) ? cookieOptions(r) : flaw(r) } : {}) });
export function cookieCall(r) {
  return r.weighted([
    [3, () => ({ method: 'POST', path: '/lab/cookie', json: r.chance(0.8) ? oneCookie(r) : r.list(0, 3, () => oneCookie(r)) })],
    [1, () => ({ method: 'POST', path: '/lab/clear-cookie', json: { name: r.pick(['a', 'session', 'a b', 1]), ...(r.chance(0.7) ? { options: cookieOptions(r) } : {}) } })],
    [1.5, () => ({ path: '/lab/cookies', headers: { Cookie: cookieHeader(r) } })],
  ]);
}
export function sessionCall(r) {
  const data = () => r.weighted([[8, () => r.members({ a: () => r.pick([1, 'x', null, [1]]), b: () => 'ü', visits: () => r.pick([1, 'x']), user: () => ({ id: 1 }), cookie: () => 1, isNew: () => 1, 2: () => 1 }, 0.3)], [0.5, []], [0.5, [1]]]);
  return r.weighted([
    [3, () => ({ path: '/lab/session' })],
    [3, () => ({ method: 'POST', path: '/lab/session', json: data() })],
    [2, () => ({ method: 'PUT', path: '/lab/session', json: r.chance(0.6) ? { value: r.chance(0.8) ? data() : flaw(r) } : data() })],
    [2, () => ({ method: 'PATCH', path: '/lab/session', json: r.chance(0.5) ? { options: cookieOptions(r), set: data() } : { cookie: sessionCookieOptions(r) } })],
    [1, () => ({ method: 'DELETE', path: '/lab/session' })],
    [3, () => ({ path: '/visits' })],
  ]);
}
