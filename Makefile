# make build   publish the records of this folder into public/
# make test    run all tests
# Both set up what they need in .venv; nothing else has to be done first.

PYTHON ?= python3
BIN := .venv/bin
SHELL := /bin/sh
.DEFAULT_GOAL := build
.PHONY: build test test-portal test-clients check lint golden bench bench-validation bench-endpoint lock clean

build: .venv/run
	$(BIN)/sccon-lod build

test: .venv/dev
	$(BIN)/python -m pytest -n auto

# Lets the parser of a real portal (CKAN with ckanext-dcat) read a catalogue; `make test` does the same once it is installed.
test-portal: .venv/dev .portal/ready
	$(BIN)/python -m pytest -q tests/test_portal.py

# Lets clients in JavaScript (Comunica, fetch-sparql-endpoint) ask the endpoint; needs Node.js 20 with npm.
test-clients: .venv/dev .clients/ready
	$(BIN)/python -m pytest -q tests/test_clients.py

# Records only: reads, maps, validates, writes nothing.
check: .venv/run
	$(BIN)/sccon-lod check

lint: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Writes the expectations of the tests anew; read the difference before you commit it.
golden: .venv/dev
	$(BIN)/python -m pytest -q -n auto --golden tests/test_cases.py tests/test_sql.py tests/test_questions.py tests/test_examples.py

# Measures the program against other engines and writes bench/RESULTS.md; needs the folder ../shared/bench/mapping.
# Options, for example: make bench BENCH="--large --all-peers"; bench/README.md tells all of them.
bench: .venv/run
	$(BIN)/python -m bench.run $(BENCH)

# Measures validation against other engines, and builds of broken records; writes bench/VALIDATION.md.
bench-validation: .venv/run
	$(BIN)/python -m bench.validation $(BENCH)

# Measures the endpoint with 64 clients for a minute, twice; ends with 1 where a demand is not reached.
bench-endpoint: .venv/run
	$(BIN)/python -m bench.endpoint $(BENCH)

# Needs uv. One lock for every platform and Python version, without any registry address.
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --custom-compile-command "make lock" \
	  --upgrade --quiet --extra editor -o requirements/run.lock pyproject.toml requirements/build.in
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --custom-compile-command "make lock" \
	  --upgrade --quiet -o requirements/dev.lock -c requirements/run.lock --extra editor --group dev pyproject.toml requirements/build.in
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --custom-compile-command "make lock" \
	  --upgrade --quiet --override requirements/portal.override -o requirements/portal.lock --group portal
	for peer in bench/peers/*.in; do \
	  uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --custom-compile-command "make lock" \
	    --upgrade --quiet -o "$${peer%.in}.lock" "$$peer" || exit 1; \
	done

.venv/run: pyproject.toml requirements/run.lock
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "sccon-lod needs Python 3.11 or later; say which with: make PYTHON=python3.12")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

.venv/dev: .venv/run requirements/dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	touch $@

.clients/ready: requirements/clients/package-lock.json
	mkdir -p .clients
	cp requirements/clients/package.json requirements/clients/package-lock.json .clients/
	cd .clients && npm ci --ignore-scripts --no-audit --no-fund
	touch $@

.portal/ready: requirements/portal.lock
	$(PYTHON) -m venv .portal
	.portal/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r $<
	touch $@

clean:
	rm -rf .venv .portal .clients .bench public .mypy_cache .ruff_cache .pytest_cache .hypothesis
