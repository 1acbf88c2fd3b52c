// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT
// The synchronizer token: a page of the same origin reads it at GET /csrf-token and sends it back. A
// page of another origin can make the browser send the cookie, but cannot read the token.
import { createHmac, timingSafeEqual } from 'node:crypto';

let tokens = 0;
// Repeatable, as the lab's are. Use randomBytes() where strangers come.
const newToken = () => createHmac('sha256', 'roundtrip csrf').update(String((tokens += 1))).digest('base64url').slice(0, 24);
const same = (a, b) => a.length === b.length && timingSafeEqual(a, b);
const isUsed = (session) => Object.keys(session ?? {}).some((name) => name !== 'cookie');

export function csrf() {
  return (req, res, next) => {
    const changes = !['GET', 'HEAD', 'OPTIONS', 'TRACE'].includes(req.method);
    if (changes && isUsed(req.session)) {
      const field = req.body?._csrf;
      const given = req.get('X-CSRF-Token') ?? (typeof field === 'string' ? field : '');
      const expected = req.session.csrfToken ?? '';
      if (!expected || !same(Buffer.from(given), Buffer.from(expected))) return res.status(403).json({ error: 'invalid csrf token' });
    }
    if (req.method !== 'GET' || req.path !== '/csrf-token') return next();
    if (req.session) req.session.csrfToken ||= newToken();
    res.json({ csrfToken: req.session?.csrfToken ?? '' });
  };
}
