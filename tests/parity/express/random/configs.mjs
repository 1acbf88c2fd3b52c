// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT
// Random configurations over every key of the reference server (README.md, "Configuration"): mostly
// what a person would write, with a share of values of the wrong kind.
import { authConfig } from './auths.mjs';
import { HELMET } from './helmets.mjs';

export const ORIGINS = ['http://app.test', 'https://app.test', 'http://app.test:3000', 'http://localhost:5173', 'https://evil.test', 'null', 'http://APP.test', 'http://sub.app.test'];
const METHODS = ['GET', 'HEAD', 'PUT', 'PATCH', 'POST', 'DELETE', 'OPTIONS', 'get', 'X-Odd'];
const HEADERS = ['Content-Type', 'content-type', 'X-Lab', 'Authorization', 'ETag', 'x-a, x-b', '*'];
const ORDER = ['headers', 'compression', 'helmet', 'cors', 'bodyParser', 'cookieParser', 'hpp', 'auth'];

/// A value of any kind JavaScript has, as the configuration spells it.
export const odd = (r) => r.pick([null, true, false, 0, 1, -1, 1.5, 1e21, '', ' ', '0', '1', 'x', 'true', 'none', 'a,b', [], [''], ['x', 1], [null], {}, { a: 1 }, { undefined: true }, { regex: 'a' }, 65536, '10kb']);
const orOdd = (r, make, probability = 0.04) => () => (r.chance(probability) ? odd(r) : make());

// ---- express --------------------------------------------------------------------------------------
const ADDRESSES = ['127.0.0.1', 'loopback', 'linklocal', 'uniquelocal', '10.0.0.0/8', '198.51.100.4', '203.0.113.0/24', '::1', '::ffff:127.0.0.1', 'fc00::/7', '127.0.0.1/255.0.0.0', '0.0.0.0/0', '2001:db8::/32'];
const BAD_ADDRESSES = ['nonsense', '300.1.1.1', '10.0.0.0/33', '10.0.0.0/x', '::1/129', '', ' ', '1.2.3', '10.0.0.0/-1', 'fc00::/0', '127.0.0.1/0', '127.0.0.1/'];
const address = (r) => (r.chance(0.06) ? r.pick(BAD_ADDRESSES) : r.pick(ADDRESSES));
function trustProxy(r) {
  return r.weighted([
    [3, () => r.pick([true, false, 0, 1, 2, 3])],
    [2, () => r.list(1, 3, () => address(r)).join(r.pick([',', ', ', ' , ']))],
    [2, () => r.list(0, 3, () => address(r))],
    [0.3, () => odd(r)],
  ]);
}
function express(r) {
  return r.members({
    env: orOdd(r, () => r.pick(['production', 'development', 'test', 'production'])),
    xPoweredBy: orOdd(r, () => r.pick([true, false])),
    etag: orOdd(r, () => r.pick(['weak', 'strong', true, false, 'weak'])),
    queryParser: orOdd(r, () => r.pick(['extended', 'simple', true, false, 'extended'])),
    trustProxy: () => trustProxy(r),
    caseSensitiveRouting: orOdd(r, () => r.chance(0.5)),
    strictRouting: orOdd(r, () => r.chance(0.5)),
    jsonSpaces: orOdd(r, () => r.pick([0, 1, 2, 4, 10, 11, '\t', '--', ' ', 'more than ten characters'])),
    jsonEscape: orOdd(r, () => r.chance(0.5)),
    subdomainOffset: orOdd(r, () => r.pick([0, 1, 2, 3, 10])),
    errors: () => r.pick(['default', 'json', 'json']),
  }, 0.25);
}

// ---- cors -----------------------------------------------------------------------------------------
const PATTERNS = [{ regex: 'app\\.test$' }, { regex: '^https?://' }, { regex: 'APP', flags: 'i' }, { regex: 'undefined' }, { regex: 'app', flags: 'g' }, { regex: '^http://[a-z]+\\.app\\.test(:\\d+)?$' }, { regex: '.', flags: 'y' }];
const originEntry = (r) => r.weighted([[5, () => r.pick(ORIGINS)], [2, () => r.pick(PATTERNS)], [0.6, '*'], [0.4, () => odd(r)]]);
function originValue(r) {
  return r.weighted([
    [2, '*'], [3, () => r.pick(ORIGINS)], [2, true], [0.7, false], [2, () => r.pick(PATTERNS)],
    [4, () => r.list(0, 4, () => originEntry(r))],
    [0.4, () => [r.list(0, 2, () => originEntry(r)), r.pick(ORIGINS)]],
    [0.8, () => odd(r)],
  ]);
}
function callbackOrigin(r) {
  const callback = { allow: r.list(0, 3, () => (r.chance(0.8) ? r.pick(ORIGINS) : r.pick(PATTERNS))) };
  if (r.chance(0.4)) callback.allowMissing = r.chance(0.5);
  if (r.chance(0.3)) callback.grant = originValue(r);
  if (r.chance(0.6)) callback.deny = r.pick(['error', 'false']);
  if (r.chance(0.3)) callback.message = r.pick(['no', 'Not <allowed>', '']);
  return { callback };
}
const nameList = (r, names) => r.weighted([
  [4, () => r.list(1, 3, () => r.pick(names))], [3, () => r.list(1, 3, () => r.pick(names)).join(r.pick([',', ', ']))],
  [0.6, () => []], [0.4, ''], [0.5, () => odd(r)],
]);
export function corsOptions(r) {
  return r.members({
    origin: () => (r.chance(0.12) ? callbackOrigin(r) : originValue(r)),
    methods: () => nameList(r, METHODS),
    allowedHeaders: () => nameList(r, HEADERS),
    headers: () => nameList(r, HEADERS),
    exposedHeaders: () => nameList(r, HEADERS),
    credentials: orOdd(r, () => r.chance(0.8), 0.15),
    maxAge: orOdd(r, () => r.pick([0, 1, 600, 86400, -1, 1.5, '600', '', 'abc', 1e21]), 0.1),
    preflightContinue: orOdd(r, () => r.chance(0.7), 0.1),
    optionsSuccessStatus: () => r.pick([200, 204, 200, 201, 205, 304, 404, '200', 204.9, 99, 1000]),
  }, 0.4);
}
function cors(r) {
  const value = { enabled: !r.chance(0.03) };
  if (r.chance(0.12)) value.delegate = r.members({ allow: () => r.some(ORIGINS, 3), whenAllowed: () => corsOptions(r), otherwise: () => corsOptions(r) }, 0.75);
  else if (!r.chance(0.1)) value.options = corsOptions(r);
  if (r.chance(0.15)) value.paths = r.pick([['/api'], ['/API/'], ['/api', '/ping'], '/lab', [], '/', '/api/:x', ['/api/*'], ['/a?pi']]);
  return value;
}

// ---- hpp, compression, body parsers ---------------------------------------------------------------
const hppOptions = (r) => r.members({
  checkQuery: orOdd(r, () => r.chance(0.5)),
  checkBody: orOdd(r, () => r.chance(0.5)),
  checkBodyOnlyForContentType: orOdd(r, () => r.pick(['urlencoded', 'json', 'application/json', '*/*', 'multipart', 'text', '+json', '', 'application/*'])),
  whitelist: () => r.weighted([[4, () => r.list(0, 3, () => r.pick(['role', 'a', 'b', 'x', 'a[b]', '']))], [2, () => r.pick(['role', 'a', ''])], [1, () => odd(r)]]),
}, 0.4);
function hpp(r) {
  const value = { enabled: true };
  if (r.chance(0.8)) value.options = hppOptions(r);
  if (r.chance(0.2)) value.more = r.list(1, 2, () => hppOptions(r));
  return value;
}
const compressionOptions = (r) => r.members({
  threshold: orOdd(r, () => r.pick([0, 1, 100, 1024, 2000, '1kb', '100', '2kb', '0', '1.5kb', '1b', 'x', false, 1e9]), 0.06),
  level: () => r.pick([-1, 0, 1, 6, 9]),
  memLevel: () => r.pick([1, 8, 9]),
  windowBits: () => r.pick([9, 12, 15]),
  strategy: () => r.pick([0, 1, 2, 3, 4]),
  chunkSize: () => r.pick([64, 1024, 16384, 65536]),
  enforceEncoding: orOdd(r, () => r.pick(['gzip', 'deflate', 'br', 'identity', 'GZIP', 'x'])),
  filter: () => r.pick([{ skipIfHeader: 'x-no-compression' }, { onlyTypes: ['text/plain', 'application/json'] }, { onlyTypes: [] }, { all: true }, { all: false }]),
  brotli: () => r.pick([{}, { params: { BROTLI_PARAM_QUALITY: r.pick([0, 1, 5, 11]) } }, { params: { BROTLI_PARAM_LGWIN: 16 } }]),
}, 0.25);
const types = (r) => r.weighted([
  [6, () => r.pick(['json', 'application/json', 'text', 'text/*', '*/*', '+json', 'urlencoded', 'application/x-www-form-urlencoded', 'bin', 'application/octet-stream', 'text/plain', '*/json', 'multipart', 'html', 'application/*', 'APPLICATION/JSON', 'application/json; charset=utf-8'])],
  [2, () => r.list(1, 3, () => r.pick(['json', 'text/*', '*/*', '+json', 'urlencoded', 'bin', 'text/plain', 'application/*+json', 'x']))],
  [0.5, () => odd(r)],
]);
const limits = (r) => r.pick([0, 1, 10, 100, 1000, '1kb', '100b', '1k', '10', '1.5kb', '2 kb', '1mb', '-1', '0.1kb', 'x', 102400]);
const parserOptions = (r, own) => r.members({
  limit: orOdd(r, () => limits(r)),
  inflate: orOdd(r, () => r.chance(0.5)),
  type: () => types(r),
  verify: () => (r.chance(0.9) ? { rejectIfContains: r.pick(['evil', 'a', '}']) } : odd(r)),
  ...own,
}, 0.25);
const bodyParserOptions = {
  json: (r) => parserOptions(r, { strict: orOdd(r, () => r.chance(0.5)) }),
  urlencoded: (r) => ({
    ...(r.chance(0.85) ? { extended: r.chance(0.6) } : {}),
    ...parserOptions(r, {
      parameterLimit: orOdd(r, () => r.pick([1, 2, 5, 1000, 1.5, '3', 0, -1, 'x'])),
      depth: orOdd(r, () => r.pick([0, 1, 2, 5, 32, '2', -1, 'x'])),
      arrayLimit: orOdd(r, () => r.pick([0, 2, 100])),
      charsetSentinel: orOdd(r, () => true), interpretNumericEntities: orOdd(r, () => true), defaultCharset: orOdd(r, () => r.pick(['utf-8', 'iso-8859-1'])),
    }),
  }),
  text: (r) => parserOptions(r, { defaultCharset: orOdd(r, () => r.pick(['utf-8', 'iso-8859-1', 'latin1', 'utf-16', 'windows-1252', 'x'])) }),
  raw: (r) => parserOptions(r, {}),
};
function bodyParser(r) {
  const value = {};
  if (r.chance(0.1)) value.enabled = r.chance(0.5);
  const probability = { json: 0.4, urlencoded: 0.4, text: 0.4, raw: 0.4 };
  for (const name of Object.keys(probability)) {
    if (!r.chance(probability[name])) continue;
    value[name] = r.weighted([[6, () => bodyParserOptions[name](r)], [1.5, true], [1, false]]);
  }
  return value;
}

// ---- the whole ------------------------------------------------------------------------------------
const FIXED = {
  Vary: ['Accept', 'Origin', '*', 'accept-encoding', 'Origin, X', ['Origin', 'Accept'], ''], 'Cache-Control': ['no-transform', 'public, max-age=60', 'no-store', 'No-Transform'], 'Content-Type': ['text/html', 'application/json', 'image/png', ''],
  ETag: ['"fixed"', 'W/"fixed"', ''], 'Last-Modified': ['Tue, 14 Nov 2023 22:13:20 GMT', 'nonsense'], 'X-Lab': ['1', 'a, b', ['1', '2'], 'ü'], 'x-frame-options': ['DENY'], 'Set-Cookie': ['a=1', ['a=1', 'b=2'], 'session=x'],
  'Content-Encoding': ['identity', 'gzip'], 'Content-Security-Policy': ["default-src 'self'"], 'Access-Control-Allow-Origin': ['http://fixed.test'], 'X-Powered-By': ['Lab'], Connection: ['close', 'keep-alive'], 'Content-Language': ['en'], Date: ['Tue, 14 Nov 2023 22:13:20 GMT'], 'Access-Control-Expose-Headers': ['X-One'],
};
function fixedHeaders(r) {
  const names = r.shuffled(Object.keys(FIXED)).slice(0, r.int(1, 3));
  return Object.fromEntries(names.map((name) => [name, r.pick(FIXED[name])]));
}
function order(r) {
  const stages = r.shuffled(ORDER);
  return r.chance(0.4) ? stages.slice(0, r.int(0, stages.length)) : stages;
}
const cookieParser = (r) => ({ enabled: r.chance(0.9), ...(r.chance(0.6) ? { secret: r.pick(['s1', 'lab', ['new', 'old'], '', []]) } : {}) });

export function makeConfig(r) {
  const config = { clock: { now: 1700000000000 } };
  if (r.chance(0.15)) config.clock.header = r.pick(['X-Lab-Now', 'x-lab-now']);
  const parts = {
    headers: [0.2, fixedHeaders], order: [0.2, order], express: [0.55, express], cors: [0.45, cors], helmet: [0.4, HELMET],
    hpp: [0.3, hpp], compression: [0.4, (x) => ({ enabled: true, ...(x.chance(0.8) ? { options: compressionOptions(x) } : {}) })],
    bodyParser: [0.4, bodyParser], cookieParser: [0.35, cookieParser], auth: [0.4, authConfig],
  };
  for (const [name, [probability, make]] of Object.entries(parts)) if (r.chance(probability)) config[name] = make(r);
  // How long a development page's stack trace is must not decide whether it is compressed.
  if (config.compression && config.express) delete config.express.env;
  return config;
}
