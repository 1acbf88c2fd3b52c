// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT
// What plain JSON cannot say, as the playground routes take it: {"regex": "a", "flags": "i"},
// {"date": "2030-01-02"}, {"undefined": true}, {"set": []}.
export function revive(value) {
  if (Array.isArray(value)) return value.map(revive);
  if (value === null || typeof value !== 'object') return value;
  const keys = Object.keys(value);
  if (typeof value.regex === 'string' && keys.every((key) => key === 'regex' || key === 'flags'))
    return new RegExp(value.regex, value.flags ?? '');
  if (keys.length === 1) {
    if (keys[0] === 'date') return new Date(value.date);
    if (keys[0] === 'undefined') return undefined;
    if (keys[0] === 'set') return new Set(revive(value.set));
  }
  return Object.fromEntries(keys.map((key) => [key, revive(value[key])]));
}

// A repeated query parameter is a list; here its last value counts.
export const lastOf = (value) => (Array.isArray(value) ? value.at(-1) : value);

// A whole number from 0 to `most`, else `otherwise`.
export function countOf(value, otherwise, most) {
  const number = Number.parseInt(value, 10);
  return Number.isFinite(number) && number >= 0 ? Math.min(number, most) : otherwise;
}

// Those of the named members that the body has itself.
export function pick(body, names) {
  if (body === null || typeof body !== 'object') return {};
  return Object.fromEntries(names.filter((name) => Object.hasOwn(body, name)).map((name) => [name, body[name]]));
}
