# A fresh machine needs make and Python 3.11 to 3.14 with its venv module. The rest comes from the lock file.
# `make run` keeps the examples in the store of PLEDGEGRAPH_STORE, by default the embedded one in your data folder.

PYTHON := $(shell for python in python3.13 python3.12 python3.14 python3.11 python3; do \
  $$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' 2>/dev/null && echo $$python && exit; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: help run test check env lock queries generated

help:  ## Say what can be made
	@sed -n 's/^\([a-z]*\):.*##/make \1:/p' $(MAKEFILE_LIST)

run: env  ## Load the examples, answer one question, and serve on http://127.0.0.1:8000
	@$(BIN)/pledgegraph load api/examples
	@echo && echo "For example: which security pledges by Pakistan are there?" && echo
	@$(BIN)/pledgegraph ask "all security pledges by Pakistan" --limit 3
	@echo && exec $(BIN)/pledgegraph serve

test: env  ## Run the tests
	$(BIN)/pytest -q

check: env  ## Lint, formatting, types and layers
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

env: .venv/ready  ## Make the virtual environment from the lock file

.venv/ready: requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "make: needs Python 3.11 to 3.14, and found none on the PATH" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(PIP) --only-binary :all: --require-hashes -r requirements.lock
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

# No platform's own address or path goes into the lock files.
LOCKING = --universal --python-version 3.11 --only-binary :all: --generate-hashes --no-annotate --no-emit-index-url \
  --custom-compile-command 'make lock' $(UPGRADE)

lock:  ## Resolve the dependencies again (UPGRADE=--upgrade for newer ones); needs uv
	uv pip compile pyproject.toml --group dev $(LOCKING) --output-file requirements.lock
	uv pip compile pyproject.toml --extra train --constraint requirements.lock $(LOCKING) --output-file requirements-train.lock

queries:  ## Write Neo4j Browser's saved queries again, from graph/browser/queries.md
	.ci/queries > graph/browser/queries.csv

generated:  ## Write the files again that are made from others: the table of states; needs uv and a compiler with ICU
	uv run --no-project --with rigour==2.6.1 --with pyyaml .ci/territories > .territories
	mv .territories loaders/reading/territories.csv
