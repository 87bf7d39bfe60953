#!/usr/bin/env bash
# Install vLLM for a machine without a GPU, into an environment of its own.
#
# usage: scripts/install_cpu_serve.sh [FOLDER]
#
# Versions and hashes are those of requirements/serve.lock. The default folder is in the user's
# cache, one for each version of the lock file; `autoresearch serve` finds it there. Nothing is
# done if it is complete already. 2.4 GB; a minute with uv, three with pip.
set -euo pipefail
cd "$(dirname "$0")/.."

python=${PYTHON:-python3}
[ -x .venv/bin/python ] && python=.venv/bin/python
key=$(sha256sum requirements/serve.lock | cut -c1-12)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/autoresearch-formal
folder=${1:-$cache/serve-$key}

if [ -f "$folder/.complete" ]; then
  echo "vLLM is in $folder"
  exit 0
fi
"$python" -c 'import sys; sys.exit("Python 3.11 is needed: the lock file holds its wheels") if sys.version_info[:2] != (3, 11) else None'
mkdir -p "$(dirname "$folder")"
rm -rf "$folder"
"$python" -m venv "$folder"

# The CPU build of torch has an index of its own; where it can be had elsewhere it is taken there.
install=(--no-deps --require-hashes -r requirements/serve.lock)
torch_index=${TORCH_CPU_INDEX:-https://download.pytorch.org/whl/cpu}
# Compiled now: a server that compiles while it starts takes twice as long.
if uv=$(command -v uv || ls .venv/bin/uv 2>/dev/null); then
  links=()
  [ -n "${PIP_FIND_LINKS:-}" ] && links=(--find-links "$PIP_FIND_LINKS")
  "$uv" pip install -q --python "$folder/bin/python" --compile-bytecode "${links[@]}" "${install[@]}" ||
    "$uv" pip install -q --python "$folder/bin/python" --compile-bytecode \
      --index-strategy unsafe-best-match --extra-index-url "$torch_index" "${install[@]}"
else
  "$folder/bin/python" -m pip install --quiet --disable-pip-version-check "${install[@]}" ||
    "$folder/bin/python" -m pip install --quiet --disable-pip-version-check \
      --extra-index-url "$torch_index" "${install[@]}"
fi
"$folder/bin/python" -c 'import torch, vllm; print("vLLM", vllm.__version__, "with torch", torch.__version__)'
touch "$folder/.complete"
echo "vLLM is in $folder"
