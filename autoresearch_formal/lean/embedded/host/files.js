"use strict";
/* File system calls. Every thread makes its own, with real descriptors; Emscripten's emulation,
   which sends each call to the main thread, costs about a millisecond a call.
   Positions and kinds of open files are shared between threads. */

const fs = require("fs");
const path = require("path");
const { isMainThread } = require("worker_threads");

const UNKNOWN = 0, REGULAR = 1, APPEND = 2, FOLDER = 3, OTHER = 4;
const O_CREAT = 64, O_APPEND = 1024, O_NONBLOCK = 2048, O_ACCMODE = 3;
const O_KEPT = 3 | 64 | 128 | 512 | 1024 | 65536 | 131072 | 1052672;
const AT_FDCWD = -100, AT_REMOVEDIR = 512, AT_SYMLINK_NOFOLLOW = 256;
const EINVAL = 28, ENOTTY = 59, ERANGE = 68, ESPIPE = 70, ENOMEM = 48;
const DIRENT = 280; // bytes of one directory entry

const fault = code => Object.assign(new Error(code), { code });
const sleep = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);

/* The build prints debug lines of its own; they never reach the user. */
function withoutDebugLines(show) {
  let rest = "";
  let skipping = false;
  return bytes => {
    if (show) return bytes;
    rest += bytes.toString("utf8");
    let kept = "";
    for (let end; (end = rest.indexOf("\n")) >= 0; rest = rest.slice(end + 1)) {
      const line = rest.slice(0, end);
      if (line.startsWith("[DEBUG:")) skipping = true;
      else if (!(skipping && /^  (- .*\.olean|mainModule\?)/.test(line))) {
        skipping = false;
        kept += line + "\n";
      }
    }
    const mayBeDebug = "[DEBUG:".startsWith(rest.slice(0, 7)) || rest.startsWith("  ");
    if (rest && !mayBeDebug) {
      kept += rest;
      rest = "";
    }
    return Buffer.from(kept);
  };
}

module.exports = (memory, shared, policy) => {
  const { u8, i16, i32, u32, i64, errnos, text, putText, textLength } = memory;
  const position = new Float64Array(shared.files, 0, 65536);
  const kind = new Uint8Array(shared.files, 8 * 65536, 65536);
  const folders = new Map(); // descriptor -> path, of folders that this thread opened
  const filter = withoutDebugLines(shared.debug);

  const errno = error => {
    const aliases = { UNKNOWN: EINVAL, ERR_ACCESS_DENIED: errnos.EACCES };
    const number = aliases[error?.code] ?? errnos[error?.code];
    if (!number) throw error;
    return number;
  };
  const negative = call => (...args) => {
    try { return call(...args); } catch (error) { return -errno(error); }
  };
  const wasi = call => (...args) => {
    try { return call(...args) | 0; } catch (error) { return errno(error); }
  };

  const pathAt = (folder, pointer) => {
    const name = text(pointer);
    if (name === "" && folder === AT_FDCWD) throw fault("ENOENT");
    if (name[0] === "/" || folder === AT_FDCWD) return path.resolve(name);
    const base = folders.get(folder);
    if (base === undefined) throw fault("EBADF");
    return path.join(base, name);
  };
  const own = fd => {
    if (fd < 0 || fd > 65535 || kind[fd] === UNKNOWN) throw fault("EBADF");
    return kind[fd];
  };
  const seekable = fd => fd > 2 && (own(fd) === REGULAR || kind[fd] === APPEND);
  if (isMainThread) kind.fill(OTHER, 0, 3);

  /* The runtime's main thread must not block in read(0): it serves calls that other threads send
     to it (starting a thread, for one). */
  let stdin = null;
  const openStdin = () => {
    const stat = fs.fstatSync(0);
    if (!stat.isFIFO() && !stat.isSocket()) return 0;
    try { return fs.openSync("/proc/self/fd/0", O_NONBLOCK); } catch { return 0; }
  };
  function readStream(fd, buffer) {
    let from = fd;
    if (fd === 0 && isMainThread) from = stdin ??= openStdin();
    for (;;) {
      try {
        return fs.readSync(from, buffer, 0, buffer.length, null);
      } catch (error) {
        if (error.code === "EOF") return 0;
        if (error.code !== "EAGAIN") throw error;
        if (isMainThread) memory.checkMailbox();
        sleep();
      }
    }
  }
  function writeStream(fd, bytes) {
    for (let done = 0; done < bytes.length;) {
      try {
        done += fs.writeSync(fd, bytes, done, bytes.length - done);
      } catch (error) {
        if (error.code !== "EAGAIN") throw error;
        sleep();
      }
    }
  }
  /* The (address, length) pairs of an iovec array. */
  function* vectors(pointer, count) {
    const words = u32();
    for (let i = 0; i < count; i++) yield [words[(pointer >> 2) + 2 * i], words[(pointer >> 2) + 2 * i + 1]];
  }
  /* Fill the vectors from a file, from `at` on; how many bytes there were. */
  function readAt(fd, pointer, count, at) {
    let total = 0;
    for (const [address, length] of vectors(pointer, count)) {
      let done = 0;
      while (done < length) {
        const got = fs.readSync(fd, u8(), address + done, length - done, at + total + done);
        if (got === 0) break;
        done += got;
      }
      total += done;
      if (done < length) break;
    }
    return total;
  }
  const gather = (pointer, count) =>
    Buffer.concat(Array.from(vectors(pointer, count), ([address, length]) =>
      Buffer.from(u8().slice(address, address + length))));

  const stat = (pointer, entry) => memory.writeStat(pointer, entry);

  return {
    __syscall_openat: negative((folder, pointer, flags, varargs) => {
      const writes = (flags & O_ACCMODE) !== 0 || (flags & O_CREAT) !== 0;
      const name = pathAt(folder, pointer);
      const file = writes ? policy.write(name) : policy.read(name);
      const mode = varargs ? u32()[varargs >> 2] : 0;
      const fd = fs.openSync(file, flags & O_KEPT, mode & 0o777);
      const entry = fs.fstatSync(fd);
      kind[fd] = entry.isFile() ? (flags & O_APPEND ? APPEND : REGULAR) : entry.isDirectory() ? FOLDER : OTHER;
      position[fd] = 0;
      if (kind[fd] === FOLDER) folders.set(fd, file);
      return fd;
    }),
    fd_close: wasi(fd => {
      own(fd);
      if (fd > 2) {
        kind[fd] = UNKNOWN;
        folders.delete(fd);
        fs.closeSync(fd);
      }
      return 0;
    }),
    fd_read: wasi((fd, pointer, count, result) => {
      let total = 0;
      if (seekable(fd)) {
        total = readAt(fd, pointer, count, position[fd]);
        position[fd] += total;
      } else {
        let wanted = 0;
        for (const [, length] of vectors(pointer, count)) wanted += length;
        const buffer = Buffer.allocUnsafe(wanted);
        total = readStream(fd, buffer);
        let taken = 0;
        for (const [address, length] of vectors(pointer, count)) {
          const part = Math.min(length, total - taken);
          if (part > 0) u8().set(buffer.subarray(taken, taken + part), address);
          taken += part;
        }
      }
      u32()[result >> 2] = total;
      return 0;
    }),
    fd_write: wasi((fd, pointer, count, result) => {
      const all = gather(pointer, count);
      const bytes = fd === 2 ? filter(all) : all;
      if (own(fd) === REGULAR) {
        for (let done = 0; done < bytes.length;)
          done += fs.writeSync(fd, bytes, done, bytes.length - done, position[fd] + done);
        position[fd] += bytes.length;
      } else writeStream(fd, bytes);
      u32()[result >> 2] = all.length;
      return 0;
    }),
    fd_pread: wasi((fd, pointer, count, offset, result) => {
      own(fd);
      u32()[result >> 2] = readAt(fd, pointer, count, Number(offset));
      return 0;
    }),
    fd_pwrite: wasi((fd, pointer, count, offset, result) => {
      own(fd);
      u32()[result >> 2] = fs.writeSync(fd, gather(pointer, count), 0, undefined, Number(offset));
      return 0;
    }),
    fd_seek: wasi((fd, offset, whence, result) => {
      if (!seekable(fd)) {
        if (kind[fd] !== FOLDER && !fs.fstatSync(fd).isCharacterDevice()) return ESPIPE;
        i64()[result >> 3] = 0n;
        return fd < 3 ? ESPIPE : 0;
      }
      const start = whence === 0 ? 0 : whence === 1 ? position[fd] : fs.fstatSync(fd).size;
      const target = start + Number(offset);
      if (target < 0) return EINVAL;
      position[fd] = target;
      i64()[result >> 3] = BigInt(target);
      return 0;
    }),
    fd_sync: wasi(fd => {
      if (own(fd) && fd > 2) fs.fsyncSync(fd);
      return 0;
    }),
    fd_fdstat_get: wasi((fd, pointer) => {
      const types = { [REGULAR]: 4, [APPEND]: 4, [FOLDER]: 3, [OTHER]: 2 };
      u8()[pointer] = types[own(fd)];
      i16()[(pointer + 2) >> 1] = 0;
      i64()[(pointer + 8) >> 3] = 0n;
      i64()[(pointer + 16) >> 3] = 0n;
      return 0;
    }),
    __syscall_fstat64: negative((fd, out) => (own(fd), stat(out, fs.fstatSync(fd)))),
    __syscall_stat64: negative((name, out) => stat(out, fs.statSync(policy.look(pathAt(AT_FDCWD, name))))),
    __syscall_lstat64: negative((name, out) =>
      stat(out, fs.lstatSync(policy.lookAtLink(pathAt(AT_FDCWD, name))))),
    __syscall_newfstatat: negative((folder, name, out, flags) => {
      const file = pathAt(folder, name);
      if (flags & AT_SYMLINK_NOFOLLOW) return stat(out, fs.lstatSync(policy.lookAtLink(file)));
      return stat(out, fs.statSync(policy.look(file)));
    }),
    __syscall_faccessat: negative((folder, name, mode) => {
      fs.accessSync(policy.look(pathAt(folder, name)), mode & 7);
      return 0;
    }),
    __syscall_mkdirat: negative((folder, name, mode) => {
      fs.mkdirSync(policy.write(pathAt(folder, name)), mode & 0o777);
      return 0;
    }),
    __syscall_rmdir: negative(name => {
      fs.rmdirSync(policy.write(pathAt(AT_FDCWD, name)));
      return 0;
    }),
    __syscall_unlinkat: negative((folder, name, flags) => {
      const file = policy.write(pathAt(folder, name));
      if (flags & AT_REMOVEDIR) fs.rmdirSync(file);
      else fs.unlinkSync(file);
      return 0;
    }),
    __syscall_renameat: negative((from, source, to, target) => {
      fs.renameSync(policy.write(pathAt(from, source)), policy.write(pathAt(to, target)));
      return 0;
    }),
    __syscall_symlinkat: negative((target, folder, name) => {
      policy.link();
      fs.symlinkSync(text(target), pathAt(folder, name));
      return 0;
    }),
    __syscall_readlinkat: negative((folder, name, out, size) => {
      const file = policy.lookAtLink(pathAt(folder, name));
      const bytes = Buffer.from(fs.readlinkSync(file));
      const length = Math.min(size, bytes.length);
      u8().set(bytes.subarray(0, length), out);
      return length;
    }),
    __syscall_chmod: negative((name, mode) => {
      fs.chmodSync(policy.write(pathAt(AT_FDCWD, name)), mode & 0o777);
      return 0;
    }),
    __syscall_fchmod: negative((fd, mode) => {
      own(fd);
      fs.fchmodSync(fd, mode & 0o777);
      return 0;
    }),
    __syscall_ftruncate64: negative((fd, length) => {
      own(fd);
      fs.ftruncateSync(fd, Number(length));
      return 0;
    }),
    __syscall_truncate64: negative((name, length) => {
      fs.truncateSync(policy.write(pathAt(AT_FDCWD, name)), Number(length));
      return 0;
    }),
    __syscall_utimensat: negative((folder, name) => {
      const now = Date.now() / 1000;
      fs.utimesSync(policy.write(pathAt(folder, name)), now, now);
      return 0;
    }),
    __syscall_getcwd: negative((out, size) => {
      const folder = process.cwd();
      const length = textLength(folder) + 1;
      if (size < length) return -ERANGE;
      putText(folder, out, size);
      return length;
    }),
    __syscall_chdir: negative(name => {
      policy.read(pathAt(AT_FDCWD, name));
      throw fault("EPERM"); // the working folder of a process never changes
    }),
    __syscall_fcntl64: negative((fd, command) => {
      own(fd);
      return [1, 2, 3, 4, 6, 7, 13, 14].includes(command) ? 0 : -EINVAL;
    }),
    __syscall_ioctl: () => -ENOTTY,
    __syscall_getdents64: negative((fd, out, size) => {
      if (own(fd) !== FOLDER || !folders.has(fd)) throw fault("ENOTDIR");
      const found = fs.readdirSync(folders.get(fd), { withFileTypes: true })
        .map(entry => [entry.name, entry.isDirectory() ? 4 : entry.isSymbolicLink() ? 10 : 8]);
      const entries = [[".", 4], ["..", 4], ...found];
      let index = Math.floor(position[fd] / DIRENT);
      let written = 0;
      for (; index < entries.length && written + DIRENT <= size; index++, written += DIRENT) {
        const at = out + written;
        i64()[at >> 3] = BigInt(index + 1);
        i64()[(at + 8) >> 3] = BigInt((index + 1) * DIRENT);
        i16()[(at + 16) >> 1] = DIRENT;
        u8()[at + 18] = entries[index][1];
        putText(entries[index][0], at + 19, 256);
      }
      position[fd] = index * DIRENT;
      return written;
    }),
    /* Lean maps .olean files; here they are read into fresh, 64 KiB-aligned memory. */
    _mmap_js: negative((length, protection, flags, fd, offset, allocated, address) => {
      own(fd);
      const size = (length + 65535) & ~65535;
      const start = memory.allocate(65536, size);
      if (!start) return -ENOMEM;
      let done = 0;
      while (done < length) {
        const got = fs.readSync(fd, u8(), start + done, length - done, Number(offset) + done);
        if (got === 0) break;
        done += got;
      }
      u8().fill(0, start + done, start + size);
      i32()[allocated >> 2] = 1;
      u32()[address >> 2] = start;
      return 0;
    }),
    _munmap_js: () => 0,
    _msync_js: () => 0,
  };
};
