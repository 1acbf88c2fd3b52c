// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT
// Routes of the lessons: accounts, a small shop and its pages.
import { countOf, lastOf, pick } from './values.mjs';

export function accountRoutes(router) {
  const users = new Map([['1', { id: 1, name: 'Ada', email: 'test@example.com' }]]);
  let next = 2;
  const taken = (body) => pick(body, ['name', 'email', 'city']);
  // Answers 404 for an id that nobody has.
  const named = (handler) => (req, res) =>
    users.has(req.params.id) ? handler(req, res, users.get(req.params.id)) : res.status(404).json({ error: 'no such user' });

  router.post('/api/users', (req, res) => {
    if (!req.body?.name) return res.status(400).json({ error: 'name required' });
    while (users.has(String(next))) next += 1;
    const user = { id: next, ...taken(req.body) };
    users.set(String(next), user);
    next += 1;
    res.status(201).location(`/api/users/${user.id}`).json(user);
  });
  router.get('/api/users/:id', named((req, res, user) => res.json(user)));
  router.put('/api/users/:id', (req, res) => {
    const { id } = req.params;
    const user = { id: /^[+-]?\d+$/.test(id) ? Number(id) : id, ...taken(req.body) };
    users.set(id, user);
    res.json(user);
  });
  router.patch('/api/users/:id', named((req, res, user) => {
    const changed = { ...user, ...taken(req.body) };
    users.set(req.params.id, changed);
    res.json(changed);
  }));
  router.delete('/api/users/:id', named((req, res) => {
    users.delete(req.params.id);
    res.status(204).end();
  }));
}

const items = [
  { id: 1, name: 'Kettle', price: 24.5 },
  { id: 2, name: 'Teapot', price: 31 },
  { id: 3, name: 'Mug', price: 8.9 },
  { id: 4, name: 'Tray', price: 15 },
  { id: 5, name: 'Spoon', price: 3.5 },
];

export function shopRoutes(router) {
  router.get('/api/items', (req, res) => {
    const limit = countOf(lastOf(req.query.limit), items.length, items.length);
    res.set('X-Total-Count', String(items.length)).json(items.slice(0, limit));
  });
  // Trusts that `name` is text; ?name=a&name=b makes it a list.
  router.get('/api/greet', (req, res) => {
    res.json({ greeting: `Hello ${req.query.name.toUpperCase()}!` });
  });
  router.get('/api/search', (req, res) => {
    const { tags: asked } = req.query;
    const tags = typeof asked === 'string' || Array.isArray(asked) ? [].concat(asked) : [];
    res.json({ tags, found: tags.length });
  });
  let likes = 0;
  router.get('/api/likes', (req, res) => res.json({ likes }));
  router.post('/api/likes', (req, res) => res.json({ likes: (likes += 1) }));
  pageRoutes(router);
}

function pageRoutes(router) {
  const page = (title) => (req, res) => {
    res.send(`<!DOCTYPE html>\n<title>${title}</title>\n<h1>${title}</h1>\n`);
  };
  // Puts the question into the page as it is: the hole that a Content-Security-Policy should plug.
  router.get('/search', (req, res) => {
    const question = lastOf(req.query.q) ?? '';
    res.send(`<!DOCTYPE html>\n<title>Search</title>\n<h1>Results for ${question}</h1>\n`);
  });
  router.get('/', page('Shop API'));
  router.get('/admin/home', page('Administration'));
  router.get('/page/account', page('Your account'));
  router.get('/page/shop', page('Shop'));
  router.get('/assets/app.js', (req, res) => {
    res.type('js').send('document.documentElement.dataset.app = "ready";\n');
  });
  router.get('/uploads/avatar.txt', (req, res) => {
    res.type('txt').send('alert("This is a script that says it is text.");\n');
  });
  router.post('/csp-report', (req, res) => {
    res.status(204).end();
  });
}
