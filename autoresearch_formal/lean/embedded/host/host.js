"use strict";
/* What the embedded Lean runs on. lean.js loads this file once in every thread.

   The starting process passes one environment variable, LEAN_HOST, a JSON object:
     env      {name: value}: all the environment that Lean sees
     read     folders that may be read, or null for everything
     write    folders that may be written (and read), or null for everything
     threads  worker threads started in advance
     stack    stack of a worker thread in MiB
     code     file with V8's compiled code for lean.wasm, or null
     save     write that file at exit
     debug    true shows the build's own debug lines
   The variable is removed before Lean starts; threads get the settings through Node. */

const fs = require("fs");
const path = require("path");
const threads = require("worker_threads");

const SHARED = "embedded-lean";

function settings() {
  if (!threads.isMainThread) return threads.getEnvironmentData(SHARED);
  const given = JSON.parse(process.env.LEAN_HOST ?? "{}");
  for (const name of Object.keys(process.env)) delete process.env[name];
  const real = folders => folders?.map(folder => fs.realpathSync(folder)) ?? null;
  const table = fs.readFileSync(path.join(__dirname, "symbols.bin"));
  const symbols = new SharedArrayBuffer(table.length);
  new Uint8Array(symbols).set(table);
  const shared = {
    env: given.env ?? {},
    read: real(given.read),
    write: real(given.write),
    threads: given.threads ?? 1,
    stack: given.stack ?? 512,
    code: given.code ?? null,
    save: given.save ?? false,
    debug: given.debug ?? false,
    symbols,
    files: new SharedArrayBuffer(9 * 65536),
  };
  threads.setEnvironmentData(SHARED, shared);
  return shared;
}

const shared = settings();

/* Node's own report of an uncaught exception would print lean.js, which is one long line. */
if (threads.isMainThread)
  process.on("uncaughtException", error => {
    fs.writeSync(2, `Lean stopped: ${error?.stack ?? error}\n`);
    process.exit(1);
  });

/* V8's serialised machine code is accepted only by the same Node with the same flags; otherwise
   the module is compiled afresh, which is slow and correct. */
function loadModule(file) {
  const wire = fs.readFileSync(file);
  if (shared.code !== null && fs.existsSync(shared.code)) {
    const code = fs.readFileSync(shared.code);
    const bytes = code.buffer.slice(code.byteOffset, code.byteOffset + code.length);
    const module = Function("code", "wire", "return %DeserializeWasmModule(code, wire)")(bytes, wire);
    if (module) return module;
  }
  return new WebAssembly.Module(wire);
}

function atExit(module) {
  if (!shared.save || !threads.isMainThread) return;
  const bytes = Function("module", "return %SerializeWasmModule(module)")(module);
  fs.writeFileSync(shared.code, Buffer.from(bytes));
}

const symbols = require("./symbols.js")(shared.symbols);

module.exports = {
  environment: { ...shared.env, LLVM_PROFILE_FILE: "/dev/null" },
  threads: shared.threads,
  mainStack: 8 << 20, // bytes; what Lean expects of a main thread
  limits: { stackSizeMb: shared.stack, maxOldGenerationSizeMb: 4096 },
  symbols,
  imports: memory => ({
    ...require("./exceptions.js")(symbols),
    ...require("./refused.js")(),
    ...require("./files.js")(memory, shared, require("./policy.js")(shared)),
  }),
  debug: shared.debug ? line => fs.writeSync(2, line + "\n") : () => {},
  loadModule,
  atExit,
};
