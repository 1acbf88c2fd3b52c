#!/usr/bin/env python3
# SPDX-FileCopyrightText: Roundtrip contributors
# SPDX-License-Identifier: MIT
"""A real Chromium page talks to the lab's server: CORS refused, mended, preflighted.

usage: chromium_page.py PROGRAM
"""
import html
import http.server
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading

PAGE = """<!doctype html><title>page</title><pre id=out></pre><script>
const api = 'http://localhost:%d';
async function attempt(name, path, init) {
  try {
    const answer = await fetch(api + path, init);
    return [name, answer.status, await answer.text(), answer.headers.get('x-powered-by')];
  } catch (error) {
    return [name, String(error)];
  }
}
(async () => {
  const rows = [];
  rows.push(await attempt('get', '/ping'));
  rows.push(await attempt('put', '/api/user', {method: 'PUT', headers: {'Content-Type': 'application/json'}, body: '{"name":"Grace"}'}));
  rows.push(await attempt('read', '/api/user'));
  document.getElementById('out').textContent = JSON.stringify(rows);
})();
</script>"""


class Page(http.server.BaseHTTPRequestHandler):
    body = b""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(Page.body)

    def log_message(self, *arguments):
        pass


def lab(program, folder, config):
    path = os.path.join(folder, "lab.json")
    with open(path, "w") as file:
        json.dump(config, file)
    process = subprocess.Popen([program, "serve", "--config", path, "--port", "0"], stdout=subprocess.PIPE, text=True)
    line = process.stdout.readline()
    found = re.fullmatch(r"listening http://127\.0\.0\.1:(\d+)\n", line)
    if not found:
        sys.exit(f"unexpected first line: {line!r}")
    return process, int(found.group(1))


def visit(chromium, folder, port, api):
    Page.body = (PAGE % api).encode()
    output = subprocess.run(
        [chromium, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile",
         "--virtual-time-budget=5000", "--dump-dom", f"http://localhost:{port}/"],
        capture_output=True, text=True, timeout=90).stdout
    found = re.search(r'<pre id="out">(.*?)</pre>', output, re.S)
    if not found or not found.group(1):
        sys.exit(f"the page did not finish: {output[:500]}")
    return json.loads(html.unescape(found.group(1)))


def main():
    program = sys.argv[1]
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        sys.exit("Chromium is missing; packaging/test installs it")
    site = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=site.serve_forever, daemon=True).start()
    port = site.server_address[1]
    blocked = "TypeError: Failed to fetch"
    user = '{"id":1,"name":"Grace"}'
    cases = [
        ("without cors", {}, [["get", blocked], ["put", blocked], ["read", blocked]]),
        ("cors names the page", {"cors": {"enabled": True, "options": {"origin": f"http://localhost:{port}"}}},
         [["get", 200, "pong", None], ["put", 200, user, None], ["read", 200, user, None]]),
        ("cors allows only GET", {"cors": {"enabled": True, "options": {"origin": f"http://localhost:{port}", "methods": ["GET"],
                                                                       "exposedHeaders": ["X-Powered-By"]}}},
         [["get", 200, "pong", "Express"], ["put", blocked],
          ["read", 200, '{"id":1,"name":"Ada","email":"ada@example.com","role":"user"}', "Express"]]),
    ]
    failed = 0
    for name, config, expected in cases:
        with tempfile.TemporaryDirectory() as folder:
            process, api = lab(program, folder, config)
            try:
                seen = visit(chromium, folder, port, api)
            finally:
                process.send_signal(signal.SIGTERM)
                code = process.wait(10)
        if seen != expected or code != 0:
            failed += 1
            print(f"FAIL {name}: exit code {code}\n  expected {expected}\n  seen     {seen}")
    print(f"{len(cases) - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


main()
