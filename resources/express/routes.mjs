// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT
// The demo API behind the middleware.
import express from 'express';
import { accountRoutes, shopRoutes } from './shop.mjs';
import { cookieRoute, toolRoutes } from './tools.mjs';
import { dataRoutes } from './data.mjs';
import { feedRoutes } from './feed.mjs';
import { loginRoutes } from './login.mjs';
import { memberRoutes } from './members.mjs';
import { pick } from './values.mjs';
import { publicKeyRoute } from './tokens.mjs';

// `lessons`: also the routes that only lessons ask for. `transferByGet`: GET /transfer moves money.
// `first`: a middleware in front of every route's handlers.
export function routes(app, { login, first, lessons = false, transferByGet = false }) {
  const router = express.Router({
    caseSensitive: app.enabled('case sensitive routing'),
    strict: app.enabled('strict routing'),
  });
  if (first) beginRoutesWith(router, first);
  router.get('/ping', (req, res) => {
    res.type('txt').send('pong');
  });
  userRoutes(router);
  dataRoutes(router, lessons);
  feedRoutes(router);
  loginRoutes(router, login);
  publicKeyRoute(router, login);
  toolRoutes(router, login);
  if (lessons) {
    accountRoutes(router);
    cookieRoute(router);
    shopRoutes(router);
    memberRoutes(router, login, { transferByGet });
  }
  return router;
}

// router.get(path, first, handler) for every route there will be. OPTIONS has no route of its own:
// Express answers it, and `first` is not asked.
function beginRoutesWith(router, first) {
  const { route } = router;
  router.route = (path) => {
    const made = route.call(router, path);
    for (const method of ['get', 'post', 'put', 'patch', 'delete']) {
      const add = made[method];
      made[method] = (...handlers) => add.call(made, first, ...handlers);
    }
    return made;
  };
}

function userRoutes(router) {
  let user = { id: 1, name: 'Ada', email: 'ada@example.com', role: 'user' };
  const taken = (body) => pick(body, ['name', 'email', 'role']);

  router.get('/api/user', (req, res) => {
    // Naive on purpose: ?role=user&role=admin is a list, which equals no text.
    const { role } = req.query;
    if (role === 'admin') return res.status(403).json({ error: 'role not allowed' });
    res.json(role === undefined ? user : { ...user, role });
  });
  router.put('/api/user', (req, res) => {
    user = { id: 1, ...taken(req.body) };
    res.json(user);
  });
  router.post('/api/user', (req, res) => {
    user = { id: 1, ...taken(req.body) };
    res.status(201).location('/api/user').json(user);
  });
  router.patch('/api/user', (req, res) => {
    Object.assign(user, taken(req.body));
    res.json(user);
  });
  router.delete('/api/user', (req, res) => {
    user = { id: 1 };
    res.status(204).end();
  });

  // What the server saw after all middleware.
  const echo = (req, res) => {
    const { method, originalUrl: url, path, query, queryPolluted, bodyPolluted } = req;
    const body = Buffer.isBuffer(req.body) ? { base64: req.body.toString('base64') } : req.body;
    res.json({ method, url, path, query, queryPolluted, body, bodyPolluted });
  };
  router.route('/api/echo').get(echo).post(echo).put(echo).patch(echo).delete(echo);
  router.get('/api/items/:id', (req, res) => {
    res.json({ id: req.params.id });
  });
}
