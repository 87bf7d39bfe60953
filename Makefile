# Two commands matter: `make demo` and `make test`. Everything else serves them.
# Downloads are cached by pip and by the toolchain installer, outside this tree, and are
# verified by hash (requirements/*.lock, autoresearch_formal/lean).

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
TRAIN  := $(VENV)/.train-installed
JOBS   ?= 2

TORCH_CPU_INDEX ?= https://download.pytorch.org/whl/cpu

.PHONY: nano train-env serve-env vllm test-serve demo test check quick setup lean lint browser unit lock clean

demo: lean          ## set up, then run the main job: mask, search, verified Lean file
	$(BIN)/autoresearch run inverse-of-product --seconds 120 --workers 1

test: browser check lean train-env vllm unit ## set up, then every check that CI makes

# A file of tests stays in one worker: its servers are shared, and some count together. Files start
# in the order of tests/conftest.py, long ones first. A worker that crashed ends the run: spread by
# file, pytest-xdist waits for ever for the tests it had left.
# The first tier runs where no Lean can be found, so that a test that needs one says so.
PYTEST := $(BIN)/pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder --max-worker-restart 0
FAST := not lean and not torch and not vllm and not slow
check: setup        ## lint, types, and the quick tests that need neither Lean nor torch
	@$(MAKE) --no-print-directory -j $(JOBS) lint quick

quick: setup
	AUTORESEARCH_CACHE=build/no-toolchain npm_config_offline=true $(PYTEST) -m "$(FAST)"

setup: $(STAMP)     ## virtual environment with exactly the locked packages

$(STAMP): requirements/dev.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; set PYTHON=...") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

train-env: $(TRAIN) ## what training and the neural policy need on top (torch, transformers)

$(TRAIN): requirements/train.lock $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/train.lock \
	  || $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/train.lock --extra-index-url $(TORCH_CPU_INDEX)
	touch $@

lean: setup         ## the Lean toolchain, then the Lean library
	$(BIN)/autoresearch lean install
	$(BIN)/autoresearch lean build

lint: setup
	$(BIN)/ruff check .
	$(BIN)/mypy

browser:            ## headless Chromium for the tests of reports; installed where we may
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null \
	  || { [ "$$(id -u)" = 0 ] && apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core; } >/dev/null 2>&1 \
	  || echo "no Chromium here and no right to install one: its test is skipped (with CI=true it fails)" >&2

serve-env: train-env ## vLLM for the CPU, in the user's cache (2 GB)
	scripts/install_cpu_serve.sh

vllm: train-env     ## the same for `make test`, which goes on without it
	@scripts/install_cpu_serve.sh \
	  || echo "vLLM for the CPU can't be installed here: its tests are skipped" >&2

test-serve: serve-env ## the tests that need a real vLLM, alone
	$(BIN)/pytest tests/inference/test_vllm.py

nano: lean train-env ## the model of models/nano made again, in build/nano: data, then two stages
	$(BIN)/autoresearch data synth --rows 20000 --seed 0 --out build/nano-proofs
	$(BIN)/autoresearch data tries --rows 12000 --seed 0 --out build/nano-tries
	$(BIN)/autoresearch train --size nano --data build/nano-proofs/synth.parquet --seed 0 --epochs 1 --out build/nano-first
	$(BIN)/autoresearch train --init build/nano-first --data build/nano-proofs/synth.parquet \
	  --data build/nano-tries/tries.parquet --seed 0 --epochs 0.6 --rate 0.001 --out build/nano

unit: setup train-env ## the tests that are slow or need Lean, torch or vLLM
	$(PYTEST) --durations 30 --durations-min 5 -m "not ($(FAST))"

COMPILE := $(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --python-version 3.11

lock:               ## refresh the lock files; UV_FIND_LINKS or UV_EXTRA_INDEX_URL may name a place with torch for CPUs
	$(COMPILE) pyproject.toml --extra dev -o requirements/dev.lock
	$(COMPILE) requirements/train.in -c requirements/dev.lock -o requirements/train.lock
	$(COMPILE) requirements/serve.in --override requirements/serve.overrides -o requirements/serve.lock

clean:
	rm -rf $(VENV) build .pytest_cache .mypy_cache .ruff_cache .hypothesis
