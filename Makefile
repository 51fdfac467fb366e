# Each target makes what it needs first: a virtual environment, and the packages of its extra at the versions of
# constraints.txt. Nothing is installed again until pyproject.toml or constraints.txt changes.

PYTHON ?= python3
VENV ?= .venv
UV ?= $(shell command -v uv)
PYTEST_ARGS ?= --numprocesses=auto
APP_ARGS ?=
BENCH_ARGS ?=

BIN := $(VENV)/bin
# Compiling all packages ahead takes longer than installing them; Python compiles what is imported.
PIP = $(BIN)/python -m pip --disable-pip-version-check install -qq --no-compile
INSTALL = $(if $(UV),$(UV) pip install --quiet --python $(BIN)/python,$(PIP))
INSTALLED = $(VENV)/.installed

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help demo app assets test pytest lint format bench pins clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo
	@echo "Variables: PYTHON=$(PYTHON), VENV=$(VENV), PYTEST_ARGS=$(PYTEST_ARGS), APP_ARGS=$(APP_ARGS), BENCH_ARGS=$(BENCH_ARGS)"

demo: $(INSTALLED)-core ## a listening tour against its baseline
	@$(BIN)/trustsim demo

app: $(INSTALLED)-app assets ## the app, in a browser
	@$(BIN)/trustsim app $(APP_ARGS)

assets: $(INSTALLED)-core ## what the app's pages load, collected once with npm
	@$(BIN)/python -m trustsim.app.browser_assets

test: lint pytest ## every check that CI runs on the code: lint, then the tests

pytest: $(INSTALLED)-test ## the tests alone
	$(BIN)/python -m pytest $(PYTEST_ARGS)

lint: $(INSTALLED)-lint ## style, types and the order of the rooms
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

format: $(INSTALLED)-lint ## put the code into shape
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: $(INSTALLED)-core ## how fast the engines run; a quiet machine, and a few minutes
	@$(BIN)/python experiments/benchmarks/bench.py $(BENCH_ARGS)

# Not through an installed extra: new bounds can contradict the old pins.
pins: | $(VENV)/pyvenv.cfg ## newest allowed versions into constraints.txt
	@$(if $(UV),,$(PIP) uv)
	$(or $(UV),$(BIN)/uv) pip compile --quiet --universal --all-extras --upgrade --python-version 3.11 \
		--custom-compile-command "make pins" --output-file constraints.txt pyproject.toml

clean: ## remove environments and caches, never results
	rm -rf .venv .venv-* build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache .coverage
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The core is part of every extra, so `make demo` after `make test` installs nothing.
$(INSTALLED)-%: pyproject.toml constraints.txt | $(VENV)/pyvenv.cfg
	@echo "Installing trustsim ($*) into $(VENV); the first time takes about a minute ..."
	@$(INSTALL) --constraint constraints.txt --editable "$(if $(filter core,$*),.,.[$*])"
	@touch $(INSTALLED)-core $@

$(VENV)/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "trustsim needs Python 3.11 or newer; $(PYTHON) is $$(command -v $(PYTHON) >/dev/null && $(PYTHON) --version 2>&1 || echo missing)." >&2; \
		echo "Name another one: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$(PYTHON) cannot make virtual environments: its venv module is missing." >&2; \
		echo "On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)
