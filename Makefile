# Two commands are all a person needs: `make run` and `make test`. Both set up everything on a fresh machine.
PYTHON ?= python3
VENV := .venv
EXTRAS ?= dev,postgres
BIN := $(VENV)/bin

.PHONY: run test test-long check lint clean

run: $(VENV)/ready
	@exec $(BIN)/python -m bot start

# Four files of tests at a time, for many of them wait: under three minutes on two cores.
test: $(VENV)/ready
	$(BIN)/python -m pytest -n 4 --dist loadfile

# Bots as processes, killed and starved on purpose, and in full what `test` samples. Some seven minutes; PostgreSQL is used if there.
test-long: $(VENV)/ready
	$(BIN)/python -m pytest -m long -rP

check: $(VENV)/ready
	$(BIN)/python -m bot check $(ARGUMENTS)

lint: $(VENV)/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

$(VENV)/ready: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed, this is `$(PYTHON) --version`. Say which with: make PYTHON=python3.12 run"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[$(EXTRAS)]'
	@touch $@

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis *.egg-info
