# Every target sets up what it needs; nothing has to be installed by hand but Python 3.11 and make.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV ?= .venv
BIN := $(VENV)/bin
RUN_STAMP := $(VENV)/.run-installed
DEV_STAMP := $(VENV)/.dev-installed
OUT := reports/out
EXAMPLES := lumenqiao.en harborwrite.en mirinae.ko dodamnote.ko xingheyu.zh

.DEFAULT_GOAL := help
.PHONY: help report examples test check lint format browser rulebook screenshots clean

help: ## Show this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 20

report: $(RUN_STAMP) ## Set up, scan the bundled examples, write their HTML reports
	@mkdir -p $(OUT)
	@$(BIN)/privacyscan scan examples/mirinae.ko.md --format html -o $(OUT)/mirinae.ko.html
	@$(BIN)/privacyscan scan examples/lumenqiao.en.md --format html -o $(OUT)/lumenqiao.en.html
	@$(BIN)/privacyscan compare examples/lumenqiao.en.md examples/harborwrite.en.md --format html -o $(OUT)/compare.en.html
	@echo "Reports written: open $(OUT)/mirinae.ko.html (Korean) or $(OUT)/lumenqiao.en.html (English) in a browser"

examples: $(RUN_STAMP) ## Regenerate the golden reports in reports/examples/
	$(BIN)/python -m tests.golden

test: lint browser ## Set up everything, the browser included, and run all checks and tests
	$(BIN)/python -m pytest -n auto

lint: $(DEV_STAMP) ## Style, types, the layers of the house, and the Dockerfile
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/hadolint Dockerfile

format: $(DEV_STAMP) ## Rewrite the Python files in the project's style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

check: $(RUN_STAMP) ## Load every rule and run its examples
	$(BIN)/privacyscan rules check

rulebook: $(RUN_STAMP) ## Regenerate docs/rulebook.md and the prepared files in models/ from rules and texts
	$(BIN)/python -m privacyscan.knowledge.compiling
	$(BIN)/python -m privacyscan.scanning.compiling
	$(BIN)/python -m privacyscan.knowledge.rulebook > docs/rulebook.md

screenshots: $(DEV_STAMP) browser ## Take the pictures of the README
	$(BIN)/python -m benchmarks.screenshots

browser: $(DEV_STAMP)
	@command -v chromium >/dev/null || { \
	  echo "Installing Debian's chromium for the page tests"; \
	  SUDO=$$(test "$$(id -u)" = 0 || echo sudo); \
	  $$SUDO apt-get update -qq && $$SUDO apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk libpango-1.0-0 libpangoft2-1.0-0 >/dev/null; }

clean: ## Remove what the targets made
	rm -rf $(VENV) $(OUT) build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(RUN_STAMP): pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@$(BIN)/python -m compileall -q src
	@touch $@

$(DEV_STAMP): pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@$(BIN)/python -m compileall -q src
	@touch $@ $(RUN_STAMP)
