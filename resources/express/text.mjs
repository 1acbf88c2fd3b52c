// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT
// Turns every piece of a body into text as it comes. A character whose bytes arrive in two pieces
// breaks: that is what this is here to show. express.text() collects the bytes first.
export function textInPieces({ type = 'text/plain' } = {}) {
  return (req, res, next) => {
    req.body ??= {};
    if (req._body || !req.is(type)) return next();
    req._body = true;
    let text = '';
    req.on('data', (piece) => {
      text += piece.toString('utf8');
    });
    req.on('end', () => {
      req.body = text;
      next();
    });
    req.on('error', next);
  };
}
