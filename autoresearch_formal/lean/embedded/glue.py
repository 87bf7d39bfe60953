"""Rewrite `lean.js`, the loader that Emscripten generated, to run on `host/`.

Each edit names what it is for and must match exactly once, so that another version of the package
is refused instead of half patched.
"""

from __future__ import annotations

import re


class UnexpectedLoader(ValueError):
    """The file is not the `lean.js` that these edits were written for."""


_IMPORTS = """
var __imports=()=>__host.imports({
  u8:()=>(growMemViews(),HEAPU8), i16:()=>(growMemViews(),HEAP16), i32:()=>(growMemViews(),HEAP32),
  u32:()=>(growMemViews(),HEAPU32), i64:()=>(growMemViews(),HEAP64),
  errnos:ERRNO_CODES, text:UTF8ToString, putText:stringToUTF8, textLength:lengthBytesUTF8,
  writeStat:SYSCALLS.writeStat,
  allocate:(alignment,size)=>_emscripten_builtin_memalign(alignment,size),
  checkMailbox:()=>__emscripten_check_mailbox()});
"""

# (what for, old text, new text)
_EDITS: tuple[tuple[str, str, str], ...] = (
    ("no walk over the exports to fill the GOT", "updateGOT(origExports);", ""),
    (
        "thread-local storage is initialised without a wrapper that walks the exports",
        "PThread.tlsInitFunctions.push(tlsInitWrapper);",
        "PThread.tlsInitFunctions.push(tlsInitFunc);",
    ),
    (
        "no walk over the function table",
        "functionsInTableMap=new WeakMap;updateTableMap(0,wasmTable.length)",
        "functionsInTableMap=new Map",
    ),
    (
        "functions added at run time use the table entries left free for them",
        'return freeTableIndexes.pop()}return wasmTable["grow"](1)',
        'return freeTableIndexes.pop()}return __host.symbols.freeEntry()||wasmTable["grow"](1)',
    ),
    (
        "graphics and sound entries of the GOT are never called",
        "var value=resolveGlobalSymbol(symName,true).sym;if(!value&&!entry.required){",
        "if(/^(emscripten_gl|gl[A-Z]|al[A-Z]|alc[A-Z]|emscripten_alc)/.test(symName))"
        "{entry.value=0;continue}"
        "var value=resolveGlobalSymbol(symName,true).sym;if(!value&&!entry.required){",
    ),
    (
        "a dense mirror of the function table",
        "var wasmTableMirror=[];",
        "var wasmTableMirror=new Array(160000);",
    ),
    (
        "threads started in advance",
        "var pthreadPoolSize=4;",
        "var pthreadPoolSize=__host.threads;",
    ),
    (
        "stack and heap of a thread",
        'workerData:"em-pthread",name:"em-pthread"',
        'workerData:"em-pthread",name:"em-pthread",resourceLimits:__host.limits',
    ),
    (
        "look-ups of one variable see the environment that the host allows",
        "var ENV={};",
        "var ENV=__host.environment;",
    ),
    (
        "listing the environment shows the same, without invented entries",
        "var env={USER:",
        "var env={};if(0)env={USER:",
    ),
    (
        "no mounts: files.js reaches the file system itself",
        "if(isNode){var lean_path=",
        "return;if(isNode){var lean_path=",
    ),
    (
        "constants without an interface that Node's permissions forbid",
        'var flags=process.binding("constants")["fs"];',
        "var flags=fs.constants;",
    ),
    (
        "a main thread with room for real work: the build's own stack is 64 KiB",
        'var entryFunction=resolveGlobalSymbol("main").sym;if(!entryFunction)return;',
        'var entryFunction=resolveGlobalSymbol("main").sym;if(!entryFunction)return;'
        "var __low=_emscripten_builtin_memalign(16,__host.mainStack);"
        "growMemViews();HEAPU8.fill(0,__low,__low+__host.mainStack);"
        "_emscripten_stack_set_limits(__low+__host.mainStack,__low);"
        "__emscripten_stack_restore(__low+__host.mainStack);",
    ),
    (
        "the module comes with its compiled code",
        "wasmBinaryFile??=findWasmBinary();",
        "wasmBinaryFile??=findWasmBinary();var __module=__host.loadModule(wasmBinaryFile);"
        "return receiveInstance(new WebAssembly.Instance(__module,info),__module);",
    ),
    (
        "the compiled code is saved at exit when the installer asks for it",
        "quit_=(status,toThrow)=>{process.exitCode=status;throw toThrow}",
        "quit_=(status,toThrow)=>{process.exitCode=status;__host.atExit(wasmModule);throw toThrow}",
    ),
    (
        "the host's system calls replace the emulated ones",
        "var wasmImports;function assignWasmImports(){",
        _IMPORTS + "var wasmImports;function assignWasmImports(){__assignAll();"
        "Object.assign(wasmImports,__imports())}function __assignAll(){",
    ),
)


def _once(text: str, what: str, old: str, new: str) -> str:
    count = text.count(old)
    if count != 1:
        raise UnexpectedLoader(f"{what}: {count} matches instead of one")
    return text.replace(old, new)


def _between(text: str, start: str, end: str) -> tuple[int, int]:
    first = text.find(start)
    last = text.find(end, first)
    if first < 0 or last < 0:
        raise UnexpectedLoader(f"{start}: not found")
    return first, last


def _without_unused_exports(text: str) -> str:
    """Drop the 200,000 variables and assignments of exports that nothing in the file uses."""
    head = "function assignWasmExports(wasmExports){"
    start, end = _between(text, head, "}")
    lists = re.finditer(r"var ((?:[\w$]+,){1000,}[\w$]+);", text[:start])
    declared = max(lists, key=lambda match: len(match.group()), default=None)
    if declared is None:
        raise UnexpectedLoader("the list of exports is missing")
    before, middle = text[: declared.start()], text[declared.end() : start]
    used = set(re.findall(r"[A-Za-z_$][\w$]*", before + middle + text[end:]))
    kept = [name for name in declared.group(1).split(",") if name in used]
    keep = set(kept)
    assigned = [
        statement
        for statement in text[start + len(head) : end].split(";")
        if (target := re.match(r"[\w$]+(?==)", statement)) is None or target.group() in keep
    ]
    return f"{before}var {','.join(kept)};{middle}{head}{';'.join(assigned)}{text[end:]}"


def rewrite(text: str) -> str:
    """The loader with all edits made; the same input gives the same text.

    Raises `UnexpectedLoader` when an edit does not fit.
    """
    text = _without_unused_exports(text)
    for what, old, new in _EDITS:
        text = _once(text, what, old, new)
    start, end = _between(text, "var __dlsym_js=(", "__dlsym_js.sig=")
    lookup = (
        "var __dlsym_js=(handle,symbol)=>{symbol=UTF8ToString(symbol);"
        "var found=__host.symbols.find(symbol);"
        'if(found<0){dlSetError("unknown symbol "+symbol);return 0}return found};'
    )
    text = text[:start] + lookup + text[end:]
    text = text.replace('console.log("[DEBUG:', '__host.debug("[DEBUG:')
    return 'var __host=require("./host.js");\n' + text
