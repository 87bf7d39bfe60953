"use strict";
/* The function table, and the functions that catch C++ exceptions as WebAssembly code
   (../exceptions.py), which need the table before Lean's module is there. */

const fs = require("fs");
const path = require("path");

module.exports = symbols => {
  const table = new WebAssembly.Table({ element: "anyfunc", initial: symbols.tableSize });
  const entry = name => new WebAssembly.Global({ value: "i32" }, symbols.find(name));
  const host = {
    table,
    isNumber: value => (typeof value === "number" ? 1 : 0),
    thrown: WebAssembly.JSTag,
    getStack: entry("emscripten_stack_get_current"),
    setStack: entry("_emscripten_stack_restore"),
    setThrew: entry("setThrew"),
  };
  const module = new WebAssembly.Module(fs.readFileSync(path.join(__dirname, "exceptions.wasm")));
  const call = new Proxy({}, { get: () => (index, ...args) => table.get(index)(...args) });
  const functions = new WebAssembly.Instance(module, { host, call }).exports;
  return { __indirect_function_table: table, ...functions };
};
