// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/labsite.h"

#include "server/serverresponse.h"

namespace rt {

namespace {

QByteArray page(quint16 apiPort)
{
    return QByteArray(R"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Roundtrip site</title>
<style>body { font: 16px/1.5 system-ui, sans-serif; max-width: 40rem; margin: 3rem auto; padding: 0 1rem }
pre { background: #f4f5f7; padding: 1rem; border-radius: 5px; white-space: pre-wrap }</style>
</head>
<body>
<h1>A page of the site</h1>
<p>Its origin is <code id="origin"></code>. The API is <code id="api"></code>, another origin.</p>
<p><button data-method="GET" data-path="/api/items">GET /api/items</button>
<button data-method="PUT" data-path="/api/user">PUT /api/user</button></p>
<pre id="result">Nothing sent yet.</pre>
<script>
const api = `${location.protocol}//${location.hostname}:API_PORT`;
document.getElementById('origin').textContent = location.origin;
document.getElementById('api').textContent = api;
const result = document.getElementById('result');
for (const button of document.querySelectorAll('button')) {
  button.addEventListener('click', async () => {
    const { method, path } = button.dataset;
    const body = method === 'PUT' ? { headers: { 'Content-Type': 'application/json' }, body: '{"name":"Ada"}' } : {};
    try {
      const response = await fetch(api + path, { method, ...body });
      result.textContent = `${response.status}\n${await response.text()}`;
    } catch (error) {
      result.textContent = `${error}\nThe browser hid the answer. Open Roundtrip to see why.`;
    }
  });
}
</script>
</body>
</html>
)")
        .replace("API_PORT", QByteArray::number(apiPort));
}

} // namespace

RequestListener sitePages(std::function<quint16(bool secure)> apiPort)
{
    return [apiPort = std::move(apiPort)](IncomingMessage &request, ServerResponse &response) {
        const QByteArray path = request.target().split('?').first();
        const bool readable = request.method() == "GET" || request.method() == "HEAD";
        const bool found = readable && (path == "/" || path == "/index.html");
        const QByteArray body
            = found ? page(apiPort(request.peer().encrypted)) : QByteArray("Not found\n");
        response.setHeader("Content-Type",
                           found ? "text/html; charset=utf-8" : "text/plain; charset=utf-8");
        response.setHeader("Content-Length", QByteArray::number(body.size()));
        response.statusCode = found ? 200 : 404;
        request.resume();
        response.end(body);
        return true;
    };
}

} // namespace rt
