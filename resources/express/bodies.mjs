// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT
// Bodies of any size that are the same everywhere.
const pattern = 'Roundtrip 0123456789 abcdefghijklmnopqrstuvwxyz\n';

export const text = (size) => pattern.repeat(Math.ceil(size / pattern.length)).slice(0, size);

// Bytes that hardly compress: a linear congruential generator.
function noise(size) {
  const bytes = Buffer.alloc(size);
  let x = 1;
  for (let i = 0; i < size; i += 1) {
    x = (Math.imul(x, 1103515245) + 12345) & 0x7fffffff;
    bytes[i] = (x >>> 16) & 255;
  }
  return bytes;
}

function json(size, lessons) {
  const [before, after] = lessons ? ['{"items":["', '"]}'] : ['{"data":"', '"}'];
  const frame = before.length + after.length;
  return size < frame ? '1'.repeat(size) : before + text(size - frame).replaceAll('\n', ' ') + after;
}

// Name: content type and what fills the body.
const types = {
  json: ['application/json', json],
  text: ['text/plain; charset=utf-8', text],
  html: ['text/html; charset=utf-8', text],
  css: ['text/css; charset=utf-8', text],
  js: ['application/javascript; charset=utf-8', text],
  tjs: ['text/javascript; charset=utf-8', text],
  xml: ['application/xml', text],
  svg: ['image/svg+xml', text],
  csv: ['text/csv; charset=utf-8', text],
  md: ['text/markdown; charset=utf-8', text],
  ldjson: ['application/ld+json', text],
  problem: ['application/problem+json', text],
  manifest: ['application/manifest+json', text],
  sse: ['text/event-stream', text],
  wasm: ['application/wasm', noise],
  pdf: ['application/pdf', noise],
  form: ['application/x-www-form-urlencoded', text],
  multipart: ['multipart/form-data; boundary=x', text],
  png: ['image/png', noise],
  jpeg: ['image/jpeg', noise],
  webp: ['image/webp', noise],
  gif: ['image/gif', noise],
  bmp: ['image/bmp', noise],
  ico: ['image/x-icon', noise],
  zip: ['application/zip', noise],
  gzip: ['application/gzip', noise],
  bin: ['application/octet-stream', noise],
  mp4: ['video/mp4', noise],
  mp3: ['audio/mpeg', noise],
  woff2: ['font/woff2', noise],
  ttf: ['font/ttf', noise],
  otf: ['font/otf', noise],
  upper: ['TEXT/HTML', text],
  unknown: ['x-lab/unknown', text],
  unknowntext: ['text/x-lab', text],
  vnd: ['application/vnd.lab+json', text],
  vndxml: ['application/vnd.lab+xml', text],
  none: [null, text],
};

export function bodyOf(type, size, lessons) {
  const [contentType, fill] = types[type] ?? types.text;
  return { contentType, body: Buffer.from(fill(size, lessons)) };
}
