// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT
// Makes a failing pair small: takes parts away for as long as the two servers still differ.

const copy = (value) => structuredClone(value);
const isObject = (value) => value !== null && typeof value === 'object';

/// Paths of everything that can be taken away below `value`, big parts first.
function removable(value, path = []) {
  if (!isObject(value)) return [];
  const own = [], deeper = [];
  for (const key of Array.isArray(value) ? value.keys() : Object.keys(value)) {
    own.push([...path, key]);
    deeper.push(...removable(value[key], [...path, key]));
  }
  return [...own, ...deeper];
}
function without(value, path) {
  const result = copy(value);
  const parent = path.slice(0, -1).reduce((at, key) => at?.[key], result);
  const last = path.at(-1);
  if (!isObject(parent)) return null;
  if (Array.isArray(parent)) parent.splice(last, 1); else delete parent[last];
  return result;
}
/// Shorter forms of one text: without a query parameter, half of it, a simple body.
function shorterTexts(text, isPath) {
  const made = [];
  if (isPath && text.includes('?')) {
    const [path, query] = text.split(/\?(.*)/s);
    const parts = query.split('&');
    made.push(path, ...parts.map((x, i) => path + '?' + parts.filter((y, j) => j !== i).join('&')));
  } else if (text.length > 1) {
    made.push(text.slice(0, text.length >> 1), text.slice(text.length >> 1), text.slice(1), text.slice(0, -1));
    const parts = text.split('&');
    if (parts.length > 1) made.push(...parts.map((x, i) => parts.filter((y, j) => j !== i).join('&')));
  }
  return made.filter((t) => t.length < text.length);
}
function simplerRequests(request) {
  const made = [];
  for (const key of ['pipeline', 'split', 'conn', 'version', 'host', 'jar', 'capture', 'halfClose', 'chunks', 'body', 'json', 'form', 'headers', 'method']) {
    if (request[key] === undefined) continue;
    const { [key]: gone, ...rest } = request;
    made.push(rest);
  }
  if (Array.isArray(request.headers)) request.headers.forEach((h, i) => made.push({ ...request, headers: request.headers.filter((x, j) => j !== i) }));
  for (const key of ['path', 'body', 'form']) if (typeof request[key] === 'string') made.push(...shorterTexts(request[key], key === 'path').map((text) => ({ ...request, [key]: text })));
  if (isObject(request.json)) made.push(...removable(request.json).map((path) => ({ ...request, json: without(request.json, path) })));
  return made;
}
function* candidates(pair) {
  const { config, requests } = pair;
  if (requests.length > 1) for (let i = 0; i < requests.length; i++) yield { config, requests: requests.filter((x, j) => j !== i) };
  for (const path of removable(config)) {
    const smaller = without(config, path);
    if (smaller) yield { config: smaller, requests };
  }
  for (let i = 0; i < requests.length; i++) for (const simpler of simplerRequests(requests[i])) yield { config, requests: requests.with(i, simpler) };
}

/// `differs(pair)` → whether the servers still disagree about a smaller pair. At most `budget` tries.
export async function shrink(pair, differs, budget = 400) {
  let best = copy(pair);
  for (let found = true; found && budget > 0;) {
    found = false;
    for (const candidate of candidates(best)) {
      if (budget-- <= 0) break;
      if (!(await differs(candidate))) continue;
      best = copy(candidate);
      found = true;
      break;
    }
  }
  return best;
}
