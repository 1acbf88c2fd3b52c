// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT
// npm jsonwebtoken: a signed token, in the Authorization header or in a cookie.
import { createPublicKey, createSecretKey } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { describe } from './errors.mjs';
import { denied, done, user } from './login.mjs';

let tokens = 0;

export function jwtLogin(settings = {}) {
  const { secret, privateKey, publicKey, delivery, claims, jti, denylist, tokenVersion, lessons } = settings;
  const inCookie = delivery === 'cookie';
  const cookieName = settings.cookie?.name ?? 'token';
  const cookieOptions = settings.cookie?.options ?? {};
  const verifyKey = publicKey ?? secret;
  const verify = settings.verifier === 'naive' ? verifyNaively : jwt.verify;
  const signOptions = withSettings(settings.sign, settings, ['algorithm', 'expiresIn']);
  const verifyOptions = withSettings(settings.verify, settings, ['algorithms', 'clockTolerance']);
  const revoked = new Set();
  let version = 0;

  const issue = () => {
    const payload = { sub: String(user.id), email: user.email, role: user.role };
    if (tokenVersion) payload.tokenVersion = version;
    if (jti) payload.jti = `jwt-${(tokens += 1)}`;
    return jwt.sign({ ...payload, ...claims }, privateKey ?? secret, { ...signOptions });
  };
  const tokenOf = (req) => {
    if (inCookie) {
      const token = req.cookies?.[cookieName];
      if (token === undefined) throw authError('missing token');
      return token;
    }
    const { authorization } = req.headers;
    if (authorization === undefined) throw authError('missing token');
    const parts = authorization.split(' ');
    if (parts.length !== 2 || parts[0].toLowerCase() !== 'bearer') throw authError('malformed authorization header');
    return parts[1];
  };
  const check = (req) => {
    const payload = verify(tokenOf(req), verifyKey, { ...verifyOptions });
    if (denylist && revoked.has(payload.jti)) throw authError('token revoked');
    if (tokenVersion && payload.tokenVersion !== version) throw authError('token version');
    return payload;
  };
  const refused = (res, error) => {
    const missing = error.name === 'AuthError' && error.message === 'missing token';
    if (!inCookie) res.set('WWW-Authenticate', missing ? 'Bearer' : 'Bearer error="invalid_token"');
    denied(res, describe(error));
  };
  // Calls with the token's claims, or answers 401.
  const withClaims = (req, res, call) => {
    let payload;
    try {
      payload = check(req);
    } catch (error) {
      return refused(res, error);
    }
    call(payload);
  };
  const end = (res) => {
    const { maxAge, expires, ...rest } = cookieOptions;
    if (inCookie) res.clearCookie(cookieName, rest);
    done(res);
  };

  return {
    publicKey: lessons ? shownKey(verifyKey) : undefined,
    login(req, res) {
      const token = issue();
      if (!inCookie) return done(res, { user, token });
      res.cookie(cookieName, token, cookieOptions);
      done(res, { user });
    },
    me: (req, res) => withClaims(req, res, (payload) => {
      if (!lessons) return res.json({ user: payload });
      res.json({ userId: Number(payload.sub) > 0 ? Number(payload.sub) : payload.sub, email: payload.email });
    }),
    logout(req, res) {
      if (!denylist) return end(res);
      withClaims(req, res, (payload) => {
        revoked.add(payload.jti);
        end(res);
      });
    },
    logoutAll(req, res) {
      if (!tokenVersion) return end(res);
      withClaims(req, res, () => {
        version += 1;
        end(res);
      });
    },
    identify(req) {
      try {
        return check(req);
      } catch {
        return undefined;
      }
    },
    refuse: (req, res) => withClaims(req, res, () => denied(res, 'not logged in')),
  };
}

function withSettings(options, settings, names) {
  const all = { ...options };
  for (const name of names) if (settings[name] !== undefined) all[name] = settings[name];
  return all;
}

function authError(message) {
  return Object.assign(new Error(message), { name: 'AuthError' });
}

// The mistake the attack lessons are about: the token itself says how it is to be checked.
function verifyNaively(token, key, options) {
  const algorithm = jwt.decode(token, { complete: true })?.header.alg;
  const trusting = { ...options, algorithms: [algorithm] };
  if (algorithm === 'none') return jwt.verify(token, undefined, trusting);
  if (key && String(algorithm).startsWith('HS')) return jwt.verify(token, createSecretKey(key, 'utf8'), trusting);
  return jwt.verify(token, key, trusting);
}

// A key that may be shown to everybody; a shared secret may not.
function shownKey(key) {
  try {
    createPublicKey(key);
    return key;
  } catch {
    return undefined;
  }
}

export function publicKeyRoute(router, login) {
  if (!login.publicKey) return;
  router.get('/lab/jwt/public-key', (req, res) => {
    res.type('txt').send(login.publicKey);
  });
}
