// Records what npm cookie-session does: node record/cookiesession.mjs > ../../core/middleware/data/cookiesession.json
// (from tests/parity/express, after npm ci). Every option set against every cookie and every action below.
import http from 'node:http';
import crypto from 'node:crypto';
import express from 'express';
import cookieSession from 'cookie-session';

const now = 1700000000000;
Date.now = () => now;
const sign = (key, data) => crypto.createHmac('sha1', key).update(data).digest('base64url');
const b64 = (text) => Buffer.from(text).toString('base64');
const revive = (o) => Object.fromEntries(Object.entries(o).map(([k, v]) => [k, v?.date ? new Date(v.date) : v]));

const optionSets = [
  { keys: ['k1'] }, { keys: ['k2', 'k1'] }, { secret: 'k1' }, { signed: false }, { signed: false, keys: ['k1'] }, { keys: ['k1'], name: 'my.sess' },
  { keys: ['k1'], maxAge: 3600000 }, { keys: ['k1'], maxAge: 0 }, { keys: ['k1'], maxAge: '60' }, { keys: ['k1'], maxAge: 1e18 },
  { keys: ['k1'], expires: { date: '2030-01-02T03:04:05Z' } }, { keys: ['k1'], expires: 'text' },
  { keys: ['k1'], path: '/app', domain: 'lab.test', httpOnly: false, sameSite: 'Lax', priority: 'High', partitioned: true },
  { keys: ['k1'], path: '' }, { keys: ['k1'], path: 'a\nb' }, { keys: ['k1'], domain: '€' }, { keys: ['k1'], sameSite: true }, { keys: ['k1'], sameSite: 'sometimes' },
  { keys: ['k1'], priority: 'urgent' }, { keys: ['k1'], secure: true }, { keys: ['k1'], secure: false }, { keys: ['k1'], overwrite: false }, { keys: ['k1'], name: 'a=b' },
  { keys: 'k1' }, { keys: [5, 'k1'] }, { keys: ['ü'] },
];
const payloads = [b64('{"a":1}'), b64('{"a":1}').replace(/=/g, ''), b64('{ "a": 1 }'), b64('"strü"'), b64('[1,2]'), b64('null'), b64('1'), b64('{"isNew":5,"b":1}'),
  b64('{"__proto__":{"x":1},"b":2}'), b64('\ufeff{}'), b64('nope'), '%%%', '', '"' + b64('{"a":1}') + '"'];
const cookiesFor = (name) => {
  const list = [undefined, `${name}=${payloads[0]}`, `${name}=${payloads[0]}; ${name}.sig=wrong`, `${name}=${payloads[0]}; ${name}.sig=${sign('k1', `${name}=${payloads[0]}`)}; ${name}=x`];
  if (name === 'session') for (const p of payloads) list.push(`x${name}=1;${name}=${p};  ${name}.sig=${sign('k1', `${name}=${p.replace(/^"|"$/g, '')}`)}`);
  return list;
};
const actions = {
  ignore() {},
  read(req) { void req.session; },
  write(req) { req.session.b = { c: [1, null] }; },
  assign(req) { Object.assign(req.session, JSON.parse('{"10":1,"toString":2,"__proto__":{"isNew":false,"isChanged":true}}')); },
  getter(req) { Object.assign(req.session, { d: 1, isNew: 2 }); },
  replace(req) { req.session = [1, 'x']; },
  scalar(req) { req.session = 'text'; },
  unset(req) { req.session = null; },
};

const rows = [];
for (const options of optionSets) {
  const app = express();
  app.use((req, res, next) => { res.setHeader('Set-Cookie', ['session=old', 'session2=kept']); next(); });
  app.use(cookieSession(revive(options)));
  app.use((req, res) => {
    let thrown = null;
    try { actions[req.headers.action](req); } catch (err) { thrown = { name: err.name, message: err.message }; }
    let session = null;
    if (req.headers.action !== 'ignore') try { session = JSON.parse(JSON.stringify(req.session)); } catch { /* the getter threw before */ }
    res.end(JSON.stringify({ thrown, session }));
  });
  const server = http.createServer(app);
  await new Promise((ok) => server.listen(0, '127.0.0.1', ok));
  const name = options.name ?? 'session';
  const all = cookiesFor(name);
  for (const cookie of JSON.stringify(options) === '{"keys":["k1"]}' || JSON.stringify(options) === '{"signed":false}' ? all : all.slice(0, 4)) {
    for (const action of Object.keys(actions)) {
      const answer = await new Promise((ok) => http.get({ port: server.address().port, agent: false, headers: { action, ...(cookie === undefined ? {} : { cookie }) } }, (res) => {
        let body = '';
        res.on('data', (d) => { body += d; }).on('end', () => ok({ body: JSON.parse(body), setCookie: res.headers['set-cookie'] ?? [] }));
      }));
      rows.push({ options, ...(cookie === undefined ? {} : { cookie }), action, ...answer.body, setCookie: answer.setCookie });
    }
  }
  server.close();
}
process.stdout.write('[\n' + rows.map((r) => JSON.stringify(r)).join(',\n') + '\n]\n');
