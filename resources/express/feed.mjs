// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT
// A feed to poll: at once, or held until there is news.
import { countOf, lastOf } from './values.mjs';

export function feedRoutes(router) {
  const updates = [{ id: 1, text: 'first' }, { id: 2, text: 'second' }];
  const waiters = new Set();
  const newerThan = (since) => ({ updates: updates.filter((update) => update.id > since), last: updates.at(-1).id });
  const sinceOf = (req, res) => {
    const since = req.query.since ?? '0';
    if (typeof since === 'string' && /^\d{1,9}$/.test(since)) return Number(since);
    res.status(400).json({ error: 'since must be a non-negative integer' });
    return null;
  };

  router.get('/lab/updates', (req, res) => {
    const since = sinceOf(req, res);
    if (since !== null) res.json(newerThan(since));
  });

  router.get('/lab/updates/long', (req, res) => {
    const since = sinceOf(req, res);
    if (since === null) return;
    const news = newerThan(since);
    if (news.updates.length) return res.json(news);
    const forget = () => {
      clearTimeout(timer);
      waiters.delete(wake);
    };
    const wake = () => {
      forget();
      res.json(newerThan(since));
    };
    const timer = setTimeout(() => {
      forget();
      res.status(204).end();
    }, countOf(lastOf(req.query.timeout), 25000, 30000));
    waiters.add(wake);
    res.on('close', forget);
  });

  router.get('/lab/updates/waiting', (req, res) => {
    res.json({ waiting: waiters.size });
  });

  router.post('/lab/updates', (req, res) => {
    const news = req.body?.text;
    if (typeof news !== 'string' || !news) return res.status(400).json({ error: 'text required' });
    const update = { id: updates.length + 1, text: news };
    updates.push(update);
    res.status(201).json(update);
    for (const wake of [...waiters]) wake();
  });
}
