// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT
//
// Records what express.json(), urlencoded(), text() and raw() of the real package make of bodies, and
// what they say to options (see tst_bodyparser).
//   node record.mjs FOLDER-WITH-NODE_MODULES > answers.json
import { createRequire } from 'node:module';
import path from 'node:path';
import zlib from 'node:zlib';
const require = createRequire(path.resolve(process.argv[2], 'package.json'));
const express = require('express'); const http = require('http'); const net = require('net');
process.stderr.write = () => true;
const mk=(parsers)=>{const a=express();a.set('env','production');for(const [n,o] of parsers)a.use(express[n](o.verify?{...o,verify:(q,r,b)=>{if(b.includes(o.verify.rejectIfContains))throw new Error('body rejected')}}:o));
 a.use((q,r)=>r.json({body:Buffer.isBuffer(q.body)?{base64:q.body.toString('base64')}:q.body}));
 a.use((e,q,r,n)=>r.status(e.status??500).json({error:{name:e.name,message:e.type==='entity.parse.failed'?'invalid JSON':e.message,type:e.type}}));return a};
const cases=[
 ['object',[['json',{}]],'application/json',{},'{"a":1}'],
 ['charset in capitals',[['json',{}]],'application/JSON; Charset=UTF-8',{},'{"a":"é"}'],
 ['empty',[['json',{}]],'application/json',{},''],
 ['other type',[['json',{}]],'text/plain',{},'{}'],
 ['unreadable type',[['json',{}]],'application/json;',{},'{}'],
 ['byte order mark',[['json',{}]],'application/json',{},'\ufeff{"a":1}'],
 ['blanks first',[['json',{}]],'application/json',{},' \t\r\n[1]'],
 ['vertical tab first',[['json',{}]],'application/json',{},'\u000b[1]'],
 ['scalar',[['json',{}]],'application/json',{},'1'],
 ['scalar allowed',[['json',{strict:false}]],'application/json',{},'1'],
 ['blanks only',[['json',{}]],'application/json',{},'  '],
 ['broken',[['json',{}]],'application/json',{},'{"a":'],
 ['latin1',[['json',{}]],'application/json; charset=latin1',{},'{}'],
 ['utf-9',[['json',{}]],'application/json; charset=utf-9',{},'{}'],
 ['utf8 without hyphen',[['json',{}]],'application/json; charset=utf8',{},'{}'],
 ['invalid utf-8',[['json',{}]],'application/json',{},Buffer.from([0x22,0xe4,0xe2,0x82,0x22]),],
 ['proto',[['json',{}]],'application/json',{},'{"__proto__":{"a":1},"b":2}'],
 ['limit reached',[['json',{limit:7}]],'application/json',{},'{"a":1}'],
 ['limit exceeded',[['json',{limit:6}]],'application/json',{},'{"a":1}'],
 ['text limit',[['json',{limit:'1k'}]],'application/json',{},'{}'],
 ['brotli',[['json',{}]],'application/json',{'Content-Encoding':'br'},'{}'],
 ['gzip off',[['json',{inflate:false}]],'application/json',{'Content-Encoding':'GZIP'},zlib.gzipSync('{"a":1}')],
 ['gzip',[['json',{}]],'application/json',{'Content-Encoding':'GZip'},zlib.gzipSync('{"a":1}')],
 ['deflate',[['json',{}]],'application/json',{'Content-Encoding':'deflate'},zlib.deflateSync('{"a":1}')],
 ['gzip too large inside',[['json',{limit:20}]],'application/json',{'Content-Encoding':'gzip'},zlib.gzipSync('{"a":"'+'x'.repeat(1000)+'"}')],
 ['not gzip',[['json',{}]],'application/json',{'Content-Encoding':'gzip'},'{"a":1}'],
 ['cut gzip',[['json',{}]],'application/json',{'Content-Encoding':'gzip'},zlib.gzipSync('{"a":1}').subarray(0,15)],
 ['verify',[['json',{verify:{rejectIfContains:'evil'}}]],'application/json',{},'{"a":"evil"}'],
 ['verify ok',[['json',{verify:{rejectIfContains:'evil'}}]],'application/json',{},'{"a":"good"}'],
 ['verify unknown charset',[['text',{verify:{rejectIfContains:'evil'}}]],'text/plain; charset=nope',{},'a'],
 ['suffix type',[['json',{type:['json','+json']}]],'application/ld+json',{},'{"a":1}'],
 ['any type',[['json',{type:'*/*'}]],'text/plain',{},'{"a":1}'],
 ['no types',[['json',{type:[]}]],'text/plain',{},'{"a":1}'],
 ['extended',[['urlencoded',{extended:true}]],'application/x-www-form-urlencoded',{},'a[b]=1&a[c]=2&d=%C3%A9+x'],
 ['simple',[['urlencoded',{extended:false}]],'application/x-www-form-urlencoded',{},'a[b]=1&a=2&a=3'],
 ['form charset',[['urlencoded',{extended:true}]],'application/x-www-form-urlencoded; charset=utf8',{},'a=1'],
 ['too many',[['urlencoded',{extended:true,parameterLimit:2}]],'application/x-www-form-urlencoded',{},'a=1&b=2&c=3'],
 ['too deep',[['urlencoded',{extended:true,depth:1}]],'application/x-www-form-urlencoded',{},'a[b][c]=1'],
 ['depth zero',[['urlencoded',{extended:true,depth:0}]],'application/x-www-form-urlencoded',{},'a=1'],
 ['many values',[['urlencoded',{extended:true}]],'application/x-www-form-urlencoded',{},'a[]=1&a[]=2&a[105]=x'],
 ['text',[['text',{}]],'text/plain',{},'häß'],
 ['text latin1',[['text',{}]],'text/plain; charset=latin1',{},Buffer.from([0x68,0xe4])],
 ['text default charset',[['text',{defaultCharset:'latin1'}]],'text/plain',{},Buffer.from([0x68,0xe4])],
 ['text windows-1252',[['text',{}]],'text/plain; charset=windows-1252',{},Buffer.from([0x80])],
 ['text utf-16le',[['text',{}]],'text/plain; charset=utf-16le',{},Buffer.from('hé','utf16le')],
 ['text utf-16 guessed',[['text',{}]],'text/plain; charset=utf-16',{},Buffer.from([0,0x68,0,0x69])],
 ['text unknown',[['text',{}]],'text/plain; charset=nope',{},'a'],
 ['text koi8-r',[['text',{}]],'text/plain; charset=koi8-r',{},Buffer.from([0xc1])],
 ['text ascii',[['text',{}]],'text/plain; charset=us-ascii',{},Buffer.from([0x61,0xe4])],
 ['text iso-8859-15',[['text',{}]],'text/plain; charset=iso-8859-15',{},Buffer.from([0xa4])],
 ['text shift_jis',[['text',{}]],'text/plain; charset=shift_jis',{},Buffer.from([0x82,0xa0])],
 ['text utf-7',[['text',{}]],'text/plain; charset=utf-7',{},'a+ADw-b'],
 ['text hex',[['text',{}]],'text/plain; charset=hex',{},Buffer.from([0x61])],
 ['text base64',[['text',{}]],'text/plain; charset=base64',{},Buffer.from('abc')],
 ['text empty',[['text',{}]],'text/plain',{},''],
 ['text utf-32',[['text',{}]],'text/plain; charset=utf-32',{},Buffer.from([0x61,0,0,0])],
 ['text macroman',[['text',{}]],'text/plain; charset=macintosh',{},Buffer.from([0x8a])],
 ['text iso-8859-1 c1',[['text',{}]],'text/plain; charset=iso-8859-1',{},Buffer.from([0x80])],
 ['raw',[['raw',{}]],'application/octet-stream',{},Buffer.from([0,1,255])],
 ['first wins',[['text',{type:'*/*'}],
 ['json',{}]],'application/json',{},'{"a":1}'],
 ['second matches',[['json',{}],
 ['text',{}]],'text/plain',{},'x'],
];
const rows=[];
for(const [name,parsers,type,headers,body] of cases){const s=http.createServer(mk(parsers));await new Promise(r=>s.listen(0,r));const b=Buffer.from(body);
 const d=await new Promise(res=>{const c=net.connect(s.address().port);let d='';c.on('data',x=>d+=x.toString('latin1'));c.on('close',()=>res(d));c.write(`POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: ${type}\r\n${Object.entries(headers).map(([k,v])=>k+': '+v+'\r\n').join('')}Content-Length: ${b.length}\r\n\r\n`);c.write(b)});
 rows.push(JSON.stringify({name,parsers:parsers.map(([n,o])=>[n,o]),type,headers,body:b.toString('base64'),status:+d.slice(9,12),answer:Buffer.from(d.slice(d.indexOf('\r\n\r\n')+4),'latin1').toString()}));s.close()}

const options=[];
for(const [n,o] of [['json',{limit:'many'}],
 ['json',{limit:false}],
 ['json',{limit:null}],
 ['json',{verify:'x'}],
 ['urlencoded',{extended:true,parameterLimit:0}],
 ['urlencoded',{extended:true,parameterLimit:'x'}],
 ['urlencoded',{extended:true,parameterLimit:'3'}],
 ['urlencoded',{extended:true,depth:-1}],
 ['urlencoded',{extended:false,depth:-1}],
 ['urlencoded',{extended:true,depth:'x'}],
 ['text',{limit:'1xb'}],
 ['raw',{limit:'x'}],
 ['urlencoded',{extended:true,parameterLimit:null}],
 ['urlencoded',{extended:true,depth:null}],
 ['json',{limit:'-1kb'}],
 ['json',{limit:{}}],
 ['json',{verify:0}]]){let error=null;try{express[n](o)}catch(e){error=e.message}options.push(JSON.stringify({parser:n,options:o,error}))}
process.stdout.write(`{"bodies":[\n${rows.join(',\n')}\n],\n"options":[\n${options.join(',\n')}\n]}\n`);
