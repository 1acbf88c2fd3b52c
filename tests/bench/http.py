#!/usr/bin/env python3
# SPDX-FileCopyrightText: Roundtrip contributors
# SPDX-License-Identifier: MIT
"""CPU time per GET /ping of the lab's server beside nginx and Express, in one run.

usage: http.py PROGRAM PEER_FOLDER [--seconds N] [--connections N]

PROGRAM is the roundtrip executable, PEER_FOLDER a folder with the peer's server.mjs and node_modules.
Prints one row per server: requests, CPU microseconds per request (user and system time of the server's
processes, children included), and the ratio to nginx serving a static file. CPU time is the figure to
compare: requests per second depend on whatever else the machine does.
"""
import argparse
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time

TICKS = os.sysconf("SC_CLK_TCK")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port, process):
    for _ in range(400):
        if process.poll() is not None:
            sys.exit(f"{process.args[0]} ended before it listened")
        try:
            socket.create_connection(("127.0.0.1", port), 0.2).close()
            return
        except OSError:
            time.sleep(0.025)
    sys.exit(f"{process.args[0]} does not listen on {port}")


def family(pid):
    pids = [pid]
    for child in pathlib.Path(f"/proc/{pid}/task").glob("*/children"):
        for number in child.read_text().split():
            pids += family(int(number))
    return pids


def cpu_seconds(pid):
    total = 0
    for member in family(pid):
        fields = pathlib.Path(f"/proc/{member}/stat").read_text().rsplit(")", 1)[1].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


def rss_megabytes(pid):
    pages = int(pathlib.Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def measure(name, command, port, options, headers=(), env=None):
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env)
    try:
        wait_for(port, process)
        wrk = ["wrk", "-t1", f"-c{options.connections}", f"http://127.0.0.1:{port}/ping"]
        for header in headers:
            wrk += ["-H", header]
        subprocess.run(wrk + ["-d1"], stdout=subprocess.DEVNULL, check=True)
        before = cpu_seconds(process.pid)
        output = subprocess.run(wrk + [f"-d{options.seconds}"], capture_output=True, text=True, check=True).stdout
        used = cpu_seconds(process.pid) - before
        if "Non-2xx" in output:
            sys.exit(f"{name}: answers other than 2xx\n{output}")
        requests = int(re.search(r"(\d+) requests in", output).group(1))
        return {"name": name, "requests": requests, "cpu_us": used / requests * 1e6, "rss_mb": rss_megabytes(process.pid)}
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(10)


def nginx(folder, port):
    (folder / "ping").write_text("pong")
    (folder / "nginx.conf").write_text(f"""
        daemon off; worker_processes 1; pid {folder}/pid; error_log /dev/null;
        events {{ worker_connections 1024; }}
        http {{ access_log off; default_type text/plain; keepalive_requests 1000000000;
                client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
                uwsgi_temp_path {folder}; scgi_temp_path {folder};
                server {{ listen 127.0.0.1:{port}; root {folder}; }} }}""")
    return ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("peer")
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--connections", type=int, default=64)
    options = parser.parse_args()
    cors = {"cors": {"enabled": True, "options": {"origin": "http://app.shop.test:3000"}}}
    full = {**cors, "helmet": {"enabled": True}, "compression": {"enabled": True}, "hpp": {"enabled": True},
            "cookieParser": {"enabled": True},
            "auth": {"mode": "cookie-session", "cookieSession": {"keys": ["k1"]}}}
    bare = {"bodyParser": {"enabled": False}, "express": {"etag": False}}
    origin = ["Origin: http://app.shop.test:3000"]
    rows = []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        os.chmod(folder, 0o755)
        (folder / "cors.json").write_text(json.dumps(cors))
        (folder / "full.json").write_text(json.dumps(full))
        (folder / "bare.json").write_text(json.dumps(bare))
        capture = str(folder / "capture.rtcap")

        def lab(config, port, *more):
            return [options.program, "serve", "--config", str(folder / config), "--port", str(port), *more]

        def express(config, port):
            return ["node", options.peer + "/server.mjs", "--config", str(folder / config), "--port", str(port)]

        environment = {**os.environ, "NODE_ENV": "production"}
        for title, make, headers in [
            ("nginx, static file", lambda p: nginx(folder, p), []),
            ("roundtrip, bare", lambda p: lab("bare.json", p), []),
            ("roundtrip, cors", lambda p: lab("cors.json", p), origin),
            ("roundtrip, cors + capture", lambda p: lab("cors.json", p, "--capture", capture), origin),
            ("roundtrip, full chain + capture", lambda p: lab("full.json", p, "--capture", capture + "2"), origin),
            ("express, full chain", lambda p: express("full.json", p), origin),
            ("express, bare", lambda p: express("bare.json", p), []),
            ("express, cors", lambda p: express("cors.json", p), origin),
        ]:
            port = free_port()
            rows.append(measure(title, make(port), port, options, headers, environment))
    base = rows[0]["cpu_us"]
    last = rows[-1]["cpu_us"]
    print(f"{'server':32} {'requests':>9} {'cpu us/request':>15} {'x nginx':>8} {'x express+cors':>15} {'RSS MB':>8}")
    for row in rows:
        print(f"{row['name']:32} {row['requests']:9} {row['cpu_us']:15.1f} {row['cpu_us'] / base:8.2f} "
              f"{row['cpu_us'] / last:15.3f} {row['rss_mb']:8.1f}")


main()
