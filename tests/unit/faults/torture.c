/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The seams to the system: the calls through which GLib, libsoup, libsecret and SQLite reach files, sockets
 * and the random numbers of the kernel. A program that links this has them before the C library, and can have
 * the n-th of them fail with what it fails with in the field. */

#include "config.h"

#include "torture.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>

static int armed;
static int n_calls;
static int fail_at;
static const char *failed;
static _Thread_local gboolean spared;

/* From now on the call number @at fails; 0: none, they are only counted. */
void
torture_arm (guint at)
{
  g_atomic_int_set (&n_calls, 0);
  g_atomic_int_set (&fail_at, (int) at);
  g_atomic_pointer_set (&failed, NULL);
  g_atomic_int_set (&armed, TRUE);
}

/* Returns: how many calls there were */
guint
torture_disarm (void)
{
  g_atomic_int_set (&armed, FALSE);

  return (guint) g_atomic_int_get (&n_calls);
}

/* The call that failed, or NULL: it was not reached. */
const char *
torture_get_name (void)
{
  return g_atomic_pointer_get (&failed);
}

/* The calling thread plays somebody else: the browser, the server. */
void
torture_spare (gboolean spare)
{
  spared = spare;
}

static gboolean
must_fail (const char *name)
{
  if (spared || !g_atomic_int_get (&armed) ||
      g_atomic_int_add (&n_calls, 1) + 1 != g_atomic_int_get (&fail_at))
    return FALSE;

  g_atomic_pointer_set (&failed, name);

  return TRUE;
}

/* Pipes and event counters are how threads wake each other within the process: they do not fail. */
static gboolean
is_file (int fd)
{
  struct stat info;

  return fd > 2 && fstat (fd, &info) == 0 && S_ISREG (info.st_mode);
}

static gboolean
is_socket (int fd)
{
  struct stat info;

  return fd > 2 && fstat (fd, &info) == 0 && S_ISSOCK (info.st_mode);
}

/* A connection that was reset stays so. */
static int
reset (int fd)
{
  shutdown (fd, SHUT_RDWR);

  return ECONNRESET;
}

/* The names of the C library are given to functions of other names, so that the headers' own ideas of them
 * do not matter. */
#define SEAM(type, name, code, condition, parameters, arguments) \
  type torture_ ## name parameters __asm__ (#name); \
  type \
  torture_ ## name parameters \
  { \
    static type (*real) parameters; \
    if (real == NULL) \
      real = (type (*) parameters) dlsym (RTLD_NEXT, #name); \
    if ((condition) && must_fail (#name)) \
      { \
        errno = (code); \
        return -1; \
      } \
    return real arguments; \
  }

#define OPEN_SEAM(name) \
  int torture_ ## name (const char *path, int flags, ...) __asm__ (#name); \
  int \
  torture_ ## name (const char *path, int flags, ...) \
  { \
    static int (*real) (const char *, int, ...); \
    mode_t mode = 0; \
    if (real == NULL) \
      real = (int (*) (const char *, int, ...)) dlsym (RTLD_NEXT, #name); \
    if ((flags & (O_CREAT | O_TMPFILE)) != 0) \
      { \
        va_list list; \
        va_start (list, flags); \
        mode = va_arg (list, mode_t); \
        va_end (list); \
      } \
    if (must_fail (#name)) \
      { \
        errno = EMFILE; \
        return -1; \
      } \
    return real (path, flags, mode); \
  }

OPEN_SEAM (open)
OPEN_SEAM (open64)
SEAM (ssize_t, write, is_file (fd) ? ENOSPC : reset (fd), is_file (fd) || is_socket (fd),
      (int fd, const void *bytes, size_t length), (fd, bytes, length))
SEAM (ssize_t, pwrite64, ENOSPC, TRUE,
      (int fd, const void *bytes, size_t length, off_t at), (fd, bytes, length, at))
SEAM (int, fsync, EIO, TRUE, (int fd), (fd))
SEAM (int, fdatasync, EIO, TRUE, (int fd), (fd))
SEAM (int, ftruncate64, EIO, TRUE, (int fd, off_t length), (fd, length))
SEAM (int, rename, EACCES, TRUE, (const char *from, const char *to), (from, to))
SEAM (int, mkdir, EACCES, TRUE, (const char *path, mode_t mode), (path, mode))
SEAM (int, socket, EMFILE, TRUE, (int domain, int type, int protocol), (domain, type, protocol))
SEAM (int, connect, ENETUNREACH, TRUE,
      (int fd, const struct sockaddr *address, socklen_t length), (fd, address, length))
SEAM (int, bind, EADDRINUSE, TRUE,
      (int fd, const struct sockaddr *address, socklen_t length), (fd, address, length))
SEAM (int, listen, EADDRINUSE, TRUE, (int fd, int backlog), (fd, backlog))
SEAM (int, accept, EMFILE, TRUE,
      (int fd, struct sockaddr *address, socklen_t *length), (fd, address, length))
SEAM (ssize_t, send, reset (fd), is_socket (fd),
      (int fd, const void *bytes, size_t length, int flags), (fd, bytes, length, flags))
SEAM (ssize_t, sendmsg, reset (fd), TRUE,
      (int fd, const struct msghdr *message, int flags), (fd, message, flags))
SEAM (ssize_t, recv, reset (fd), TRUE,
      (int fd, void *bytes, size_t length, int flags), (fd, bytes, length, flags))
SEAM (ssize_t, recvmsg, reset (fd), TRUE, (int fd, struct msghdr *message, int flags),
      (fd, message, flags))
SEAM (ssize_t, getrandom, ENOSYS, TRUE,
      (void *bytes, size_t length, unsigned int flags), (bytes, length, flags))
