# `make` alone says what there is. Everything lives in .venv.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help setup run page check types imports page-check test screenshots lock clean

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
# What is linted, typed and imported: the rooms that exist so far.
ROOMS := $(wildcard domain prompts tools graph nodes server sandbox evals bench tests)
# So many tests at a time; `make test WORKERS=1` runs them one after the other.
WORKERS := $(shell n=$$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2); echo $$((n > 4 ? 4 : n)))
PYTEST := $(BIN)/pytest -q --numprocesses $(WORKERS) --dist worksteal
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq

help: ## Say what there is
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 16

setup: $(STAMP) page ## Make .venv and install what the lock files name; build the page

# A python3.x on the path may be a shim that does not run: each is tried.
$(STAMP): requirements-dev.lock pyproject.toml
	@python=; \
	for name in $${PYTHON:-} python3.13 python3.12 python3.11 python3; do \
		if "$$name" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null; \
		then python=$$name; break; fi; \
	done; \
	if [ -x $(BIN)/python ] && $(BIN)/python -c '' 2>/dev/null; then echo "Using $(VENV)."; \
	elif [ -n "$$python" ]; then \
		echo "Making $(VENV) with $$("$$python" --version)."; rm -rf $(VENV); "$$python" -m venv $(VENV); \
	else echo "Recado needs Python 3.11, 3.12 or 3.13 with venv; install one, or name it: make PYTHON=/path/to/python" >&2; exit 1; fi
	@echo "Installing what requirements-dev.lock names; this takes a minute or two the first time."
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@echo "Installing Recado."
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $(STAMP)

# The page is built where Node is; without it everything else works, and `/` says what is missing.
PAGE := dashboard/dist/index.html
PAGE_SOURCES := $(shell find dashboard -path dashboard/node_modules -prune -o -path dashboard/dist -prune -o -type f -print 2>/dev/null)
MODULES := dashboard/node_modules/.package-lock.json
NEW_NODE := node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)' 2>/dev/null

page: ## Build the page into dashboard/dist
	@if $(NEW_NODE) && command -v npm >/dev/null; then $(MAKE) --no-print-directory $(PAGE); \
	else echo "The page is not built: it needs Node 20.19 or newer and npm. Everything else works."; fi

$(MODULES): dashboard/package.json dashboard/package-lock.json
	@echo "Installing what dashboard/package-lock.json names."
	@cd dashboard && npm ci --silent --no-fund --no-audit
	@touch $(MODULES)

$(PAGE): $(MODULES) $(PAGE_SOURCES)
	@echo "Building the page."
	@cd dashboard && npm run --silent build -- --logLevel warn

run: $(STAMP) page ## Run Recado in the foreground; as a demo until a channel is configured
	@exec $(BIN)/recado serve

check: $(STAMP) ## Format, lint, types, imports and the fast tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	@$(MAKE) --no-print-directory --jobs $(WORKERS) types imports page-check
	$(PYTEST) -m 'not slow' $(wildcard tests/unit tests/flow)
	@if ! { $(NEW_NODE) && command -v npm >/dev/null; }; then \
		echo "make check needs Node 20.19 or newer and npm for the page" >&2; exit 1; fi

# Parts of make check that keep one processor busy each, the types for minutes: side by side.
types:
	$(BIN)/mypy $(ROOMS)

imports:
	$(BIN)/lint-imports

page-check:
	@if $(NEW_NODE) && command -v npm >/dev/null; then $(MAKE) --no-print-directory $(MODULES) && cd dashboard && npm run --silent check; fi

# The browser tests need Debian's Chromium; root on Debian gets it, others are told what to install.
test: $(STAMP) page ## Every test; with AFTER=check those that make check has not run
	@if [ ! -x /usr/bin/chromium ] && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing Chromium for the browser tests."; \
		apt-get update -qq && apt-get install -y -qq chromium >/dev/null; fi
	$(PYTEST) --durations=20 $(if $(filter check,$(AFTER)),--after-check)

screenshots: $(STAMP) page ## Take the pictures of the page anew, into docs/pictures
	$(BIN)/python -m tests.browser.screenshots

lock: $(STAMP) ## Work out the lock files anew; needs uv
	@command -v uv >/dev/null || { echo "make lock needs uv" >&2; exit 1; }
	@for kind in "" -dev; do \
		echo "Working out requirements$$kind.lock."; \
		uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
			--no-header --no-annotate $${kind:+--extra dev} --output-file requirements$$kind.lock; \
	done

clean: ## Remove what was made, but not the data in .recado
	rm -rf $(VENV) dashboard/node_modules dashboard/dist build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
