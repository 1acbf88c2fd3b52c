// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT
// WebSocket frames by hand, right or wrong (RFC 6455 section 5).
import { RawSocket } from './rawsocket.mjs';

export const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
export const ACCEPT = 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=';

/** A client's frame; `first` is FIN, RSV and opcode, `form` forces the length form 7, 16 or 64. */
export function frame(first, payload = '', { mask = [1, 2, 3, 4], form, length } = {}) {
  const data = Buffer.from(payload);
  const size = length ?? data.length;
  const kind = form ?? (size < 126 ? 7 : size < 65536 ? 16 : 64);
  const bit = mask ? 0x80 : 0;
  let head;
  if (kind === 7) head = Buffer.from([first, bit | size]);
  else if (kind === 16) { head = Buffer.from([first, bit | 126, 0, 0]); head.writeUInt16BE(size, 2); }
  else { head = Buffer.alloc(10); head[0] = first; head[1] = bit | 127; head.writeBigUInt64BE(BigInt(size), 2); }
  if (!mask) return Buffer.concat([head, data]);
  const body = Buffer.from(data);
  for (let i = 0; i < body.length; i++) body[i] ^= mask[i & 3];
  return Buffer.concat([head, Buffer.from(mask), body]);
}

export const text = (payload, options) => frame(0x81, payload, options);
export const binary = (payload, options) => frame(0x82, payload, options);
export const ping = (payload, options) => frame(0x89, payload, options);
export const pong = (payload, options) => frame(0x8a, payload, options);
export const close = (code, reason = '') => {
  if (code === undefined) return frame(0x88);
  const head = Buffer.alloc(2);
  head.writeUInt16BE(code);
  return frame(0x88, Buffer.concat([head, Buffer.from(reason)]));
};

export function upgradeRequest(target, changes = {}, method = 'GET') {
  const headers = { Host: '127.0.0.1', Upgrade: 'websocket', Connection: 'Upgrade', 'Sec-WebSocket-Key': KEY, 'Sec-WebSocket-Version': '13', ...changes };
  const lines = Object.entries(headers).filter(([, value]) => value !== null);
  return `${method} ${target} HTTP/1.1\r\n${lines.map(([n, v]) => `${n}: ${v}\r\n`).join('')}\r\n`;
}

const NAMES = { 0: 'continuation', 1: 'text', 2: 'binary', 8: 'close', 9: 'ping', 10: 'pong' };

/** A handshaken connection whose frames are taken one by one. */
export class RawWebSocket extends RawSocket {
  static async connect(port, target, { headers, early = '' } = {}) {
    const raw = await RawSocket.open(port);
    Object.setPrototypeOf(raw, RawWebSocket.prototype);
    raw.send(Buffer.concat([Buffer.from(upgradeRequest(target, headers)), Buffer.from(early)]));
    raw.handshake = await raw.head();
    return raw;
  }

  /** {name, fin, rsv1, payload, code?, reason?}, or undefined at the end. */
  async frame(ms) {
    const whole = await this.wait(() => {
      const bytes = this.received;
      if (bytes.length < 2) return undefined;
      let size = bytes[1] & 0x7f;
      let at = 2;
      if (size === 126) { if (bytes.length < 4) return undefined; size = bytes.readUInt16BE(2); at = 4; }
      else if (size === 127) { if (bytes.length < 10) return undefined; size = Number(bytes.readBigUInt64BE(2)); at = 10; }
      return bytes.length < at + size ? undefined : { at, size };
    }, ms);
    if (!whole) return undefined;
    const { at, size } = whole;
    const [first, second] = this.received;
    const payload = this.received.subarray(at, at + size);
    this.received = this.received.subarray(at + size);
    const name = NAMES[first & 15] ?? 'opcode ' + (first & 15);
    const result = { name, fin: !!(first & 0x80), rsv1: !!(first & 0x40), masked: !!(second & 0x80), payload };
    if (name === 'close') { result.code = size >= 2 ? payload.readUInt16BE(0) : undefined; result.reason = payload.subarray(2).toString(); }
    return result;
  }

  /** The next text message as a string; undefined at the end. */
  async message(ms) {
    const next = await this.frame(ms);
    return next && (next.name === 'binary' ? next.payload : next.name === 'text' ? next.payload.toString() : next.name);
  }
}
