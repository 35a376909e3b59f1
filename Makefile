# Everything this project can do, from a clone and Python 3.11+ alone. `make help` lists it.
SHELL := /bin/bash
.DEFAULT_GOAL := help

PYTHON ?= python3
UV_VERSION := 0.13.9
UV := .uv/bin/uv
# Quoted: the path to a clone may hold spaces.
HERE := "$(CURDIR)"
BIN := $(HERE)/.venv/bin
LIBS := contracts common devstack
SERVICES := poi asset script transcription render
LINTED := $(addprefix libs/,$(LIBS)) $(foreach s,$(SERVICES),services/$(s)-service)
READY := .venv/.ready

# -- The environment ------------------------------------------------------------------------

$(UV):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: set PYTHON=python3.12, say")'
	$(PYTHON) -m venv .uv
	.uv/bin/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

$(READY): $(UV) uv.lock pyproject.toml $(wildcard libs/*/pyproject.toml services/*/pyproject.toml)
	$(UV) sync --quiet --locked --all-packages --python $(PYTHON)
	@touch $@

.PHONY: install
install: $(READY) ## Create the environment (.venv); every other target does it when needed

# -- Seeing it work -------------------------------------------------------------------------

# $(call flag,name,VARIABLE): the option, when the variable is set.
flag = $(if $($2),--$1 "$($2)")

.PHONY: demo
demo: $(READY) ## Make a film of the sample villa; of one's own with PHOTOS=dir FACTS=file.json (LANGUAGE=en ASPECT_RATIO=9:16 DURATION_S=30 TONE=warm)
	@$(BIN)/python -m devstack demo $(call flag,photos,PHOTOS) $(call flag,facts,FACTS) \
		$(if $(filter command,$(origin LANGUAGE)),$(call flag,language,LANGUAGE)) \
		$(call flag,aspect-ratio,ASPECT_RATIO) $(call flag,duration-s,DURATION_S) $(call flag,tone,TONE)

.PHONY: demo-live
demo-live: export FAKE_PROVIDERS := true
demo-live: demo ## The demo with OpenAI and Runway, played by fakes: nothing leaves this machine, no account is needed

.PHONY: dev
dev: $(READY) ## Run the whole stack until Ctrl-C (PORT_OFFSET=n, DEV_DATA=dir, FAKE_PROVIDERS=true)
	@$(BIN)/python -m devstack dev

.PHONY: replay-dlq
replay-dlq: $(READY) ## Put dead letters back on their topics (KAFKA_BOOTSTRAP_SERVERS)
	@$(BIN)/python -m common.kafka.replay

include make/compose.mk
include make/publish.mk
include make/k8s.mk
include make/lint-deploy.mk

# -- Quality --------------------------------------------------------------------------------

.PHONY: lint
lint: $(READY) ## ruff, black, mypy --strict, import-linter, generated documents up to date
	$(BIN)/ruff check .
	$(BIN)/black --check --quiet .
	@set -e; for package in $(LINTED); do \
		echo "mypy $$package"; \
		(cd $$package && $(BIN)/mypy --config-file $(HERE)/pyproject.toml .); \
	done
	@echo "mypy tests/system"; $(BIN)/mypy tests/system
	@cd libs && $(BIN)/lint-imports --no-cache --config ../.importlinter-libs.ini
	@set -e; for service in $(SERVICES); do \
		(cd services/$$service-service && $(BIN)/lint-imports --no-cache --config ../../.importlinter-service.ini); \
	done
	@$(BIN)/python -m contracts.schemas --check
	@$(BIN)/python -m contracts.asyncapi --check

.PHONY: format
format: $(READY) ## Format the code and fix what can be fixed
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/black --quiet .

# The longest first, so that neither core waits for the other at the end.
LONGEST := test-render test-lib-common
SUITES := $(LONGEST) $(filter-out $(LONGEST),$(addprefix test-lib-,$(LIBS)) $(addprefix test-,$(SERVICES)) test-stack)

.PHONY: test
test: $(READY) ## Every test but the slow suites, with combined coverage
	@rm -f .coverage .coverage.*
	@$(MAKE) --no-print-directory --jobs 2 --output-sync=target $(SUITES)
	@$(BIN)/coverage combine --quiet
	@$(BIN)/coverage report --format=total | sed 's/^/coverage: /; s/$$/ %/'

PYTEST := $(BIN)/coverage run --rcfile=$(HERE)/pyproject.toml --data-file=$(HERE)/.coverage -m pytest

.PHONY: $(addprefix test-lib-,$(LIBS))
$(addprefix test-lib-,$(LIBS)): test-lib-%: $(READY)
	@echo "libs/$*"; cd libs/$* && $(PYTEST) tests

.PHONY: $(addprefix test-,$(SERVICES))
$(addprefix test-,$(SERVICES)): test-%: $(READY) ## Tests of one service: test-poi, test-asset …
	@echo "services/$*-service"; cd services/$*-service && $(PYTEST) tests

.PHONY: test-stack
test-stack: $(READY)
	@echo "tests/system"; $(PYTEST) -m 'not slow' tests/system

.PHONY: test-system
test-system: $(READY) ## The slow suite: the whole stack, and faults in it
	$(BIN)/python -m pytest -m slow tests/system

# `make e2e-dev KARATE="--tags @smoke"` runs some of the features.
KARATE_OPTIONS = $(if $(KARATE),"-Dkarate.options=$(KARATE)")

.PHONY: e2e
e2e: ## The Karate suite against a running stack (make up), or where *_BASE_URL say
	@mvn --batch-mode --quiet --file tests/karate/pom.xml test $(KARATE_OPTIONS)

.PHONY: e2e-dev
e2e-dev: $(READY) ## The Karate suite against a make dev of its own (Java 17, Maven)
	@scripts/e2e-dev.sh $(BIN)/python $(KARATE_OPTIONS)

.PHONY: bench
bench: $(READY) ## Requests, events and films per second, as ratios to what they cost bare
	@set -e; for benchmark in tests/benchmarks/bench_*.py; do $(BIN)/python $$benchmark; done

.PHONY: samples
samples: $(UV) ## Draw the sample pictures again (15 minutes; Python 3.11; SAMPLES="06-plan --into DIR")
	$(UV) run --script scripts/draw_samples/draw.py $(SAMPLES)

.PHONY: bench-render
bench-render: $(READY) ## How fast films are made, how good they look, what they weigh (RENDER_BENCH="--moviepy …")
	$(BIN)/python tests/benchmarks/bench_render.py $(RENDER_BENCH)

.PHONY: documents
documents: $(READY) ## Generate the JSON Schemas and the AsyncAPI document again
	$(BIN)/python -m contracts.schemas
	$(BIN)/python -m contracts.asyncapi

.PHONY: clean
clean: ## Remove the environment and everything made by running
	rm -rf .uv .venv .tools .data out .coverage .coverage.* .mypy_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: help
help: ## This list
	@grep -hE '^[A-Za-z0-9$$(),.% -]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^[^#]*test-%.*## /test-<service>: ## /' \
		| awk -F ':.*## ' '{printf "  \033[1m%-16s\033[0m %s\n", $$1, $$2}'
