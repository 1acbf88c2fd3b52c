// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT
// Random helmet options: every header and its old name, good and refused values, CSP directives in all their forms.

const any = (r) => r.pick([null, 0, 1, '', 'x', [], {}, ['x'], { undefined: true }, { a: 1 }, -1, 1.5]);
const REFERRER = ['no-referrer', 'no-referrer-when-downgrade', 'same-origin', 'origin', 'strict-origin', 'origin-when-cross-origin', 'strict-origin-when-cross-origin', 'unsafe-url', '', 'x', 'No-Referrer'];
const DIRECTIVES = ['default-src', 'defaultSrc', 'script-src', 'scriptSrc', 'script-src-attr', 'style-src', 'styleSrc', 'img-src', 'imgSrc', 'connectSrc', 'font-src', 'object-src', 'frame-ancestors', 'frameAncestors', 'base-uri', 'form-action', 'upgrade-insecure-requests', 'upgradeInsecureRequests', 'report-uri', 'report-to', 'sandbox', 'x-own', 'xOwn', 'x2Y', 'require-trusted-types-for', 'worker-src'];
const BAD_DIRECTIVES = ['Default-Src', 'default src', '', 'x_y', '-x', 'x-', '1x', 'ünder', '__proto__', 'constructor'];
const SOURCES = ["'self'", "'none'", 'https:', 'data:', '*', 'https://cdn.test', "'unsafe-inline'", "'unsafe-eval'", "'nonce-abc'", "'sha256-abc='", "'strict-dynamic'", '/report', 'allow-forms', 'blob:', 'http://a.test:*', ''];
const BAD_SOURCES = ['self', 'none', 'unsafe-inline', 'nonce-abc', 'sha256-abc', 'sha384-abc', 'strict-dynamic', 'a;b', 'a,b', 'two words', 'report-sample', 'wasm-unsafe-eval', 'inline-speculation-rules', 'unsafe-hashes', 'ü', "'self' ;", null, 1, true, [], { undefined: true }];
const source = (r) => r.weighted([
  [12, () => r.pick(SOURCES)], [0.35, () => r.pick(BAD_SOURCES)], [1.2, { nonceFrom: 'x-nonce' }], [0.6, { valueFrom: 'x-source' }],
]);
const directiveValue = (r) => r.weighted([
  [10, () => r.list(0, 3, () => source(r))], [3, () => source(r)], [1, () => ({ set: r.list(0, 2, () => source(r)) })], [1, null], [0.25, () => any(r)],
  [0.1, { disableDefaultSrc: true }],
]);
function directives(r) {
  const names = r.list(0, 4, () => (r.chance(0.02) ? r.pick(BAD_DIRECTIVES) : r.pick(DIRECTIVES)));
  const made = Object.fromEntries(names.map((name) => [name, directiveValue(r)]));
  if (r.chance(0.08)) made[r.pick(['default-src', 'defaultSrc'])] = { disableDefaultSrc: true };
  return made;
}
const csp = (r) => r.members({
  useDefaults: () => r.weighted([[1, true], [1.5, false], [0.2, () => any(r)]]),
  directives: () => r.weighted([[12, () => directives(r)], [0.3, () => any(r)]]),
  reportOnly: () => r.weighted([[2, true], [1, false], [0.2, () => any(r)]]),
}, 0.6);
const hsts = (r) => r.members({
  maxAge: () => r.pick([0, 1, 31536000, 63072000, 1.9, 1e21, 86400, 86400, -1, 'year', '86400', null, true]),
  includeSubDomains: () => r.pick([true, false, 0, 1, '']),
  preload: () => r.pick([true, false, 1, '']),
  ...(r.chance(0.04) ? { maxage: () => 1 } : {}), ...(r.chance(0.04) ? { includeSubdomains: () => false } : {}),
}, 0.5);
const policy = (values) => (r) => (r.chance(0.85) ? { policy: r.pick(values) } : {});

const TABLE = {
  contentSecurityPolicy: csp,
  crossOriginEmbedderPolicy: policy(['require-corp', 'credentialless', 'unsafe-none', 'require-corp', 'unsafe-none', 'x', '']),
  crossOriginOpenerPolicy: policy(['same-origin', 'same-origin-allow-popups', 'noopener-allow-popups', 'unsafe-none', 'same-origin', 'x', 'SAME-ORIGIN']),
  crossOriginResourcePolicy: policy(['same-origin', 'same-site', 'cross-origin', 'same-origin', 'same-site', 'x']),
  originAgentCluster: (r) => any(r),
  referrerPolicy: (r) => ({ policy: r.chance(0.5) ? r.pick(REFERRER) : r.list(0, 3, () => r.pick(REFERRER.slice(0, r.chance(0.9) ? 8 : 11))) }),
  strictTransportSecurity: hsts, hsts,
  xContentTypeOptions: any, noSniff: any,
  xDnsPrefetchControl: (r) => ({ allow: r.pick([true, false, 1, 0, '', 'x', null]) }),
  dnsPrefetchControl: (r) => ({ allow: r.pick([true, false]) }),
  xDownloadOptions: any, ieNoOpen: any,
  xFrameOptions: (r) => ({ action: r.pick(['deny', 'sameorigin', 'DENY', 'SameOrigin', 'same-origin', 'SAME-ORIGIN', 'deny', 'ALLOW-FROM', '', 1, null]) }),
  frameguard: (r) => ({ action: r.pick(['deny', 'sameorigin']) }),
  xPermittedCrossDomainPolicies: (r) => ({ permittedPolicies: r.pick(['none', 'master-only', 'by-content-type', 'all', 'none', 'x', 'NONE']) }),
  permittedCrossDomainPolicies: (r) => ({ permittedPolicies: r.pick(['none', 'all']) }),
  xPoweredBy: any, hidePoweredBy: any, xXssProtection: any, xssFilter: any, unknownOption: any,
};

function options(r) {
  const names = r.shuffled(Object.keys(TABLE)).slice(0, r.int(0, 4));
  if (r.chance(0.45) && !names.includes('contentSecurityPolicy')) names.push('contentSecurityPolicy');
  return Object.fromEntries(names.map((name) => [name, r.weighted([[5, () => TABLE[name](r)], [1.5, false], [1.5, true], [0.2, { undefined: true }], [0.15, () => any(r)]])]));
}
export const HELMET = (r) => ({ enabled: true, ...(r.chance(0.85) ? { options: options(r) } : {}) });
