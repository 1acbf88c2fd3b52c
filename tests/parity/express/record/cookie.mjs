// Records what npm cookie 0.7 and res.cookie() of Express 4 do: node record/cookie.mjs > ../../core/http/data/cookie.json
// (from tests/parity/express, after npm ci).
import cookie from 'cookie';
import express from 'express';

const now = 1700000000000;
Date.now = () => now;
const headers = [
  'a=1', 'a=1; b=2', 'a=1;b=2', ' a = 1 ; b\t=\t2 ', 'a', 'a;b=1', '=1', '=', 'a=', 'a="q"', 'a="', 'a=""', 'a="x', 'a=%20x', 'a=%zz', 'a=%C3%BC', 'a=1; a=2', '__proto__=1; a=2',
  'toString=1', 'a=b=c', ';;a=1', 'a=1;', 'x\u00a0=\u00a01', 'ü=é', 'a=\u000b1', 'a=j:1', '', 'a=1, b=2',
];
const res = express.response;
const cookies = [
  { value: 'b' }, { value: '' }, { value: 'x y;z,ü"\\' }, { value: 5 }, { value: true }, { value: null }, { value: { o: [1] } }, { value: [1] }, { value: '\ud800' },
  { name: 'a b', value: '1' }, { name: 'a=b', value: '1' }, { name: 'ü', value: '1' }, { name: '', value: '1' }, { name: '__Host-a', value: '1' },
  ...[0, 1000, 1999, -5, 1.5, '5000', ' 1e3 ', '0x10', 'x', '', null, true, [], [7], {}, 1e18].map((maxAge) => ({ value: 'b', options: { maxAge } })),
  ...['lab.test', '.lab.test', '-a', 'a-', 'a..b', 'a_b', 'x'.repeat(63), 'x'.repeat(64), 'ü', '', null, 5, true].map((domain) => ({ value: 'b', options: { domain } })),
  ...['/', '/a b', '/;', '/<', '/~', '', null, 5, 'ü', '/\n'].map((path) => ({ value: 'b', options: { path } })),
  ...[true, false, 'lax', 'STRICT', 'None', 'x', '', null, 1].map((sameSite) => ({ value: 'b', options: { sameSite } })),
  ...['low', 'MEDIUM', 'high', 'x', '', null, 1].map((priority) => ({ value: 'b', options: { priority } })),
  ...['2030-05-06', '1969-12-31T23:59:59Z', 'garbage'].map((date) => ({ value: 'b', options: { expires: { date } } })), { value: 'b', options: { expires: 'text' } }, { value: 'b', options: { expires: 0 } },
  { value: 'b', options: { httpOnly: true, secure: 1, partitioned: 'x', sameSite: 'none', priority: 'low', domain: 'd', maxAge: 1000, path: '/p' } }, { value: 'b', options: { encode: 1 } },
];
const revive = (o) => o && Object.fromEntries(Object.entries(o).map(([k, v]) => [k, v?.date ? new Date(v.date) : v]));
const line = (c) => {
  const target = Object.create(res, { req: { value: {} }, append: { value(name, value) { this.line = value; return this; } } });
  try { target.cookie(c.name ?? 'a', c.value, revive(c.options)); return { line: target.line }; } catch (err) { return { error: err.message }; }
};
process.stdout.write(JSON.stringify({
  parse: headers.map((header) => ({ header, cookies: { ...cookie.parse(header) } })),
  serialize: cookies.map((c) => ({ ...c, ...line(c) })),
}, null, 1) + '\n');
