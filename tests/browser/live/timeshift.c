/* SPDX-FileCopyrightText: Roundtrip contributors
 * SPDX-License-Identifier: MIT */
/* Shifts the clock of one process: Chromium's network service (cookie expiry and
 * the preflight cache live there).  LD_PRELOAD this library and set
 * TIMESHIFT_FILE to a file that holds one native int64: the shift in
 * microseconds.  Rewriting the file moves the clock; it must never go back. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

static volatile int64_t *shift_us;
static int (*real_gettime)(clockid_t, struct timespec *);
static int (*real_tod)(struct timeval *, void *);
static int (*real_ctw)(pthread_cond_t *, pthread_mutex_t *, const struct timespec *);
static int (*real_ccw)(pthread_cond_t *, pthread_mutex_t *, clockid_t, const struct timespec *);
static int (*real_tfd)(int, int, const struct itimerspec *, struct itimerspec *);

static int64_t shift(void) { return shift_us ? *shift_us : 0; }

static void move(struct timespec *t, int64_t us) {
  int64_t ns = (int64_t)t->tv_nsec + (us % 1000000) * 1000;
  t->tv_sec += us / 1000000 + ns / 1000000000;
  ns %= 1000000000;
  if (ns < 0) { ns += 1000000000; t->tv_sec -= 1; }
  t->tv_nsec = ns;
}

static int shifted_clock(clockid_t c) {
  return c == CLOCK_REALTIME || c == CLOCK_MONOTONIC || c == CLOCK_BOOTTIME ||
         c == CLOCK_MONOTONIC_RAW || c == CLOCK_REALTIME_COARSE || c == CLOCK_MONOTONIC_COARSE;
}

__attribute__((constructor)) static void init(void) {
  real_gettime = dlsym(RTLD_NEXT, "clock_gettime");
  real_tod = dlsym(RTLD_NEXT, "gettimeofday");
  real_ctw = dlsym(RTLD_NEXT, "pthread_cond_timedwait");
  real_ccw = dlsym(RTLD_NEXT, "pthread_cond_clockwait");
  real_tfd = dlsym(RTLD_NEXT, "timerfd_settime");
  const char *f = getenv("TIMESHIFT_FILE");
  if (!f) return;
  char cmd[65536];
  int fd = open("/proc/self/cmdline", O_RDONLY);
  ssize_t n = fd < 0 ? 0 : read(fd, cmd, sizeof cmd - 1);
  if (fd >= 0) close(fd);
  if (n <= 0 || !memmem(cmd, n, "network.mojom.NetworkService", 28)) return;
  fd = open(f, O_RDONLY);
  if (fd < 0) return;
  void *p = mmap(0, 8, PROT_READ, MAP_SHARED, fd, 0);
  close(fd);
  if (p != MAP_FAILED) shift_us = p;
}

int clock_gettime(clockid_t c, struct timespec *t) {
  if (!real_gettime) real_gettime = dlsym(RTLD_NEXT, "clock_gettime");
  int r = real_gettime(c, t);
  if (!r && shift_us && shifted_clock(c)) move(t, shift());
  return r;
}
int gettimeofday(struct timeval *restrict t, void *restrict z) {
  if (!real_tod) real_tod = dlsym(RTLD_NEXT, "gettimeofday");
  int r = real_tod(t, z);
  if (!r && shift_us) {
    struct timespec s = {t->tv_sec, t->tv_usec * 1000L};
    move(&s, shift());
    t->tv_sec = s.tv_sec;
    t->tv_usec = s.tv_nsec / 1000;
  }
  return r;
}
time_t time(time_t *out) {
  struct timespec t;
  clock_gettime(CLOCK_REALTIME, &t);
  if (out) *out = t.tv_sec;
  return t.tv_sec;
}
int pthread_cond_timedwait(pthread_cond_t *restrict c, pthread_mutex_t *restrict m, const struct timespec *restrict t) {
  struct timespec s = *t;
  if (shift_us) move(&s, -shift());
  return real_ctw(c, m, &s);
}
int pthread_cond_clockwait(pthread_cond_t *restrict c, pthread_mutex_t *restrict m, clockid_t k, const struct timespec *restrict t) {
  struct timespec s = *t;
  if (shift_us && shifted_clock(k)) move(&s, -shift());
  return real_ccw(c, m, k, &s);
}
int timerfd_settime(int fd, int flags, const struct itimerspec *n, struct itimerspec *o) {
  struct itimerspec s = *n;
  if (shift_us && (flags & TFD_TIMER_ABSTIME) && (s.it_value.tv_sec || s.it_value.tv_nsec)) move(&s.it_value, -shift());
  return real_tfd(fd, flags, &s, o);
}
