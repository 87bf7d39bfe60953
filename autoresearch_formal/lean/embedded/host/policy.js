"use strict";
/* Which files a Lean process may touch.

   Every path is made absolute and free of symbolic links before it is compared with the allowed
   folders, and that resolved path is the one that is then opened, so that a link cannot lead out.
   Links are never created under a policy. Ancestors of an allowed folder may be looked at (not
   listed or read): resolving a path walks through them. */

const fs = require("fs");
const path = require("path");

const denied = () => Object.assign(new Error("denied by policy"), { code: "EACCES" });
const under = (root, file) => file === root || file.startsWith(root === "/" ? root : root + "/");

/* The path without symbolic links; its tail need not exist. */
function resolve(file) {
  let head = path.resolve(file);
  const tail = [];
  for (;;) {
    try {
      return path.join(fs.realpathSync(head), ...tail);
    } catch (fault) {
      if (fault.code !== "ENOENT" && fault.code !== "ENOTDIR") throw fault;
      // a dangling link must not pass as "does not exist yet"
      let link = false;
      try { link = fs.lstatSync(head).isSymbolicLink(); } catch { /* does not exist */ }
      if (link || head === "/") throw denied();
      tail.unshift(path.basename(head));
      head = path.dirname(head);
    }
  }
}

/* Four questions, each answered with the path to use or an EACCES exception: may this file be
   read, written, looked at (stat), looked at without following a final link? `link` refuses to
   create a link. */
module.exports = ({ read, write }) => {
  if (read === null || write === null) {
    const any = file => file;
    return { read: any, write: any, look: any, lookAtLink: any, link: () => {} };
  }
  const readable = [...read, ...write];
  const devices = ["/dev/null", "/dev/urandom"]; // opened by the runtime itself as it starts
  const ancestor = file => readable.some(root => root !== file && under(file, root));

  /* Real paths of folders that this process can read and not write: nothing it does can change
     them, so each is resolved once (an import asks for thousands of files). */
  const settled = new Map();
  const lasting = folder => !write.some(root => under(root, folder));
  function settle(folder) {
    if (!lasting(folder) || !mayRead(folder) || !fs.existsSync(folder)) return null;
    const real = resolve(folder);
    return lasting(real) && mayRead(real) ? real : null;
  }
  function resolved(file) {
    const folder = path.dirname(file);
    if (!settled.has(folder)) settled.set(folder, settle(folder));
    const real = settled.get(folder);
    if (real === null) return resolve(file);
    const here = path.join(real, path.basename(file));
    const link = fs.lstatSync(here, { throwIfNoEntry: false })?.isSymbolicLink();
    return link ? resolve(file) : here;
  }
  function admit(file, allowed) {
    const real = resolved(path.resolve(file));
    if (allowed(real)) return real;
    throw denied();
  }
  const mayRead = real => devices.includes(real) || readable.some(root => under(root, real));
  const mayWrite = real =>
    real === "/dev/null" || write.some(root => under(root, real) && real !== root);
  /* An ancestor of an allowed folder shows itself as some folder, and nothing more. */
  const look = file => (ancestor(path.resolve(file)) ? __dirname : admit(file, mayRead));

  return {
    read: file => admit(file, mayRead),
    write: file => admit(file, mayWrite),
    look,
    lookAtLink: file => (look(file) === __dirname ? __dirname : file),
    link() { throw denied(); },
  };
};
