// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT
// Errors as JSON. The engine's own wording changes between versions of Node, so it is left out.
export function describe(error) {
  let message = error.message;
  if (error instanceof SyntaxError || error?.type === 'entity.parse.failed') message = 'invalid JSON';
  else if (error instanceof TypeError && /^Cannot (read|set) propert/.test(message)) message = 'internal error';
  const details = { name: error.name, message };
  if (error.expiredAt) details.expiredAt = error.expiredAt;
  if (error.date) details.date = error.date;
  return details;
}

// Error middleware is known by its four parameters.
export function jsonErrors(error, req, res, next) {
  if (res.headersSent) return next(error);
  const wanted = error.status ?? error.statusCode;
  const status = typeof wanted === 'number' && wanted >= 400 && wanted < 600 ? wanted : 500;
  const details = { status, ...describe(error) };
  if (error.type) details.type = error.type;
  res.status(status).json({ error: details });
}

// Answers 404 here instead of asking the stages below.
export function notFound(req, res, next) {
  next('router');
}
