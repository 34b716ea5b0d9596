# Every target works from a fresh checkout; the environment is made on first use.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help run test check bench screenshots clean

help:
	@echo "make run          open the window"
	@echo "make test         install what the checks need, then run every check"
	@echo "make check        run every check without installing"
	@echo "make bench        measure speed against other libraries (some ten minutes); JSON=FILE keeps all"
	@echo "make screenshots  draw the pictures of the documentation again"
	@echo "make clean        remove the environment, builds and caches"

run: $(VENV)/installed
	@$(BIN)/gdviz

test: $(VENV)/installed-test
	@$(BIN)/python scripts/check.py

check:
	@test -e $(VENV)/installed-test || { echo "Nothing is installed yet: run 'make test' first." >&2; exit 1; }
	@$(BIN)/python scripts/check.py

bench: $(VENV)/installed-bench
	@$(BIN)/python -m benchmarks $(if $(JSON),--json '$(JSON)')

screenshots: $(VENV)/installed-test
	@$(BIN)/python scripts/screenshots.py

clean:
	rm -rf $(VENV) build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find benchmarks gdviz scripts tests -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamps hold the environment to pyproject.toml: it is installed anew only when that changed.
$(VENV)/installed: pyproject.toml | $(BIN)/python
	@echo "Installing gdviz into $(VENV)"
	@$(BIN)/python -m pip install --quiet --editable '.[fast]'
	@touch $@

$(VENV)/installed-test: pyproject.toml | $(BIN)/python
	@echo "Installing gdviz and its checks into $(VENV)"
	@$(BIN)/python -m pip install --quiet --editable '.[test,fast]'
	@touch $(VENV)/installed $@

# What is compared with is no part of the checks.
$(VENV)/installed-bench: pyproject.toml | $(BIN)/python
	@echo "Installing gdviz, its checks and what the benchmarks compare it with into $(VENV)"
	@$(BIN)/python -m pip install --quiet --editable '.[test,fast,bench]'
	@touch $(VENV)/installed $(VENV)/installed-test $@

$(BIN)/python:
	@$(PYTHON) -c '' 2>/dev/null || { echo "$(PYTHON) was not found: gdviz needs Python 3.11 or newer (make PYTHON=/path/to/python)." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(PYTHON) is too old: gdviz needs Python 3.11 or newer (make PYTHON=/path/to/python)." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) lacks venv: install it first (on Debian and Ubuntu: apt-get install python3-venv)." >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }
