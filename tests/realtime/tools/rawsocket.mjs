// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT
// A TCP client that knows no rules: what is sent and when is the caller's affair.
import net from 'node:net';

export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

/** An open connection with everything received so far and ways to wait for more. */
export class RawSocket {
  constructor(socket) {
    this.socket = socket;
    this.received = Buffer.alloc(0);
    this.ended = false;
    this.closed = false;
    this.wake = () => {};
    socket.on('data', (chunk) => { this.received = Buffer.concat([this.received, chunk]); this.wake(); });
    socket.on('end', () => { this.ended = true; this.wake(); });
    socket.on('close', () => { this.ended = this.closed = true; this.wake(); });
    socket.on('error', () => {});
  }

  static open(port) {
    return new Promise((done, fail) => {
      const socket = net.connect({ port, host: '127.0.0.1', allowHalfOpen: true }, () => done(new RawSocket(socket)));
      socket.setNoDelay(true);
      socket.once('error', fail);
    });
  }

  send(bytes) { if (!this.socket.destroyed) this.socket.write(bytes); }

  /** Waits until `ready()` gives something, the peer has ended, or the time is up. */
  async wait(ready, ms = 3000) {
    const until = Date.now() + ms;
    for (;;) {
      const value = ready();
      if (value !== undefined || this.ended) return value;
      const left = until - Date.now();
      if (left <= 0) return undefined;
      await new Promise((done) => { const timer = setTimeout(done, left); this.wake = () => { clearTimeout(timer); done(); }; });
    }
  }

  async waitEnd(ms = 3000) { await this.wait(() => (this.ended ? true : undefined), ms); return this.ended; }

  /** Takes one HTTP head from what was received; {status, lines, headers} or undefined. */
  async head(ms) {
    const at = await this.wait(() => { const i = this.received.indexOf('\r\n\r\n'); return i < 0 ? undefined : i; }, ms);
    if (at === undefined) return undefined;
    const lines = this.received.subarray(0, at).toString('latin1').split('\r\n');
    this.received = this.received.subarray(at + 4);
    const headers = {};
    for (const line of lines.slice(1)) {
      const colon = line.indexOf(':');
      headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
    }
    return { status: Number(lines[0].split(' ')[1]), lines, headers };
  }

  /** One whole HTTP answer with its body. */
  async answer(ms) {
    const head = await this.head(ms);
    if (!head) return undefined;
    if (head.headers['transfer-encoding'] === 'chunked') return { ...head, body: await this.chunks() };
    const length = Number(head.headers['content-length'] ?? 0);
    const body = await this.wait(() => (this.received.length >= length ? this.received.subarray(0, length) : undefined), ms);
    this.received = this.received.subarray(length);
    return { ...head, body: body ?? Buffer.alloc(0) };
  }

  async chunks() {
    const parts = [];
    for (;;) {
      const end = await this.wait(() => { const i = this.received.indexOf('\r\n'); return i < 0 ? undefined : i; });
      if (end === undefined) return Buffer.concat(parts);
      const size = parseInt(this.received.subarray(0, end).toString(), 16);
      await this.wait(() => (this.received.length >= end + 4 + size ? true : undefined));
      parts.push(this.received.subarray(end + 2, end + 2 + size));
      this.received = this.received.subarray(end + 4 + size);
      if (size === 0) return Buffer.concat(parts);
    }
  }

  destroy() { this.socket.destroy(); }
}

/** One request on a connection of its own. */
export async function request(port, method, target, { headers = {}, body, ms } = {}) {
  const raw = await RawSocket.open(port);
  const all = { Host: `127.0.0.1:${port}`, ...headers };
  if (body !== undefined) all['Content-Length'] = Buffer.byteLength(body);
  raw.send(`${method} ${target} HTTP/1.1\r\n${Object.entries(all).map(([n, v]) => `${n}: ${v}\r\n`).join('')}\r\n`);
  if (body !== undefined) raw.send(body);
  const answer = await raw.answer(ms);
  raw.destroy();
  return answer;
}
