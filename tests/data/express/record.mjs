// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT
//
// Records what the real Express answers to the requests below; tst_pipeline builds the same
// application and expects the same bytes.
//   node record.mjs FOLDER-WITH-NODE_MODULES > answers.json
import { createRequire } from 'node:module';
import http from 'node:http';
import net from 'node:net';
import path from 'node:path';

const require = createRequire(path.resolve(process.argv[2], 'package.json'));
const express = require('express');
process.stderr.write = () => true;

// Names of a lab file -> Express's settings.
const SETTINGS = {
  env: 'env', etag: 'etag', queryParser: 'query parser', xPoweredBy: 'x-powered-by', jsonSpaces: 'json spaces',
  jsonEscape: 'json escape', caseSensitiveRouting: 'case sensitive routing', strictRouting: 'strict routing',
};

function application(settings) {
  const app = express();
  app.set('env', 'production');
  for (const [name, value] of Object.entries(settings)) app.set(SETTINGS[name], value);
  app.use('/mounted', (req, res, next) => {
    res.set('X-Url', req.url); res.set('X-Base', req.baseUrl); res.set('X-Path', req.path); next();
  });
  app.get('/text', (req, res) => res.type('txt').send('pong'));
  app.get('/html', (req, res) => res.send('<b>h\u00e9</b>'));
  app.get('/buffer', (req, res) => res.send(Buffer.from('ab')));
  app.get('/json', (req, res) => res.json({ b: 1, a: ['<&>'], 2: 'two', 1: 'one' }));
  app.get('/status', (req, res) => res.sendStatus(418));
  app.get('/empty', (req, res) => res.status(204).send('x'));
  app.get('/reset', (req, res) => res.status(205).send('x'));
  app.get('/latin', (req, res) => { res.setHeader('Content-Type', 'text/plain; charset=iso-8859-1'); res.send('x'); });
  app.get('/typed', (req, res) => { res.setHeader('Content-Type', 'bad type'); res.send('x'); });
  app.get('/badstatus', (req, res) => res.status(99).send('x'));
  app.get('/throw', () => { throw Object.assign(new Error('<oops>  two'), { status: 409, headers: { 'Retry-After': '3' } }); });
  app.get('/thrown', (req, res) => { res.status(503); throw new Error('x'); });
  app.get('/modified', (req, res) => { res.set('Last-Modified', 'Tue, 14 Nov 2023 22:13:20 GMT'); res.send('x'); });
  app.get('/items/:id/parts/:part', (req, res) => res.json(req.params));
  app.get('/mounted/here', (req, res) => res.send('here'));
  app.get('/go', (req, res) => res.redirect(req.query.to ?? '/text'));
  app.get('/vary', (req, res) => { res.vary('Origin'); res.vary('accept'); res.vary('origin, X-A'); res.send('x'); });
  app.get('/multi', (req, res) => res.send('get'));
  app.put('/multi', (req, res) => res.send('put'));
  app.post('/multi', (req, res) => res.send('post'));
  app.route('/both').post((req, res) => res.send('p')).get((req, res) => res.send('g'));
  app.get('/query', (req, res) => res.json(req.query));
  app.get('/end', (req, res) => res.end('x'));
  return app;
}

const PONG = 'W/"4-DlFKBmK8tp3IY5U9HOJuPUDoGoc"';
const plain = (...lines) => lines.map((line) => [line]);
const GROUPS = [
  [{}, [
    ...plain('GET /text', 'GET /html', 'GET /buffer', 'GET /json', 'GET /status', 'GET /empty', 'GET /reset', 'GET /latin', 'GET /typed',
      'GET /badstatus', 'GET /throw', 'GET /thrown', 'HEAD /throw', 'HEAD /text', 'GET /text/', 'GET /TEXT', 'GET //text', 'GET /%74ext',
      'GET /text#fragment', 'GET /query?a=1#b=2', 'GET http://x.test/text', 'GET http://x.test', 'GET http://x.test/query?a=1', 'OPTIONS *',
      'POST /text', 'HEAD /multi', 'OPTIONS /multi', 'OPTIONS /both', 'OPTIONS /nope', 'DELETE /multi', "GET /a<b>\"c'%20%20d&e", 'GET /\\x|y#z',
      'GET /items/a%20b/parts/%C3%A9', 'GET /items/%zz/parts/1', 'OPTIONS /items/%zz/parts/1', 'GET /items/1/parts', 'GET /items//parts/1',
      'GET /mounted/here?x=1', 'GET /mounted/here/', 'GET /mounted', 'GET /mounted/', 'GET /mounted//here', 'GET /mounted/none', 'GET /mountedhere',
      'GET /mounted.here', 'GET /MOUNTED/here', 'GET http://x.test/mounted/here', 'GET /go?to=/a%20b<', 'GET /go', 'HEAD /go', 'GET /go?to=back',
      'GET /go?to=/%C3%A9', 'GET /vary', 'GET /end', 'HEAD /end', 'GET /query?b=1&2=x&1=y&a[b]=c', 'GET /query', 'GET /query?', 'GET /?a#b'),
    ['GET /go', 'Accept: text/html'], ['GET /go', 'Accept: image/png'], ['GET /go', 'Accept: text/html;q=0.5, text/plain'],
    ['GET /go?to=back', 'Referer: http://r.test/x'],
    ['GET /text', 'If-None-Match: ' + PONG], ['GET /text', 'If-None-Match: ' + PONG.slice(2)], ['GET /text', 'If-None-Match: *'],
    ['GET /text', 'If-None-Match: "x", ' + PONG], ['GET /text', 'If-None-Match: "x"'],
    ['GET /text', 'If-None-Match: ' + PONG, 'Cache-Control: no-cache'], ['GET /text', 'If-None-Match: ' + PONG, 'Cache-Control: max-age=0'],
    ['HEAD /text', 'If-None-Match: *'],
    ['GET /modified', 'If-Modified-Since: Tue, 14 Nov 2023 22:13:20 GMT'], ['GET /modified', 'If-Modified-Since: Tue, 14 Nov 2023 22:13:19 GMT'],
    ['GET /modified', 'If-Modified-Since: rubbish'],
  ]],
  [{ caseSensitiveRouting: true }, plain('GET /TEXT', 'GET /text', 'GET /MOUNTED/here', 'GET /mounted/here')],
  [{ strictRouting: true }, plain('GET /text/', 'GET /text', 'GET /mounted/here/')],
  [{ etag: 'strong' }, plain('GET /text')],
  [{ etag: false }, [['GET /text'], ['GET /text', 'If-None-Match: *']]],
  [{ jsonSpaces: 2, jsonEscape: true }, plain('GET /json')],
  [{ jsonSpaces: '--', jsonEscape: true }, plain('GET /json')],
  [{ queryParser: 'simple' }, plain('GET /query?b=1&2=x&1=y&a[b]=c&=z')],
  [{ queryParser: false }, plain('GET /query?b=1')],
  [{ xPoweredBy: false }, plain('GET /text')],
];

const exchange = (port, raw) => new Promise((done) => {
  const socket = net.connect(port);
  let text = '';
  socket.setEncoding('latin1');
  socket.on('data', (piece) => { text += piece; });
  socket.on('close', () => done(text));
  socket.write(raw, 'latin1');
});

const answers = [];
for (const [settings, requests] of GROUPS) {
  const server = http.createServer(application(settings));
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  for (const [line, ...headers] of requests) {
    const request = [line + ' HTTP/1.1', 'Host: h.test', 'Connection: close', ...headers, '', ''].join('\r\n');
    const answer = await exchange(server.address().port, request);
    answers.push({ settings, request, answer: answer.replace(/Date: [^\r]*/, 'Date: D') });
  }
  server.close();
}
process.stdout.write('[\n' + answers.map((a) => JSON.stringify(a)).join(',\n') + '\n]\n');
