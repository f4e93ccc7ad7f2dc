# The commands of the house. `make` alone lists them.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
# The tests start the program hundreds of times: compiled once is a third of the time.
unexport PYTHONDONTWRITEBYTECODE
RUNTIME := .venv/.runtime
READY := .venv/.ready
# Twice quiet: what pip of an older system says of its own future is nobody's concern; faults are told.
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --quiet
# Which tests, and how: make test TESTS=tests/config PYTEST=-x. The tests of a file share what they look at. One
# process more than there are cores works where others wait for a program; no file with much to do comes last.
TESTS ?=
CORES := $(shell getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
PYTEST ?= -n $(shell expr $(CORES) + 1) --dist loadfile --no-loadscope-reorder
# Tests publish a thousand small sites: in memory, where it has room and programs may run there, in half the time.
MEMORY := $(shell test ! -w /dev/shm || grep -qs ' /dev/shm [^ ]* [^ ]*noexec' /proc/mounts || \
	df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 && $$4 > 2000000 {print "/dev/shm"}')
test check: export TMPDIR := $(or $(TMPDIR),$(MEMORY),/tmp)
# make lock LOCK=--upgrade takes the newest versions of all
LOCK ?=
COMPILE = UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes $(LOCK) \
	--no-emit-index-url --no-annotate pyproject.toml

.DEFAULT_GOAL := help
.PHONY: help setup servers run test check static lint types floors house audit sbom fuzz faults linear bench words lock schema

help:  ## this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 16

setup: $(READY)  ## make .venv with everything the site, its tests and its checks need

# Each is made anew when its lock changes; otherwise nothing is done.
$(RUNTIME): requirements.lock
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3"; exit 1; }
	@echo "Setting up .venv with $(PYTHON) (a minute, the first time) ..."
	@test -x $(BIN)/python && $(BIN)/python -c 'import pip' 2>/dev/null || $(PYTHON) -m venv --clear .venv
	@$(PIP) install --require-hashes --requirement requirements.lock
	@touch $@

$(READY): $(RUNTIME) requirements-dev.lock pyproject.toml
	@echo "Setting up what the tests and checks need ..."
	@$(PIP) install --require-hashes --requirement requirements-dev.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

run: $(RUNTIME)  ## publish what lies in feeds/, serve it here, and publish every further drop
	@$(BIN)/python sitegen.py

test: setup  ## run the tests: every guarantee once, in a few minutes
	$(BIN)/python -m pytest $(PYTEST) -m "not slow" $(TESTS)

check: setup  ## everything that must hold before a change is shared
	$(BIN)/python -m pytest $(PYTEST) --hypothesis-profile thorough $(TESTS)
	@$(MAKE) --no-print-directory static

static: lint types floors  ## the checks that run no tests

lint: setup  ## ruff
	$(BIN)/ruff check .

types: setup  ## mypy --strict
	$(BIN)/mypy

floors: setup  ## a module imports only from floors below its own
	$(BIN)/lint-imports

house: setup  ## draw the rooms in docs/README.md anew
	$(BIN)/python -m docs.make_house

servers:  ## an S3 server for the tests that deliver to one, in .venv-servers
	@test -x .venv-servers/bin/moto_server || { $(PYTHON) -m venv --clear .venv-servers && \
		.venv-servers/bin/python -m pip --disable-pip-version-check --quiet install 'moto[server]==5.2.5'; }

.venv-audit/.ready:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -m venv --clear .venv-audit
	@.venv-audit/bin/python -m pip --disable-pip-version-check --quiet install 'pip-audit>=2.7' 'cyclonedx-bom>=5' || \
		{ echo "make audit and make sbom need a network the first time, to get their tools"; exit 1; }
	@touch $@

audit: .venv-audit/.ready  ## ask for known faults of the libraries that a site needs
	@.venv-audit/bin/pip-audit --strict --requirement requirements.lock --require-hashes --disable-pip \
		--progress-spinner off || { echo "See above: a fault is known, or nobody could be asked, which needs a network"; exit 1; }

sbom: .venv-audit/.ready  ## write the list of these libraries to sbom.json (CycloneDX)
	.venv-audit/bin/cyclonedx-py requirements requirements.lock --of JSON -o sbom.json

# How long: make fuzz SECONDS=600
SECONDS ?= 60
.venv-fuzz/.ready: requirements-dev.lock
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -m venv --clear .venv-fuzz
	@.venv-fuzz/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes --requirement requirements-dev.lock
	@.venv-fuzz/bin/python -m pip --disable-pip-version-check --quiet install 'atheris>=2.3' || \
		echo "atheris cannot be had for this Python: inputs are drawn by hypothesis"
	@touch $@

fuzz: .venv-fuzz/.ready  ## read and show random bytes, led by what they reach (SECONDS=60)
	.venv-fuzz/bin/python -m tests.hostile.fuzz $(SECONDS)

# In parts: make faults PIECE=3/20 does every twentieth call from the third
PIECE ?= 1/1
faults: setup  ## kill and fail every changing call of a publish, a forget and an add (hours; PIECE=1/20)
	SITEGEN_FAULTS=$(PIECE) $(BIN)/python -m pytest -rP $(PYTEST) tests/test_faults.py tests/forgetting/test_faults_in_forgetting.py

# A text of each kind, doubled to so many bytes: make linear BYTES=500000
BYTES ?= 500000
linear: setup  ## double 170 kinds of text to 500 KB: none may take more than linear time (minutes)
	SITEGEN_LINEAR=$(BYTES) $(BIN)/python -m pytest -q tests/hostile/test_linear.py

bench: setup  ## measure builds of 1,000 and 10,000 updates
	$(BIN)/python -m bench

words: setup  ## how many sentences of doubt and of statement are understood, by language
	$(BIN)/python -m tests.lexicon.measure

schema: setup  ## write docs/config.schema.json and the table of keys in docs/keys.md
	$(BIN)/python -c 'import json; from sitrep.config.load import config_schema; \
		print(json.dumps(config_schema(), indent=2, ensure_ascii=False))' > docs/config.schema.json
	$(BIN)/python -m docs.make_keys

lock: setup  ## write both locks from pyproject.toml: what a site needs, and what its tests need besides
	$(COMPILE) --extra cards --extra media --output-file requirements.lock
	$(COMPILE) --all-extras --constraints requirements.lock --output-file requirements-dev.lock
