# Two commands matter: `make demo` and `make test`. Everything else serves them.
# Downloads are cached by pip and by the toolchain installer, outside this tree, and are
# verified by hash (requirements/*.lock, autoresearch_formal/lean).

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
JOBS   ?= 2

.PHONY: demo test setup lean lint browser unit lock clean

demo: lean          ## set up, then run the main job: mask, search, verified Lean file
	$(BIN)/autoresearch run inverse-of-product --seconds 120 --workers 1

test: lint lean browser unit ## set up, then every check that CI makes

setup: $(STAMP)     ## virtual environment with exactly the locked packages

$(STAMP): requirements/dev.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; set PYTHON=...") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
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

unit: setup
	$(BIN)/pytest -n $(JOBS) --dist loadgroup

lock:               ## refresh requirements/dev.lock from pyproject.toml (needs uv)
	uv pip compile pyproject.toml --extra dev --generate-hashes --no-emit-index-url --no-header --python-version 3.11 -o requirements/dev.lock

clean:
	rm -rf $(VENV) build .pytest_cache .mypy_cache .ruff_cache .hypothesis
