// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT
// Ways to stay logged in. Each has login(), me() and logout(), called by the routes of the same name.
import jwt from 'jsonwebtoken';
import { describe } from './errors.mjs';

const user = { id: 1, email: 'test@example.com', role: 'user' };
const password = '123456';
const done = (res, more) => res.json({ ok: true, ...more });
const denied = (res, error) => res.status(401).json({ error });
const noSession = () => new Error('no session for this path');

// Everybody may log in, and nobody is known afterwards.
export function noLogin() {
  return {
    login: (req, res) => done(res, { user }),
    me: (req, res) => denied(res, 'not logged in'),
    logout: (req, res) => done(res),
  };
}

// npm cookie-session: the session itself travels in a signed cookie.
export function cookieSessionLogin() {
  return {
    session: 'cookie',
    login(req, res) {
      req.session.user = user;
      done(res, { user });
    },
    me: (req, res) => (req.session?.user ? res.json({ user: req.session.user }) : denied(res, 'not logged in')),
    logout(req, res) {
      req.session = null;
      done(res);
    },
  };
}

let sessions = 0;
// Ids that are the same every time. Leave `genid` out where strangers come.
export const labSessionId = () => `lab-session-${String((sessions += 1)).padStart(6, '0')}`;

// npm express-session: a cookie carries the id, the server keeps the rest.
export function sessionLogin({ name = 'connect.sid', cookie, regenerateOnLogin = false } = {}) {
  return {
    session: 'store',
    login(req, res, next) {
      if (!req.session) return next(noSession());
      const remember = (error) => {
        if (error) return next(error);
        req.session.user = user;
        done(res, { user });
      };
      if (regenerateOnLogin) req.session.regenerate(remember);
      else remember();
    },
    me: (req, res) => (req.session?.user ? res.json({ user: req.session.user }) : denied(res, 'not logged in')),
    logout(req, res, next) {
      if (!req.session) return next(noSession());
      req.session.destroy((error) => {
        if (error) return next(error);
        const { path, domain } = cookie ?? {};
        res.clearCookie(name, { ...(path ? { path } : {}), ...(domain ? { domain } : {}) });
        done(res);
      });
    },
  };
}

let tokens = 0;

// npm jsonwebtoken: a signed token, in the Authorization header or in a cookie.
export function jwtLogin(settings) {
  const { secret, privateKey, publicKey, delivery, claims, jti, denylist } = settings;
  const inCookie = delivery === 'cookie';
  const cookieName = settings.cookie?.name ?? 'token';
  const cookieOptions = settings.cookie?.options ?? {};
  const signOptions = { ...settings.sign };
  const verifyOptions = { ...settings.verify };
  for (const name of ['algorithm', 'expiresIn']) if (settings[name] !== undefined) signOptions[name] = settings[name];
  for (const name of ['algorithms', 'clockTolerance']) if (settings[name] !== undefined) verifyOptions[name] = settings[name];
  const revoked = new Set();

  const issue = () => {
    const payload = { sub: String(user.id), email: user.email, role: user.role };
    if (jti) payload.jti = `jwt-${(tokens += 1)}`;
    return jwt.sign({ ...payload, ...claims }, privateKey ?? secret, { ...signOptions });
  };
  const check = (req) => {
    const payload = jwt.verify(tokenOf(req), publicKey ?? secret, { ...verifyOptions });
    if (denylist && revoked.has(payload.jti)) throw authError('token revoked');
    return payload;
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
  const refuse = (res, error) => {
    const missing = error.name === 'AuthError' && error.message === 'missing token';
    if (!inCookie) res.set('WWW-Authenticate', missing ? 'Bearer' : 'Bearer error="invalid_token"');
    denied(res, describe(error));
  };

  return {
    check,
    refuse,
    login(req, res) {
      const token = issue();
      if (!inCookie) return done(res, { user, token });
      res.cookie(cookieName, token, cookieOptions);
      done(res, { user });
    },
    me(req, res) {
      let payload;
      try {
        payload = check(req);
      } catch (error) {
        return refuse(res, error);
      }
      res.json({ user: payload });
    },
    logout(req, res) {
      if (denylist) {
        try {
          revoked.add(check(req).jti);
        } catch (error) {
          return refuse(res, error);
        }
      }
      if (inCookie) {
        const { maxAge, expires, ...rest } = cookieOptions;
        res.clearCookie(cookieName, rest);
      }
      done(res);
    },
  };
}

function authError(message) {
  return Object.assign(new Error(message), { name: 'AuthError' });
}

// The guard in front of what only members may see.
export function requireLogin() {
  return (req, res, next) => {
    if (!req.session?.user) return denied(res, 'not logged in');
    req.user = req.session.user;
    next();
  };
}

export function loginRoutes(router, login) {
  router.post('/login', (req, res, next) => {
    const { email, password: given } = req.body ?? {};
    if (typeof email !== 'string' || typeof given !== 'string')
      return res.status(400).json({ error: 'email and password required' });
    if (email !== user.email || given !== password) return denied(res, 'invalid credentials');
    login.login(req, res, next);
  });
  router.get('/me', (req, res, next) => login.me(req, res, next));
  router.post('/logout', (req, res, next) => login.logout(req, res, next));
  if (!login.session) return;
  router.get('/visits', (req, res, next) => {
    if (!req.session) return next(noSession());
    req.session.visits = (req.session.visits || 0) + 1;
    res.json({ visits: req.session.visits });
  });
}
