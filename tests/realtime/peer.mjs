#!/usr/bin/env node
// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT
// The demo application on the real npm packages: what `roundtrip serve --profile` is compared with.
//   node peer.mjs [--port 3000] [--profile suite|demo|recovery] [--redis redis://127.0.0.1:6379]
//                   [--ping-interval ms] [--ping-timeout ms] [--cors origin] [--cookie name] [--eio3]
//                   [--retain n] [--max-waiters n] [--quiet]
import http from "node:http";
import crypto from "node:crypto";
import { Server as SocketIOServer } from "socket.io";
import { attach as attachEngine } from "engine.io";
import { WebSocketServer } from "ws";

const argv = process.argv.slice(2);
const flag = (name) => argv.includes("--" + name);
const opt = (name, dflt) => {
  const i = argv.indexOf("--" + name);
  return i >= 0 && argv[i + 1] !== undefined ? argv[i + 1] : dflt;
};

const PROFILES = {
  // what the two official protocol suites expect
  suite: { pingInterval: 300, pingTimeout: 200, connectTimeout: 1000, recovery: false },
  // library defaults
  demo: { pingInterval: 25000, pingTimeout: 20000, connectTimeout: 45000, recovery: false },
  // library defaults + connection state recovery
  recovery: { pingInterval: 25000, pingTimeout: 20000, connectTimeout: 45000, recovery: true },
};
const profileName = opt("profile", "suite");
const profile = PROFILES[profileName];
if (!profile) {
  console.error("unknown profile " + profileName);
  process.exit(2);
}
const PORT = Number(opt("port", "3000"));
const HOST = opt("host", "127.0.0.1");
const RETAIN = Number(opt("retain", "100"));
const MAX_WAITERS = Number(opt("max-waiters", "1000"));
const ADMIN_TOKEN = "lab-admin-token";
const say = flag("quiet") ? () => {} : (...a) => console.log(...a);

const common = {
  pingInterval: Number(opt("ping-interval", profile.pingInterval)),
  pingTimeout: Number(opt("ping-timeout", profile.pingTimeout)),
  maxHttpBufferSize: 1e6,
  cors: { origin: opt("cors", "*"), credentials: flag("cors-credentials") },
};
if (opt("cookie")) common.cookie = { name: opt("cookie") };
if (flag("eio3")) common.allowEIO3 = true;

// ------------------------------------------------------------------ /api/updates
const updates = [];
let latest = 0;
const waiters = new Set();

function sendJson(res, status, body, extra = {}) {
  const text = JSON.stringify(body);
  res.writeHead(status, {
    "Content-Type": "application/json; charset=utf-8",
    "Content-Length": Buffer.byteLength(text),
    "Cache-Control": "no-store",
    "Access-Control-Allow-Origin": "*",
    ...extra,
  });
  res.end(text);
}

function snapshot(since) {
  const oldest = updates.length ? updates[0].id : latest + 1;
  const reset = since > latest;
  return {
    since,
    latest,
    updates: reset ? [] : updates.filter((u) => u.id > since),
    missed: reset ? 0 : Math.max(0, oldest - 1 - since),
    ...(reset ? { reset: true } : {}),
  };
}

function readInt(params, name, dflt) {
  if (!params.has(name)) return dflt;
  const raw = params.get(name);
  return /^\d{1,15}$/.test(raw) ? Number(raw) : NaN;
}

function publish(event, data) {
  const update = { id: ++latest, event, data, at: new Date().toISOString() };
  updates.push(update);
  while (updates.length > RETAIN) updates.shift();
  for (const w of [...waiters]) w.release();
  return update;
}

function handleUpdates(req, res, url) {
  if (req.method === "OPTIONS") {
    res.writeHead(204, {
      "Access-Control-Allow-Origin": "*",
      "Access-Control-Allow-Methods": "GET,POST",
      "Access-Control-Allow-Headers": "content-type",
      "Access-Control-Max-Age": "600",
    });
    return res.end();
  }
  const since = readInt(url.searchParams, "since", 0);
  if (url.pathname === "/api/updates" && req.method === "GET") {
    if (Number.isNaN(since)) return sendJson(res, 400, { error: "since must be a non-negative integer" });
    return sendJson(res, 200, snapshot(since));
  }
  if (url.pathname === "/api/updates/stats" && req.method === "GET") {
    return sendJson(res, 200, {
      latest,
      oldest: updates.length ? updates[0].id : null,
      retained: updates.length,
      waiters: waiters.size,
    });
  }
  if (url.pathname === "/api/updates/long" && req.method === "GET") {
    const asked = readInt(url.searchParams, "timeout", 25000);
    if (Number.isNaN(since)) return sendJson(res, 400, { error: "since must be a non-negative integer" });
    if (Number.isNaN(asked)) return sendJson(res, 400, { error: "timeout must be a non-negative integer" });
    const timeout = Math.min(asked, 60000);
    const now = snapshot(since);
    if (now.updates.length || now.reset || now.missed) return sendJson(res, 200, { ...now, timedOut: false });
    if (timeout === 0) return sendJson(res, 200, { ...now, timedOut: true });
    if (waiters.size >= MAX_WAITERS) return sendJson(res, 503, { error: "too many waiting clients" }, { "Retry-After": "1" });
    const waiter = {
      timer: null,
      done() {
        clearTimeout(waiter.timer);
        waiters.delete(waiter);
      },
      release(timedOut = false) {
        waiter.done();
        sendJson(res, 200, { ...snapshot(since), timedOut });
      },
      shutdown() {
        waiter.done();
        sendJson(res, 503, { error: "server is shutting down" }, { Connection: "close" });
      },
    };
    waiter.timer = setTimeout(() => waiter.release(true), timeout);
    waiters.add(waiter);
    res.on("close", () => waiter.done());
    return;
  }
  if (url.pathname === "/api/updates" && req.method === "POST") {
    const type = String(req.headers["content-type"] || "").split(";")[0].trim().toLowerCase();
    if (type !== "application/json") {
      req.resume();
      return sendJson(res, 415, { error: "content-type must be application/json" });
    }
    const chunks = [];
    let size = 0;
    let refused = false;
    req.on("data", (c) => {
      size += c.length;
      if (size > 102400) {
        if (!refused) sendJson(res, 413, { error: "body larger than 102400 bytes" }, { Connection: "close" });
        refused = true;
      } else chunks.push(c);
    });
    req.on("end", () => {
      if (refused) return;
      let body;
      try {
        body = JSON.parse(Buffer.concat(chunks).toString("utf8"));
      } catch {
        return sendJson(res, 400, { error: "invalid JSON" });
      }
      if (body === null || typeof body !== "object" || Array.isArray(body) || !("data" in body))
        return sendJson(res, 400, { error: "data is required" });
      if ("event" in body && (typeof body.event !== "string" || body.event === ""))
        return sendJson(res, 400, { error: "event must be a non-empty string" });
      sendJson(res, 201, publish(body.event ?? "message", body.data));
    });
    return;
  }
  sendJson(res, 405, { error: "method not allowed" }, { Allow: url.pathname === "/api/updates" ? "GET, POST" : "GET" });
}

// ------------------------------------------------------------------ HTTP
const server = http.createServer((req, res) => {
  const url = new URL(req.url, "http://peer.invalid");
  if (/^\/api\/updates(\/long|\/stats)?$/.test(url.pathname)) return handleUpdates(req, res, url);
  if (url.pathname === "/healthz") return sendJson(res, 200, { ok: true, profile: profileName });
  sendJson(res, 404, { error: "not found" });
});

// ------------------------------------------------------------------ raw Engine.IO echo (official Engine.IO suite)
const engine = attachEngine(server, { ...common, path: "/engine.io", destroyUpgrade: false });
engine.on("connection", (socket) => socket.on("data", (data) => socket.send(data)));

// ------------------------------------------------------------------ raw WebSocket echo
const wss = new WebSocketServer({ noServer: true, maxPayload: 16 * 1024 * 1024 });
server.on("upgrade", (req, socket, head) => {
  const { pathname } = new URL(req.url, "http://peer.invalid");
  if (pathname === "/ws/echo")
    wss.handleUpgrade(req, socket, head, (ws) => {
      ws.on("error", () => {});
      ws.on("message", (data, isBinary) => ws.send(data, { binary: isBinary }));
    });
  else if (!pathname.startsWith("/socket.io/") && !pathname.startsWith("/engine.io/"))
    socket.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: 9\r\n\r\nNot Found");
});

// ------------------------------------------------------------------ Socket.IO demo app
const io = new SocketIOServer(server, {
  ...common,
  connectTimeout: profile.connectTimeout,
  destroyUpgrade: false,
  ...(profile.recovery ? { connectionStateRecovery: { maxDisconnectionDuration: 120000, skipMiddlewares: true } } : {}),
});

if (opt("redis")) {
  const { createClient } = await import("redis");
  const { createAdapter } = await import("@socket.io/redis-adapter");
  const pub = createClient({ url: opt("redis") });
  const sub = pub.duplicate();
  pub.on("error", () => {});
  sub.on("error", () => {});
  await Promise.all([pub.connect(), sub.connect()]);
  io.adapter(createAdapter(pub, sub));
}

const saved = [];
let chatSeq = 0;
const sha256 = (b) => crypto.createHash("sha256").update(b).digest("hex");
const isAck = (f) => typeof f === "function";
const whoami = (socket) => ({
  id: socket.id,
  namespace: socket.nsp.name,
  transport: socket.conn.transport.name,
  rooms: [...socket.rooms].filter((r) => r !== socket.id).sort(),
  auth: socket.handshake.auth,
  query: Object.fromEntries(Object.entries(socket.handshake.query).filter(([k]) => !["EIO", "transport", "t", "sid", "b64", "j"].includes(k))),
  recovered: socket.recovered,
});

function commonEvents(socket) {
  const nsp = socket.nsp;
  socket.on("echo", (...args) => {
    const last = args[args.length - 1];
    if (isAck(last)) last(...args.slice(0, -1));
    else socket.emit("echo", ...args);
  });
  socket.on("whoami", (ack) => isAck(ack) && ack(whoami(socket)));
  socket.on("join-room", async (room, ack) => {
    if (typeof room !== "string" || room === "" || room.length > 64) return isAck(ack) && ack({ ok: false, error: "invalid room" });
    await socket.join(room);
    socket.to(room).emit("room-joined", { room, id: socket.id });
    if (isAck(ack)) ack({ ok: true, room, rooms: whoami(socket).rooms });
  });
  socket.on("leave-room", async (room, ack) => {
    const was = socket.rooms.has(room);
    await socket.leave(room);
    if (was) socket.to(room).emit("room-left", { room, id: socket.id });
    if (isAck(ack)) ack({ ok: was, room, rooms: whoami(socket).rooms, ...(was ? {} : { error: "not in room" }) });
  });
  socket.on("room-message", (msg, ack) => {
    const room = msg?.room;
    if (!socket.rooms.has(room)) return isAck(ack) && ack({ ok: false, error: "not in room" });
    nsp.to(room).emit("room-message", { room, from: socket.id, text: msg.text });
    if (isAck(ack)) ack({ ok: true });
  });
  socket.on("room-members", async (room, ack) => {
    const list = await nsp.in(room).fetchSockets();
    if (isAck(ack)) ack(list.map((s) => s.id).sort());
  });
  socket.on("chat-message", (text, ack) => {
    nsp.emit("chat-message", { seq: ++chatSeq, from: socket.id, text });
    if (isAck(ack)) ack({ ok: true, seq: chatSeq });
  });
  socket.on("broadcast", (...args) => {
    const last = args[args.length - 1];
    const ack = isAck(last) ? args.pop() : null;
    socket.broadcast.emit("broadcast", ...args);
    ack?.({ ok: true });
  });
}

io.use((socket, next) => {
  if (socket.handshake.auth?.reject) {
    const err = new Error("rejected by middleware");
    err.data = { code: 403, reason: String(socket.handshake.auth.reject) };
    return next(err);
  }
  next();
});

io.on("connection", (socket) => {
  socket.emit("auth", socket.handshake.auth);
  socket.use(([event], next) => (event === "forbidden" ? next(new Error("event not allowed")) : next()));
  socket.on("error", (err) => socket.emit("event-error", { message: err.message }));
  socket.on("message", (...args) => socket.emit("message-back", ...args));
  socket.on("message-with-ack", (...args) => {
    const ack = args.pop();
    if (isAck(ack)) ack(...args);
  });
  commonEvents(socket);
  socket.on("save-message", (msg, ack) => {
    if (!isAck(ack)) return;
    if (typeof msg?.text !== "string" || msg.text.trim() === "") return ack({ ok: false, error: "text is required" });
    saved.push({ id: saved.length + 1, text: msg.text });
    ack({ ok: true, id: saved.length, text: msg.text });
  });
  socket.on("slow-ack", (ms, ack) => setTimeout(() => isAck(ack) && ack({ ok: true, waited: ms }), Math.min(Number(ms) || 0, 10000)));
  socket.on("never-ack", () => {});
  socket.on("double-ack", (ack) => {
    ack("first");
    ack("second");
  });
  socket.on("binary-info", (buf, ack) => isAck(ack) && ack(Buffer.isBuffer(buf) ? { ok: true, bytes: buf.length, sha256: sha256(buf) } : { ok: false, error: "binary expected" }));
  socket.on("binary-reverse", (buf, ack) => isAck(ack) && ack(Buffer.from(buf).reverse()));
  socket.on("send-many", (n, ack) => {
    const count = Math.min(Number(n) || 0, 10000);
    for (let i = 1; i <= count; i++) socket.emit("item", i);
    if (isAck(ack)) ack({ ok: true, count });
  });
  socket.on("send-volatile", (n, ack) => {
    const count = Math.min(Number(n) || 0, 10000);
    for (let i = 1; i <= count; i++) socket.volatile.emit("tick", i);
    if (isAck(ack)) ack({ ok: true, count });
  });
  socket.on("send-bytes", (n, ack) => {
    const size = Math.min(Number(n) || 0, 8 * 1024 * 1024);
    const buf = Buffer.alloc(size);
    for (let i = 0; i < size; i++) buf[i] = i & 255;
    socket.emit("bytes", buf);
    if (isAck(ack)) ack({ ok: true, bytes: size, sha256: sha256(buf) });
  });
  socket.on("ask-me", async (question, ack) => {
    try {
      const answer = await socket.timeout(2000).emitWithAck("question", question);
      if (isAck(ack)) ack({ ok: true, answer });
    } catch {
      if (isAck(ack)) ack({ ok: false, error: "no answer" });
    }
  });
  socket.on("ask-room", async (room, question, ack) => {
    try {
      const answers = await io.to(room).timeout(1000).emitWithAck("question", question);
      ack({ ok: true, answers: [...answers].sort() });
    } catch (e) {
      ack({ ok: false, answers: [...(e.responses ?? [])].sort() });
    }
  });
  socket.on("kick-me", (close) => socket.disconnect(close === true));
  socket.on("drop-me", () => socket.conn.close()); // Engine.IO close: the client reconnects
});

io.of("/custom").on("connection", (socket) => {
  socket.emit("auth", socket.handshake.auth);
  socket.on("echo", (...args) => {
    const ack = args.pop();
    if (isAck(ack)) ack(...args);
  });
});

io.of("/chat").on("connection", async (socket) => {
  const nick = typeof socket.handshake.auth?.nick === "string" && socket.handshake.auth.nick ? socket.handshake.auth.nick.slice(0, 32) : "guest";
  socket.data.nick = nick;
  commonEvents(socket);
  socket.on("typing", (on) => socket.volatile.broadcast.emit("typing", { nick, on: on === true }));
  socket.on("users", async (ack) => isAck(ack) && ack((await io.of("/chat").fetchSockets()).map((s) => s.data.nick).sort()));
  socket.on("disconnect", (reason) => io.of("/chat").emit("system", { type: "left", nick, reason }));
  socket.broadcast.emit("system", { type: "joined", nick });
});

io.of("/admin")
  .use((socket, next) => {
    const token = socket.handshake.auth?.token;
    if (token === ADMIN_TOKEN) return next();
    const err = new Error(token ? "invalid token" : "token required");
    err.data = { code: 401 };
    next(err);
  })
  .on("connection", (socket) => {
    commonEvents(socket);
    socket.on("stats", async (ack) => isAck(ack) && ack({ clients: io.engine.clientsCount, main: io.of("/").sockets.size, chat: io.of("/chat").sockets.size }));
    socket.on("announce", (text, ack) => {
      io.of("/chat").emit("system", { type: "announce", text });
      if (isAck(ack)) ack({ ok: true });
    });
    socket.on("kick", (room, ack) => {
      io.of("/chat").in(room).disconnectSockets(false);
      if (isAck(ack)) ack({ ok: true });
    });
  });

// dynamic namespaces /lesson-1 ... /lesson-999
io.of(/^\/lesson-\d{1,3}$/).on("connection", (socket) => commonEvents(socket));

server.listen(PORT, HOST, () => say(`peer ${profileName} on http://${HOST}:${server.address().port} pid ${process.pid}`));

function stop() {
  for (const w of [...waiters]) w.shutdown();
  io.close();
  engine.close();
  wss.close();
  server.close();
  server.closeAllConnections();
  setTimeout(() => process.exit(0), 200);
}
process.on("unhandledRejection", (e) => say("unhandled: " + e.message)); // e.g. fetchSockets over a dead Redis
process.on("SIGTERM", stop);
process.on("SIGINT", stop);
