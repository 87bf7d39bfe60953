"use strict";
/* System calls that the embedded Lean never gets: processes, sockets, devices, foreign code.
   EPERM for anyone who tries; nothing in Lean's own work needs them. */

const EPERM = 63;
const NAMES = [
  "__syscall_accept4", "__syscall_bind", "__syscall_connect", "__syscall_getpeername",
  "__syscall_getsockname", "__syscall_getsockopt", "__syscall_listen", "__syscall_recvfrom",
  "__syscall_recvmsg", "__syscall_sendmsg", "__syscall_sendto", "__syscall_socket",
  "__syscall_dup", "__syscall_dup3", "__syscall_pipe", "__syscall_poll", "__syscall__newselect",
  "__syscall_mknodat", "__syscall_fchdir", "__syscall_fchownat", "__syscall_fchown32",
  "__syscall_fchmodat2", "__syscall_fallocate", "__syscall_fadvise64", "__syscall_fdatasync",
  "__syscall_statfs64", "__syscall_fstatfs64", "_emscripten_system",
];

const refusals = () => {
  const table = Object.fromEntries(NAMES.map(name => [name, () => -EPERM]));
  for (const name of ["_dlopen_js", "_emscripten_dlopen_js", "emscripten_wget_data",
                      "getaddrinfo", "getnameinfo"])
    table[name] = () => { throw new Error(`${name}: refused`); };
  return table;
};

module.exports = refusals;
