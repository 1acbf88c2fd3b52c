// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT
// Ways to stay logged in. Each has login(), me(), logout() and logoutAll(), called by the routes of
// the same names, identify() for whoever has to know the user, and refuse() for who is not one.
export const user = { id: 1, email: 'test@example.com', role: 'user' };
const password = '123456';

export const done = (res, more) => res.json({ ok: true, ...more });
export const denied = (res, error) => res.status(401).json({ error });
const refuse = (req, res) => denied(res, 'not logged in');
const noSession = () => new Error('no session for this path');

// Everybody may log in, and nobody is known afterwards.
export function noLogin() {
  const logout = (req, res) => done(res);
  return { login: (req, res) => done(res, { user }), me: refuse, logout, logoutAll: logout, identify: () => undefined, refuse };
}

// What a session remembers of a user, and what /me answers. `lessons`: as the lessons have it.
function memory(lessons) {
  if (!lessons) {
    return {
      members: { user },
      userOf: (session) => session?.user || undefined,
      answer: (known) => ({ user: known }),
    };
  }
  return {
    members: { userId: user.id, email: user.email, role: user.role },
    userOf: (session) => (session?.userId ? { userId: session.userId, email: session.email, role: session.role } : undefined),
    answer: ({ userId, email }) => ({ userId, email }),
  };
}

function sessionHandlers({ members, userOf, answer }) {
  return {
    members,
    identify: (req) => userOf(req.session),
    refuse,
    me(req, res) {
      const known = userOf(req.session);
      if (known) res.json(answer(known));
      else refuse(req, res);
    },
  };
}

// npm cookie-session: the session itself travels in a signed cookie.
export function cookieSessionLogin({ lessons = false } = {}) {
  const { members, ...handlers } = sessionHandlers(memory(lessons));
  const logout = (req, res) => {
    req.session = null;
    done(res);
  };
  return {
    ...handlers,
    session: 'cookie',
    login(req, res) {
      Object.assign(req.session, members);
      done(res, { user });
    },
    logout,
    logoutAll: logout, // the server keeps no list: copies of the cookie stay valid
  };
}

let sessions = 0;
// Ids that are the same every time. Leave `genid` out where strangers come.
export const labSessionId = () => `lab-session-${String((sessions += 1)).padStart(6, '0')}`;

// npm express-session: a cookie carries the id, the server keeps the rest.
export function sessionLogin({ name = 'connect.sid', cookie, regenerateOnLogin = false, lessons = false } = {}) {
  const { userOf } = memory(lessons);
  const { members, ...handlers } = sessionHandlers(memory(lessons));
  const logout = (req, res, next) => {
    if (!req.session) return next(noSession());
    req.session.destroy((error) => {
      if (error) return next(error);
      const { path, domain } = cookie ?? {};
      res.clearCookie(name, { ...(path ? { path } : {}), ...(domain ? { domain } : {}) });
      done(res);
    });
  };
  return {
    ...handlers,
    session: 'store',
    login(req, res, next) {
      if (!req.session) return next(noSession());
      const remember = (error) => {
        if (error) return next(error);
        Object.assign(req.session, members);
        done(res, { user });
      };
      if (regenerateOnLogin) req.session.regenerate(remember);
      else remember();
    },
    logout,
    // All sessions with a login go: the store is what makes that possible.
    logoutAll(req, res, next) {
      if (!req.session) return next(noSession());
      const store = req.sessionStore;
      store.all((error, known) => {
        if (error) return next(error);
        for (const [id, session] of Object.entries(known)) if (userOf(session)) store.destroy(id);
        logout(req, res, next);
      });
    },
  };
}

// The guard in front of what only members may see.
export function requireLogin(login) {
  return (req, res, next) => {
    req.user = login.identify(req);
    if (req.user) next();
    else login.refuse(req, res);
  };
}

export function loginRoutes(router, login) {
  router.post('/login', (req, res, next) => {
    const { email, password: given } = req.body ?? {};
    if (typeof email !== 'string' || typeof given !== 'string')
      return res.status(400).json({ error: 'email and password required' });
    if (email !== user.email || given !== password) return denied(res, 'invalid credentials');
    login.login(req, res, next);
  });
  router.get('/me', (req, res, next) => login.me(req, res, next));
  router.post('/logout', (req, res, next) => login.logout(req, res, next));
  if (!login.session) return;
  router.get('/visits', (req, res, next) => {
    if (!req.session) return next(noSession());
    req.session.visits = (req.session.visits || 0) + 1;
    res.json({ visits: req.session.visits });
  });
}
