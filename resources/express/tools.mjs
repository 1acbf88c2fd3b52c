// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT
// The playground: one route per library call, so that its options can be tried over HTTP.
import jwt from 'jsonwebtoken';
import { describe } from './errors.mjs';
import { countOf, lastOf, revive } from './values.mjs';

// What the call throws becomes 400 with the error's words.
function attempt(res, call) {
  let answer;
  try {
    answer = call();
  } catch (error) {
    return res.status(400).json({ error: describe(error) });
  }
  res.json(answer);
}

export function toolRoutes(router, login) {
  router.get('/redirect', (req, res) => {
    res.redirect(countOf(lastOf(req.query.status), 302, 399), lastOf(req.query.to) ?? '/ping');
  });
  router.get('/error', (req, res, next) => {
    const error = new Error(lastOf(req.query.message) ?? 'lab error');
    if (req.query.status !== undefined) error.status = Number(lastOf(req.query.status));
    if (req.query.retry !== undefined) error.headers = { 'Retry-After': lastOf(req.query.retry) };
    if (req.query.res !== undefined) res.status(countOf(lastOf(req.query.res), 500, 599));
    if (req.query.throw === '1') throw error;
    next(error);
  });
  tokenRoutes(router);
  cookieRoutes(router);
  router.get('/lab/request', (req, res) => {
    const { ip, ips, protocol, secure, hostname, subdomains, path, xhr, fresh } = req;
    res.json({ ip, ips, protocol, secure, hostname, subdomains, path, xhr, fresh });
  });
  if (login.session === 'cookie') cookieSessionRoutes(router);
  if (login.session === 'store') storeSessionRoutes(router);
}

function tokenRoutes(router) {
  router.post('/lab/jwt/sign', (req, res) =>
    attempt(res, () => ({ token: jwt.sign(req.body.payload, req.body.secret, revive(req.body.options)) })));
  router.post('/lab/jwt/verify', (req, res) =>
    attempt(res, () => ({ payload: jwt.verify(req.body.token, req.body.secret, revive(req.body.options)) })));
  router.post('/lab/jwt/decode', (req, res) =>
    attempt(res, () => ({ payload: jwt.decode(req.body.token, req.body.options) })));
}

function cookieRoutes(router) {
  router.post('/lab/cookie', (req, res) =>
    attempt(res, () => {
      for (const cookie of [].concat(req.body)) res.cookie(cookie.name, cookie.value, revive(cookie.options));
      return { ok: true };
    }));
  router.post('/lab/clear-cookie', (req, res) =>
    attempt(res, () => {
      res.clearCookie(req.body.name, revive(req.body.options));
      return { ok: true };
    }));
  router.get('/lab/cookies', (req, res) => {
    res.json({ cookies: req.cookies, signedCookies: req.signedCookies });
  });
}

function cookieSessionRoutes(router) {
  const show = ({ session }) =>
    session === null
      ? { session }
      : { session, isNew: session.isNew, isPopulated: session.isPopulated, isChanged: session.isChanged };
  router.get('/lab/session', (req, res) => {
    res.json(show(req));
  });
  router.post('/lab/session', (req, res) => {
    Object.assign(req.session, req.body);
    res.json(show(req));
  });
  router.put('/lab/session', (req, res) =>
    attempt(res, () => {
      req.session = req.body.value;
      return show(req);
    }));
  router.patch('/lab/session', (req, res) => {
    Object.assign(req.sessionOptions, revive(req.body.options));
    Object.assign(req.session, req.body.set);
    res.json(show(req));
  });
  router.delete('/lab/session', (req, res) => {
    req.session = null;
    res.json(show(req));
  });
}

function storeSessionRoutes(router) {
  const show = (req) => {
    if (!req.session) return { session: null };
    const { cookie, ...data } = JSON.parse(JSON.stringify(req.session));
    return { id: req.sessionID, session: data, cookie };
  };
  router.get('/lab/session', (req, res) => {
    res.json(show(req));
  });
  router.post('/lab/session', (req, res) => {
    Object.assign(req.session, req.body);
    res.json(show(req));
  });
  router.put('/lab/session', (req, res, next) => {
    req.session.regenerate((error) => {
      if (error) return next(error);
      Object.assign(req.session, req.body);
      res.json(show(req));
    });
  });
  router.patch('/lab/session', (req, res) => {
    Object.assign(req.session.cookie, revive(req.body.cookie));
    res.json(show(req));
  });
  router.delete('/lab/session', (req, res) => {
    req.session = null;
    res.json(show(req));
  });
}

// GET /cookies/set?name=&value=&path=&httpOnly=1&maxAge= (seconds)
export function cookieRoute(router) {
  router.get('/cookies/set', (req, res) =>
    attempt(res, () => {
      const asked = (name) => lastOf(req.query[name]);
      const options = {};
      if (asked('path')) options.path = asked('path');
      if (asked('httpOnly') === '1') options.httpOnly = true;
      if (asked('maxAge')) options.maxAge = Number(asked('maxAge')) * 1000;
      res.cookie(asked('name') || 'theme', asked('value') ?? '1', options);
      return { ok: true };
    }));
}
