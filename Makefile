# The two commands of a stranger: `make run` and `make test`. Both do all the set-up there is.
.PHONY: run test lint bench bench-short eval eval-short faults reloaded look help clean
.DEFAULT_GOAL := help

VENV := .venv
PY := $(VENV)/bin/python
READY := $(VENV)/.ready
TOOLS := $(VENV)/.tools
BENCH := $(VENV)/.bench
# Two processes are enough for two cores; more only get in each other's way.
JOBS ?= auto

help: ## say what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

$(READY): pyproject.toml constraints.txt .ci/prepare
	@sh .ci/prepare run
	@echo "Setting up $(VENV) ..."
	@python3 -m venv $(VENV)
	@$(PY) -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(TOOLS): $(READY)
	@$(PY) -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test]'
	@touch $@

# A peer to measure beside; where it cannot be installed, it is not measured.
$(BENCH): $(TOOLS)
	@$(PY) -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[bench]' \
		|| echo "tantivy cannot be installed here: it is left out"
	@touch $@

run: $(READY) ## file the sample documents and open the desk
	@$(PY) -m archivist.desk.tour build

test: $(TOOLS) ## run the tests: unit, walls, real window, real documents
	@QT_QPA_PLATFORM=offscreen $(PY) -m pytest -n $(JOBS) -m "not slow" -q

lint: $(TOOLS) ## check style, types and walls
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/mypy
	@$(VENV)/bin/lint-imports --no-cache

bench: $(BENCH) ## measure speed, beside peers, in one run
	@$(PY) -m tests.bench

bench-short: $(BENCH) ## measure speed on small inputs, so that the benchmarks stay runnable
	@$(PY) -m tests.bench --short

eval: $(TOOLS) ## score quality on labelled cases
	@$(PY) -m tests.eval

eval-short: $(TOOLS) ## the same on a few cases
	@$(PY) -m tests.eval --short

faults: $(TOOLS) ## kill it at random moments, in full length
	@QT_QPA_PLATFORM=offscreen $(PY) -m pytest -q -m slow -p no:randomly tests/faults tests/search

RELOADED := build/whoosh-reloaded
reloaded: $(TOOLS) ## run the tests of search with whoosh-reloaded in place of the pinned Whoosh
	@$(PY) -m pip install --quiet --disable-pip-version-check --upgrade --target $(RELOADED) whoosh-reloaded==2.7.5
	@PYTHONPATH=$(RELOADED) $(PY) -c "import whoosh; assert '$(RELOADED)' in whoosh.__file__, whoosh.__file__"
	@QT_QPA_PLATFORM=offscreen PYTHONPATH=$(RELOADED) $(PY) -m pytest -n $(JOBS) -m "not slow" -q tests/search

look: $(TOOLS) ## render every screen and every dossier to build/look
	@QT_QPA_PLATFORM=offscreen $(PY) -m tests.look

clean: ## remove what was built
	@rm -rf build $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
