// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT
// Answers of any size, type and way of writing.
import { bodyOf, text } from './bodies.mjs';
import { countOf, lastOf } from './values.mjs';

export function dataRoutes(router, lessons) {
  router.get('/api/data', (req, res) => {
    const asked = Object.fromEntries(Object.entries(req.query).map(([name, value]) => [name, lastOf(value)]));
    const size = countOf(asked.bytes, 1024, 4 << 20);
    if (asked.as === 'string') return res.send(text(size));
    if (asked.as === 'buffer') return res.send(Buffer.from(text(size)));
    if (asked.as === 'object') return res.json({ data: text(size) });
    const { contentType, body } = bodyOf(asked.type ?? 'text', size, lessons);
    res.status(countOf(asked.status, 200, 599));
    const headers = {
      'Content-Type': asked.ct ?? contentType,
      'Cache-Control': asked.cc,
      'Content-Encoding': asked.ce,
      Vary: asked.vary,
      ETag: asked.etag,
      'Last-Modified': asked.lm,
    };
    for (const [name, value] of Object.entries(headers)) if (value) res.setHeader(name, value);
    write(res, asked.mode ?? 'send', body);
  });

  router.get('/stream', (req, res) => {
    const chunks = countOf(lastOf(req.query.chunks), 5, 100);
    const size = countOf(lastOf(req.query.size), 32, 65536);
    const delay = countOf(lastOf(req.query.delay), 0, 1000);
    const flush = lastOf(req.query.flush) === '1';
    res.type(lastOf(req.query.type) ?? 'txt');
    let written = 0;
    const step = () => {
      if (written >= chunks) return res.end();
      written += 1;
      res.write(`${`chunk ${written} `.padEnd(Math.max(size - 1, 0), '.')}\n`);
      if (flush && res.flush) res.flush();
      if (delay) setTimeout(step, delay);
      else step();
    };
    step();
  });
}

function write(res, mode, body) {
  if (mode === 'send') {
    res.send(body); // Express adds Content-Length and ETag
  } else if (mode === 'end') {
    res.end(body); // Node knows the length from the single end()
  } else if (mode === 'length') {
    res.setHeader('Content-Length', body.length);
    res.write(body);
    res.end();
  } else if (mode === 'head') {
    res.writeHead(res.statusCode, { 'X-Write-Head': '1' });
    res.end(body);
  } else {
    const middle = body.length >> 1; // two writes: nobody knows the length, so chunked
    if (middle) res.write(body.subarray(0, middle));
    if (body.length) res.write(body.subarray(middle));
    res.end();
  }
}
