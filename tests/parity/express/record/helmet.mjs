// Records what npm helmet does with one option at a time, and what it refuses:
// node record/helmet.mjs > ../../core/middleware/data/helmet.json
import helmet from 'helmet';

console.warn = () => {};
const revive = (v) => {
  if (Array.isArray(v)) return v.map(revive);
  if (v === null || typeof v !== 'object') return v;
  const k = Object.keys(v);
  if (k.length === 1 && k[0] === 'undefined') return undefined;
  if (k.length === 1 && k[0] === 'disableDefaultSrc') return helmet.contentSecurityPolicy.dangerouslyDisableDefaultSrc;
  if (k.length === 1 && k[0] === 'nonceFrom') return (req) => `'nonce-${req.headers[v.nonceFrom] ?? ''}'`;
  if (k.length === 1 && k[0] === 'valueFrom') return (req) => String(req.headers[v.valueFrom] ?? '');
  return Object.fromEntries(k.map((n) => [n, revive(v[n])]));
};

const options = [{}];
const pairs = {
  contentSecurityPolicy: [], crossOriginEmbedderPolicy: [], crossOriginOpenerPolicy: [], crossOriginResourcePolicy: [], originAgentCluster: [], referrerPolicy: [],
  strictTransportSecurity: ['hsts'], xContentTypeOptions: ['noSniff'], xDnsPrefetchControl: ['dnsPrefetchControl'], xDownloadOptions: ['ieNoOpen'], xFrameOptions: ['frameguard'],
  xPermittedCrossDomainPolicies: ['permittedCrossDomainPolicies'], xPoweredBy: ['hidePoweredBy'], xXssProtection: ['xssFilter'],
};
const values = [true, false, null, { undefined: true }, 0, 'text', {}, [],
  { policy: 'same-origin' }, { policy: 'unsafe-none' }, { policy: 'cross-origin' }, { policy: 'nope' }, { policy: '' }, { policy: null }, { policy: 5 }, { policy: ['origin', ''] },
  { policy: ['origin', 'origin'] }, { policy: [] }, { policy: {} },
  { maxAge: 5.9 }, { maxAge: 0 }, { maxAge: -1 }, { maxAge: '60' }, { maxAge: null }, { maxAge: 1e21 }, { includeSubDomains: false }, { includeSubDomains: 0, preload: 1 },
  { maxage: 1 }, { includeSubdomains: true }, { maxage: { undefined: true } },
  { allow: true }, { allow: 'no' }, { action: 'deny' }, { action: 'Same-Origin' }, { action: 'ALLOW-FROM' }, { action: null },
  { permittedPolicies: 'all' }, { permittedPolicies: 'some' }, { permittedPolicies: null }];
for (const [name, aliases] of Object.entries(pairs)) for (const key of [name, ...aliases]) for (const value of values) options.push({ [key]: value });
for (const [name, [alias]] of Object.entries(pairs)) if (alias) options.push({ [name]: true, [alias]: true }, { [alias]: false, [name]: { undefined: true } });
const self = "'self'";
for (const csp of [
  { useDefaults: false }, { useDefaults: 0, directives: { defaultSrc: [self] } }, { reportOnly: true }, { reportOnly: 'yes', directives: { 'report-to': 'x' } },
  { directives: null }, { directives: 'ab' }, { directives: [] }, { directives: { 'a-': [] } }, { directives: { a: [] } }, { directives: { x2Y: ['a'] } },
  { directives: { scriptSrc: [self, 'https://cdn.test'], 'img-src': null } }, { directives: { sandbox: '' } }, { directives: { sandbox: [''] } }, { directives: { sandbox: [] } },
  { directives: { scriptSrc: 'self' } }, { directives: { scriptSrc: ["'none'", 'none'] } }, { directives: { scriptSrc: ['nonce-x'] } }, { directives: { scriptSrc: ['sha512-x'] } },
  { directives: { scriptSrc: ['a;b'] } }, { directives: { scriptSrc: 'a,b' } }, { directives: { scriptSrc: 5 } }, { directives: { scriptSrc: 0 } }, { directives: { scriptSrc: true } },
  { directives: { scriptSrc: { a: 1 } } }, { directives: { scriptSrc: { undefined: true } } }, { directives: { scriptSrc: [1, null] } }, { directives: { scriptSrc: [1], sandbox: [''] } },
  { directives: { defaultSrc: null } }, { directives: { defaultSrc: { disableDefaultSrc: true } } }, { directives: { imgSrc: { disableDefaultSrc: true } } },
  { useDefaults: false, directives: { scriptSrc: [self] } }, { useDefaults: false, directives: { defaultSrc: { disableDefaultSrc: true } } },
  { useDefaults: false, directives: { defaultSrc: { disableDefaultSrc: true }, scriptSrc: [self] } },
  { directives: { scriptSrc: [self], 'script-src': [self] } }, { directives: { '': [self] } }, { directives: { 'Script-Src': [self] } }, { directives: { 'script src': [self] } }, { directives: { 'a"\n': [self] } },
  { directives: { scriptSrc: [self, { nonceFrom: 'x-nonce' }] } }, { directives: { scriptSrc: [{ valueFrom: 'x-src' }] } }, { directives: { scriptSrc: [{ valueFrom: 'x-bad' }] } },
  { directives: { scriptSrc: [{ valueFrom: 'x-list' }] } }, { directives: { scriptSrc: [{ nonceFrom: 'x-none' }], sandbox: [], plugin: ['a', 'b'] } }, { directives: { scriptSrc: { valueFrom: 'x-src' } } },
]) options.push({ contentSecurityPolicy: csp });

function run(o) {
  let middleware;
  try { middleware = helmet(revive(o)); } catch (err) { return { refused: err.message }; }
  const headers = new Map([['x-powered-by', ['X-Powered-By', 'Express']]]);
  let error = null;
  middleware({ headers: { 'x-nonce': 'abc', 'x-src': 'https://s.test', 'x-bad': 'self', 'x-list': 'a,b' } },
    { setHeader: (n, v) => headers.set(n.toLowerCase(), [n, v]), removeHeader: (n) => headers.delete(n.toLowerCase()) },
    (err) => { if (err) error = err.message; });
  return error === null ? { headers: [...headers.values()] } : { headers: [...headers.values()], error };
}
// Only what differs from helmet(): values, names that are missing, [name, value, place] of new ones.
const usual = run({}).headers;
function shorten(result) {
  if (!result.headers) return result;
  const { headers, ...rest } = result;
  const changed = headers.map(([n, v], i) => [n, v, i]).filter(([n, v]) => !usual.some(([un, uv]) => un === n && uv === v));
  const missing = usual.map(([n]) => n).filter((n) => !headers.some(([hn]) => hn === n));
  return { ...rest, ...(changed.length ? { changed } : {}), ...(missing.length ? { missing } : {}) };
}
process.stdout.write('{"usual": ' + JSON.stringify(usual) + ',\n"rows": [\n' + options.map((o) => JSON.stringify({ options: o, result: shorten(run(o)) })).join(',\n') + '\n]}\n');
