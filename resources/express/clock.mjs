// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT
// A clock that stands still, so that cookies, sessions and tokens come out the same every time.
const realNow = Date.now;
let frozenAt = null;
Date.now = () => frozenAt ?? realNow();

export function freeze(milliseconds) {
  frozenAt = milliseconds;
}

// A request may move the clock with this header.
export function clockHeader(name) {
  return (req, res, next) => {
    const sent = req.headers[name.toLowerCase()];
    if (sent !== undefined) frozenAt = Number(sent);
    next();
  };
}
