# Two commands do all of their own set-up: `make run` and `make test`.
# A fresh machine needs Python 3.11 or newer, and make.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
# Data for measuring accuracy stays outside the project; tests that need it skip where it is missing.
ifneq ($(wildcard ../shared),)
export COPYDESK_DATA ?= $(abspath ../shared)
endif

# Where it is set, as in many containers, each of the hundreds of processes that tests start would compile every module anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test test-slow lint docs docs-site wheel clean help

help:  ## Show what there is to make
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

$(VENV)/ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --no-compile --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

run: $(VENV)/ready  ## Run the newsroom pipeline on the seed documents
	$(BIN)/copydesk run newsroom seeds --to text

test: $(VENV)/ready  ## Run all tests
	$(BIN)/python -m pytest -n auto --dist worksteal

test-slow: $(VENV)/ready  ## Run the tests that take more time than each change has
	$(BIN)/python -m pytest -n auto --dist worksteal -m slow

lint: $(VENV)/ready  ## Run the linters, the type checker and the import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: $(VENV)/ready  ## Write the generated pages of the documentation again
	$(BIN)/python docs/generate.py
	$(BIN)/python docs/picture.py

docs-site: $(VENV)/ready  ## Build the documentation as a site into build/site; a warning is an error
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict

wheel: $(VENV)/ready  ## Build the source distribution, and the wheel from it, into dist/
	$(BIN)/python -m build --no-isolation

clean:  ## Remove the environment and everything that was built
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
