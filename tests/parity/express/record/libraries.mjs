// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT
// Records small libraries below Express. In a folder with the npm packages:
//   node record/libraries.mjs negotiation > ../../core/http/data/negotiation.json   (also: query, paths, numbers, jsonErrors, dates with TZ=UTC, charsets for resources)
import { createRequire } from 'node:module';
import path from 'node:path';
const require = createRequire(path.join(process.cwd(), 'x.js'));

const RECORDERS = {
  negotiation() {
    const Negotiator = require('negotiator');
    const accepts = require('accepts');
    const encodings = ['', 'gzip', 'gzip, deflate', 'deflate, gzip', 'gzip, deflate, br', 'deflate;q=1, gzip;q=0.5', 'gzip;q=0.001', 'identity, gzip', 'identity;q=1, gzip;q=0.5', 'gzip;q=0', 'x-gzip', '*', '*;q=0', 'br;q=0, *', 'gzip;q=0, *', 'GZIP',
      'gzip;Q=0', 'gzip; q = 0', 'gzip;q=x', 'gzip;q=x, GZIP;q=2', 'identity;q=, gzip', 'gzip;q=2', 'gzip;q=-1', 'gzip;q=0.5;q=0', 'gzip;foo=bar;q=0', 'gzip q=1', ',,gzip', 'gzip;', ';q=1', 'gzip;q=1e-3', 'gzip;q=.5, br;q=0.5', 'gzip;q=Infinity', 'deflate, identity', 'identity;q=0', 'br, gzip;q=0.9'];
    const types = ['', 'text/html', 'text/plain', 'text/*', '*/*', 'text/html;q=0.5, text/plain', 'text/plain;q=0.5,text/html;q=0.5', 'application/json', 'text/html;level=1', 'text/plain;charset=utf-8', 'TEXT/HTML', 'text', '*', 'text/html;q=x', 'text/html;q=0,*/*', 'a/b;c="d,e", text/html', 'a/b;c="d;q=0", text/html;q=0.1', 'text/html;q="0.2", text/plain;q=0.1', '*/html', 'text/html ;q=0.1, text/plain', 'text/html;a=*', 'text//html', '/html', 'text/html; Q=0'];
    return {
      encodings: encodings.map((header) => ({ header, result: new Negotiator({ headers: { 'accept-encoding': header } }).encodings(['br', 'gzip', 'deflate', 'identity'], ['br', 'gzip']) })),
      types: types.map((header) => ({ header, result: accepts({ headers: { accept: header } }).types(['text', 'html']) || null })),
    };
  },
  query() {
    const qs = require('qs');
    const limits = { arrayLimit: 3, depth: 2, parameterLimit: 5 };
    const texts = ['', 'a=1', 'a=1&a=2', 'a[]=1', 'a[0]=x&a[5]=y', 'a[999]=x', 'a[1000]=x', 'a', 'a=', '=1', 'a.b=1', 'a%5Bb%5D=c', 'a=%zz', 'a[b]=1&a[b]=2', 'a=1&a[b]=2', 'a[b]=2&a=1', 'a[]=1&a[b]=2', 'a[]=1&a=2', 'a[][b]=1&a[][b]=2', 'a[b]c=1', 'a[', 'a]=1', '[a]=1', '[]=1', 'a[01]=x', 'a[-1]=x',
      '__proto__[x]=1', 'a[__proto__]=1', 'constructor=1&toString=2', 'a[b]=1&a=2&[a]=3', 'a[b]=1&a=2&[a]=3&a[c]=4', 'a[b]=1&a=2&[a]=3&a[7]=4&%61[]=5', 'a[b]=1&a=2&a[]=3', 'a=1&[a]=2&[a][b]=3', 'a[1]=x&a=y&[a]=z', 'a[0]=1&a[1]=2&a[2]=3&a[3]=4', 'a=1&a=2&a=3&a=4', 'a[]=1&a[]=2&a[]=3&a[]=4', 'a[]=1&a[]=2&a[]=3&a[]=4&a[x]=5&a=6',
      'a[9]=1&a=2', 'a=2&a[9]=1', 'a[9]=1&a[b]=2&a=3', 'a[b][c][d][e]=1', 'a[b]=&a=1', 'a=&a[b]=1', 'a&a&a', 'a[[]]=1', 'a[b=1', 'a[b][=1', 'a]b=1', 'a[b]]=1', '1=a&0=b&x=c', 'a=1;b=2', '&&a=1&', 'a[]=&a[]=', 'a[0][b]=1&a[0][c]=2&a[1]=3', 'a[b][]=1&a[b][]=2&a[b]=3', 'a%5b]=1', 'a=b=c', 'a[b]=c=d', 'a]=b]=c', 'x%5Cy=1', '+a=+b', 'a[ ]=1', 'ä=ü'];
    return { rows: texts.flatMap((text) => [{ text, result: qs.parse(text, { allowPrototypes: true, arrayLimit: 1000 }) }, { text, limits, result: qs.parse(text, { allowPrototypes: true, ...limits }) }]) };
  },
  paths() {
    const Layer = require('express/lib/router/layer');
    const patterns = ['/', '/api', '/api/', '/api/:id', '/:a/:b', '/a?pi', '/ap*', '/api/*', '*', '/a(bc)?d', '/:id(\\d+)', '/:id(\\d+)?', '/:file.:ext', '/:file.:ext?', '/:a-:b', '/x:id*', '/a.b', '/(a|b)', '/:a*', '/a+b', '/:x?', '/(.*)', '/a/(b', '/\\:x', '/:a(*)', '/a/:b(x|y)/c', '', '/:id_1', '/:a.:b.:c', '/(?<n>a)(b)'];
    const targets = ['/', '', '/api', '/api/', '/API', '/api/x', '/api/x/y', '/api//x', '/pi', '/apxyz', '/abcd', '/ad', '/12', '/x12', '/f.txt', '/f', '/a-b', '/a-b-c', '/x12/13', '/a.b', '/axb', '/a', '/b/', '/aab', '/:x', '/a/x/c', '/a/z/c', '/%zz', '/api/%zz', '/a.b.c', '/ab', 'api'];
    const options = [{ strict: false, end: true }, { strict: false, end: false }, { strict: true, end: true }, { strict: true, end: false }];
    const rows = [];
    for (const pattern of patterns) for (const o of options) {
      let layer;
      try { layer = new Layer(pattern, o, () => {}); } catch { continue; }
      const one = (target) => {
        try { return layer.match(target) ? { path: layer.path, params: layer.params } : null; } catch (err) { return { error: err.message }; }
      };
      rows.push({ pattern, ...o, matches: targets.map(one) });
    }
    return { targets, rows };
  },
  charsets() {
    const iconv = require('iconv-lite');
    iconv.encodingExists('utf8');
    const names = {}, tables = {};
    for (const name of Object.keys(iconv.encodings)) {
      let codec = name;
      while (typeof iconv.encodings[codec] === 'string') codec = iconv.encodings[codec];
      if (codec.startsWith('_')) continue;
      const kind = iconv.encodings[codec].type;
      names[name] = codec;
      if (kind !== '_sbcs' || tables[codec]) continue;
      const chars = Array.from({ length: 256 }, (x, byte) => iconv.decode(Buffer.from([byte]), codec, { stripBOM: false })).join('');
      const plain = Array.from({ length: 128 }, (x, byte) => String.fromCharCode(byte)).join('');
      tables[codec] = chars.startsWith(plain) ? chars.slice(128) : chars;
    }
    return { names, tables };
  },
  dates() {
    const texts = ['Tue, 14 Nov 2023 22:13:20 GMT', 'Tuesday, 14-Nov-23 22:13:20 GMT', 'Tue Nov 14 22:13:20 2023', '2023-11-14', '2023-11-14T22:13:20', '2023-11-14T22:13:20Z', '2023-11-14T22:13:20.5+02:00', '1', '0', '12', '2023', '2023-13-01', '2023-02-31', 'Feb 31 2023', 'nonsense', '', 'x1', 'Jan 5', '5 Jan', '12/25/2023', '12/25', '1/2/3', '2023-1-1', '10:30',
      'Jan 1 2020 10:30 PM', 'Jan 1 2020 13:30 PM', '2024-01-01T24:00:00Z', '2024-01-01T24:01:00Z', '+002024-01-01', '-000001-01-01', '-000000-01-01', '+275760-09-13T00:00:00Z', '+275760-09-13T00:00:01Z', 'Tue (comment (more)) Nov 14 2023 GMT+0100 (CET)', 'Nov 14 2023 GMT-8', 'Nov 14 2023 GMT-12345', '2023-11-14 22:13', '20231114', '14 Nov 99', '14 Nov 49 10::30', '1970-01-01T00:00:00.123456789Z', '1e12', '2023-11-14T22:13:20+0100', '2023-11-14T2:13', '2023-11-14T22', '14 November 2023 10:20:30.25', '14 Nov 2023 EST', '14 Nov 2023 )', '14 - Nov 2023'];
    return { rows: texts.map((text) => { const ms = Date.parse(text); return { text, ms: Number.isNaN(ms) ? null : ms }; }) };
  },
  jsonErrors() {
    const texts = ['', '{', '[', '{"a"', '{"a":', '{"a":1', '{"a":1,', '{"a":1,}', '{a:1}', "{'a':1}", '{"a" 1}', '{"a":1,"b" 2}', '{"a":1 "b":2}', '[1 2]', '[1,]', '[1', '{}x', '[]]', 'x', 'undefined', 'NaN', '[object Object]', 'nul', 'trux', 'true1', 'fals"', '01', '-', '-a', '1.', '1.e', '1e', '1e+', '"', '"a', '"\\', '"\\x"', '"\\u12g4"', '"a\nb"', '"\u0001"', '{"key":"value","list":[1,2,oops],"more":true}', '{"key":"value"!', 'x long text without json', '"€', '\ufeff{}', '{"a":1}'];
    const message = (text) => { try { JSON.parse(text); return ''; } catch (err) { return err.message; } };
    return { rows: texts.map((text) => ({ text, message: message(text) })) };
  },
  numbers() {
    const values = [null, true, false, 0, 1.5, '', ' ', '0', '12', ' 12\t', '+1', '-1', '1e3', '.5', '5.', '.', '-', '1_000', '0x1F', '0X1f', '-0x1', '0b101', '0o17', '0b2', '0x', 'Infinity', '-Infinity', 'infinity', 'inf', 'NaN', 'nan', '1,5', '1 2', '\ufeff7\u00a0', [], [5], ['7'], [1, 2], [null], {}, '1e400', '12px'];
    return { rows: values.map((value) => ({ value, number: String(Number(value)) })) };
  },
};
const made = RECORDERS[process.argv[2]]();
process.stdout.write(JSON.stringify(made).replaceAll('},{', '},\n{').replace(/:\[\{/g, ':[\n{') + '\n');
