// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT
// Routes for who is logged in.
import { countOf, lastOf } from './values.mjs';

export function memberRoutes(router, login, { transferByGet }) {
  // Only for members; anybody else is answered 401.
  const member = (handler) => (req, res) => {
    req.user ??= login.identify(req);
    if (req.user) handler(req, res);
    else login.refuse(req, res);
  };
  router.post('/logout-all', (req, res, next) => login.logoutAll(req, res, next));
  router.get('/admin/report', member((req, res) => {
    if (req.user.role !== 'admin') return res.status(403).json({ error: 'admins only' });
    res.json({ report: 'sales', total: 1234 });
  }));

  let balance = 1000;
  const transfer = member((req, res) => {
    const asked = (name) => lastOf(req.body?.[name]) ?? lastOf(req.query[name]);
    const amount = countOf(asked('amount'), 0, 1_000_000);
    balance -= amount;
    res.json({ ok: true, amount, to: asked('to') ?? 'Mallory', balance });
  });
  router.post('/transfer', transfer);
  // A GET that changes something: any page can make a browser send it.
  if (transferByGet) router.get('/transfer', transfer);

  router.post('/cart/fill', member((req, res) => {
    const bytes = countOf(lastOf(req.query.n), 100, 1 << 20);
    if (req.session === undefined) return res.status(400).json({ error: 'no session to fill' });
    req.session.cart = 'x'.repeat(bytes);
    res.json({ ok: true, bytes });
  }));
}
