// Records what npm cors does: node record/cors.mjs > ../../core/middleware/data/cors.json
// (from tests/parity/express, after npm ci). Every option against every request below.
import cors from 'cors';

const revive = (v) => {
  if (Array.isArray(v)) return v.map(revive);
  if (v === null || typeof v !== 'object') return v;
  if (typeof v.regex === 'string') return new RegExp(v.regex, v.flags ?? '');
  if ('undefined' in v) return undefined;
  return Object.fromEntries(Object.entries(v).map(([k, x]) => [k, revive(x)]));
};

const optionSets = [
  {},
  { origin: '*' }, { origin: 'http://a.test' }, { origin: true }, { origin: false }, { origin: '' },
  { origin: null }, { origin: 0 }, { origin: 1 }, { origin: { undefined: true } }, { origin: [] },
  { origin: ['http://a.test', 'http://b.test'] }, { origin: ['*'] }, { origin: [['http://a.test']] },
  { origin: [true] }, { origin: [''] }, { origin: { regex: 'a\\.test' } }, { origin: { regex: '^HTTP://A', flags: 'i' } },
  { origin: { regex: '^undefined$' } }, { origin: { regex: 'test$' } },
  { origin: ['http://b.test', { regex: '^https?://.*\\.trusted\\.test$' }] },
  { methods: ['GET', 'POST'] }, { methods: 'GET' }, { methods: 'get, put ' }, { methods: [] }, { methods: '' }, { methods: 7 }, { methods: [null, 'GET'] },
  { allowedHeaders: ['X-A', 'X-B'] }, { allowedHeaders: 'X-A, X-B' }, { allowedHeaders: [] }, { allowedHeaders: '' }, { allowedHeaders: null },
  { allowedHeaders: 5 }, { headers: 'X-Old' }, { headers: ['X-Old'], allowedHeaders: '' }, { allowedHeaders: '*' },
  { exposedHeaders: ['X-A', 'X-B'] }, { exposedHeaders: 'X-A' }, { exposedHeaders: [] }, { exposedHeaders: '' }, { exposedHeaders: 5 },
  { credentials: true }, { credentials: 'true' }, { credentials: 1 }, { credentials: false },
  { maxAge: 600 }, { maxAge: 0 }, { maxAge: -1 }, { maxAge: 1.5 }, { maxAge: '60' }, { maxAge: '' }, { maxAge: null }, { maxAge: true }, { maxAge: 1e21 },
  { optionsSuccessStatus: 200 }, { optionsSuccessStatus: 202 }, { optionsSuccessStatus: '299' },
  { preflightContinue: true }, { preflightContinue: 'yes', maxAge: 5 },
  { origin: ['http://a.test'], credentials: true, maxAge: 600, exposedHeaders: ['ETag'], methods: ['PUT'], allowedHeaders: ['X-A'] },
  { origin: false, credentials: true, exposedHeaders: ['ETag'] },
];
const requests = [
  { method: 'GET', headers: {} },
  { method: 'GET', headers: { origin: 'http://a.test' } },
  { method: 'GET', headers: { origin: 'http://a.test/' } },
  { method: 'GET', headers: { origin: 'https://x.trusted.test' } },
  { method: 'GET', headers: { origin: 'null' } },
  { method: 'POST', headers: { origin: '' } },
  { method: 'OPTIONS', headers: {} },
  { method: 'OPTIONS', headers: { origin: 'http://a.test', 'access-control-request-method': 'PUT' } },
  { method: 'OPTIONS', headers: { origin: 'http://evil.test', 'access-control-request-method': 'PUT', 'access-control-request-headers': 'content-type,x-a' } },
  { method: 'OPTIONS', headers: { origin: 'http://b.test', 'access-control-request-headers': '' } },
];

function run(options, request) {
  const headers = new Map();
  let status = null;
  let passed = false;
  const res = {
    getHeader: (name) => headers.get(name.toLowerCase())?.[1],
    setHeader: (name, value) => headers.set(name.toLowerCase(), [name, String(value)]),
    end: () => { status = Number(res.statusCode); },
  };
  cors(revive(options))({ method: request.method, headers: request.headers }, res, () => { passed = true; });
  return { headers: [...headers.values()], status, passed };
}

const rows = [];
for (const options of optionSets) for (const request of requests) rows.push({ options, request, result: run(options, request) });
process.stdout.write('[\n' + rows.map((r) => JSON.stringify(r)).join(',\n') + '\n]\n');
