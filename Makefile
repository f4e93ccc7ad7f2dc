# The commands of the house. `make` alone lists them.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
READY := .venv/.ready
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# Which tests, and how: make test TESTS=tests/config PYTEST=-x
TESTS ?=
PYTEST ?= -n auto
LOCK ?=

.DEFAULT_GOAL := help
.PHONY: help setup run test check static lint types floors bench lock schema

help:  ## this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 16

setup: $(READY)  ## make .venv with everything the site, its tests and its checks need

# Made anew when the lock or the project file changes; otherwise nothing is done.
$(READY): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "sitrep needs Python 3.11 or newer: make PYTHON=/path/to/python3"; exit 1; }
	@echo "Setting up .venv with $(PYTHON) (a minute, the first time) ..."
	@test -x $(BIN)/python && $(BIN)/python -c 'import pip' 2>/dev/null || $(PYTHON) -m venv --clear .venv
	@$(PIP) install --requirement requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

run: setup  ## publish what lies in feeds/, serve it here, and publish every further drop
	@$(BIN)/python sitegen.py

test: setup  ## run the tests
	$(BIN)/python -m pytest $(PYTEST) $(TESTS)

check: test static  ## everything that must hold before a change is shared

static: lint types floors  ## the checks that run no tests

lint: setup  ## ruff
	$(BIN)/ruff check .

types: setup  ## mypy --strict
	$(BIN)/mypy

floors: setup  ## a module imports only from floors below its own
	$(BIN)/lint-imports

bench: setup  ## measure builds of 1,000 and 10,000 updates
	$(BIN)/python -m bench

schema: setup  ## write docs/config.schema.json, for editors
	$(BIN)/python -c 'import json; from sitrep.config.load import config_schema; \
		print(json.dumps(config_schema(), indent=2, ensure_ascii=False))' > docs/config.schema.json

lock: setup  ## write requirements.lock from pyproject.toml; with LOCK=--upgrade the newest versions
	$(PIP) install pip-tools
	CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet $(LOCK) --all-extras --strip-extras \
		--no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
		--output-file requirements.lock pyproject.toml
