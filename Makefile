# Every target sets up .venv first; when requirements.lock and pyproject.toml have not changed, that costs nothing.
.PHONY: run test soak check ui lock clean
.DELETE_ON_ERROR:

BIN := .venv/bin
# The first interpreter on the PATH that is new enough; `make PYTHON=/some/python3.12` overrides it.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
  command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)

run: .venv/.ready
	@$(BIN)/breach-ledger run

test: .venv/.ready
	$(BIN)/python -m pytest

# The tests that take ten minutes, with their figures: runs killed, disks full, mutated files, readers beside publishes,
# texts of up to a megabyte. `make soak ROUNDS=10` does ten times as much.
ROUNDS ?= 1
soak: .venv/.ready
	SOAK=$(ROUNDS) $(BIN)/python -m pytest tests/soak tests/extract/test_reader_properties.py

check: .venv/.ready
	$(BIN)/ruff check pipeline schemas tests
	$(BIN)/mypy

ui: .venv/.ready
	$(BIN)/breach-ledger ui

# An environment that is there is kept and completed; pip leaves alone what already has the locked version.
.venv/.ready: requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "breach-ledger needs Python 3.11 or newer; none was found on the PATH (make PYTHON=... names one)" >&2; exit 1; }
	@$(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || $(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# Resolves pyproject.toml anew in an environment of its own and writes what it got.
lock:
	rm -rf .lock-venv && $(PYTHON) -m venv .lock-venv
	.lock-venv/bin/python -m pip install --quiet --disable-pip-version-check "$$(pwd)[dev]"
	.lock-venv/bin/python -m pip freeze --all --exclude pip --exclude breach-ledger > requirements.lock
	rm -rf .lock-venv build

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info
