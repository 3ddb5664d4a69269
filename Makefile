# relgraph: `make demo` shows it, `make test` checks it. Everything else is for those who work on it.
SHELL := /bin/bash
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check
JOBS ?= auto
DEMO ?= demo
RELGRAPH := $(BIN)/relgraph

.PHONY: help demo test test-long test-all browser lint wheel-test bench notebooks screenshots docs quality clean virtuoso
.DEFAULT_GOAL := help

help: ## list these targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(VENV)/.pip:
	@if [ -z "$(PYTHON)" ]; then echo "relgraph needs Python 3.11 or newer; none was found on the PATH." >&2; exit 1; fi
	@echo "Making an environment in $(VENV) with $(PYTHON) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) install --upgrade "pip>=25.1"
	@touch $@

$(VENV)/.app: $(VENV)/.pip pyproject.toml constraints.txt
	@echo "Installing relgraph ..."
	@$(PIP) install -c constraints.txt -e .
	@touch $@

$(VENV)/.test: $(VENV)/.app
	@echo "Installing what the tests need ..."
	@$(PIP) install -c constraints.txt -e ".[notebook,cluster,parquet]" --group test
	@touch $@

demo: $(VENV)/.app ## build a graph from data/articles, check it, draw it, ask it
	@rm -rf $(DEMO) && mkdir -p $(DEMO)
	@echo; echo "1. Reading data/articles into a graph, checking it, drawing it"
	@$(RELGRAPH) build data/articles --store $(DEMO)/relgraph.db
	@$(RELGRAPH) check --store $(DEMO)/relgraph.db
	@$(RELGRAPH) view --store $(DEMO)/relgraph.db -o $(DEMO)/graph.html
	@echo; echo "2. What figures are given for Tajikistan and Kazakhstan?     relgraph ask figures a=TJ b=KZ indicator=\"trade turnover\""; echo
	@$(RELGRAPH) ask figures a=TJ b=KZ indicator="trade turnover" --store $(DEMO)/relgraph.db
	@echo; echo "3. Whom has Rahmon met since 2024?     relgraph ask meetings of=Rahmon since=2024"; echo
	@$(RELGRAPH) ask meetings of=Rahmon since=2024 --store $(DEMO)/relgraph.db
	@echo; echo "4. Who has visited Kazakhstan since 2022?     relgraph ask visits to=KZ since=2022"; echo
	@$(RELGRAPH) ask visits to=KZ since=2022 --store $(DEMO)/relgraph.db
	@echo; echo "What next:"
	@echo "  open $(DEMO)/graph.html in a browser and click an edge"
	@echo "  source $(BIN)/activate; export RELGRAPH_STORE=$(DEMO)/relgraph.db"
	@echo "  relgraph explain Tajikistan Kazakhstan"
	@echo "  relgraph queries"
	@echo "  relgraph build my-articles/ --store my.db"

test: $(VENV)/.test browser virtuoso ## run the tests (at most ten minutes)
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile -m "not long" -q

test-long: $(VENV)/.test browser virtuoso ## only the tests that take long
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile -m long -q

test-all: test test-long ## all tests

browser:
	@if ! command -v chromium >/dev/null && ! command -v chromium-browser >/dev/null && ! command -v google-chrome >/dev/null; then \
	  if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	    echo "Installing Chromium for the browser tests ..."; \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core fonts-noto-core >/dev/null; \
	  else echo "The browser tests need Chromium and are skipped without it. On Debian or Ubuntu: sudo apt-get install chromium fonts-noto-core" >&2; fi; fi

virtuoso:
	@if ! command -v virtuoso-t >/dev/null; then \
	  if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	    echo "Installing Virtuoso for the tests of remote stores ..."; \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends virtuoso-opensource-7-bin >/dev/null || true; \
	  else echo "The tests of remote stores need Virtuoso and are skipped without it. On Debian or Ubuntu: sudo apt-get install virtuoso-opensource-7-bin" >&2; fi; fi

lint: $(VENV)/.test ## style and strict types
	$(BIN)/ruff check
	$(BIN)/mypy

wheel-test: $(VENV)/.test ## install the wheel into a clean environment and build a graph there
	$(BIN)/python -m pytest -q tests/test_wheel.py

bench: $(VENV)/.test ## measure, as ratios against named references
	@for f in benchmarks/*/run.py; do echo "== $$f"; $(BIN)/python $$f; done

notebooks: $(VENV)/.test ## run the notebooks and write rendered copies to build/notebooks
	$(BIN)/python notebooks/render.py build/notebooks

docs: $(VENV)/.test ## write the generated pages anew
	$(BIN)/python docs/generate.py

quality: $(VENV)/.test ## measure the extraction and write the figures of docs/quality.md anew
	$(BIN)/python docs/quality.py

screenshots: $(VENV)/.test browser ## take pictures of every view, and those that the README shows
	$(BIN)/python tests/browser/screenshots.py

clean: ## remove the environment and all that was built
	rm -rf $(VENV) $(DEMO) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
