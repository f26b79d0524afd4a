# `make run` and `make test` need Python 3.11+ and nothing else.
VENV := .venv
BIN := $(VENV)/bin
# On two cores a third process works while others wait for a process or a page; a file stays in one,
# with what it set up. The order is that of tests/conftest.py.
PYTEST_ARGS := -n 3 --dist loadfile --no-loadscope-reorder
# What the tests start reads compiled sources, wherever this is run.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help install dev run test lint types bench lock pictures words clean

help:  ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST)

install:  ## make .venv with the locked dependencies and the project
	@scripts/install $(VENV)

dev:  ## the same, with what the tests and checks need
	@scripts/install --dev $(VENV)

run: install  ## start the bot; without a token, the playground
	$(BIN)/hoopoe

test: dev  ## lint, types, import contract, tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	@# Types are checked while tests wait for what they started.
	$(BIN)/mypy & types=$$!; $(BIN)/pytest $(PYTEST_ARGS); tests=$$?; wait $$types && exit $$tests

lint: dev  ## lint and format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/lint-imports

types: dev  ## check types
	$(BIN)/mypy

bench: dev  ## run the benchmarks
	$(BIN)/python -m benchmarks

pictures: dev  ## redraw the pictures of the documentation
	$(BIN)/python -m tests.pictures

words: dev  ## collect what people read into the catalogues of bot/locale
	$(BIN)/python -m tests.words

# The versions stay as they are where they still fit; `make lock UPGRADE=--upgrade` takes the newest.
UV := build/uv
LOCKED = $(UV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-config $(UPGRADE)
COMPILE = $(LOCKED) pyproject.toml --extra playground --extra train --group build

lock:  ## write requirements/*.txt anew from pyproject.toml
	$${PYTHON:-python3} -m venv $(UV)
	$(UV)/bin/pip install --quiet uv
	$(COMPILE) --output-file requirements/run.txt
	$(COMPILE) --extra dev --extra bench --constraint requirements/run.txt --output-file requirements/dev.txt
	echo pip | $(LOCKED) - --no-annotate --constraint requirements/dev.txt --output-file requirements/pip.txt

clean:  ## remove what was built or cached
	rm -rf $(VENV) build dist htmlcov .coverage .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find bot cogs playground tests benchmarks -name __pycache__ -prune -exec rm -rf {} +
