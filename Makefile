# One virtual environment, pinned versions, no network but pip's. Needs Python 3.11 or newer.
PYTHON ?= python3
VENV ?= .venv
PIP = $(VENV)/bin/python -m pip --disable-pip-version-check

.PHONY: demo test breaks bench bench-growth constraints clean

## make demo: install, then crawl, index, search and count four invented towns
demo: $(VENV)/.installed
	@$(VENV)/bin/kazami demo

## make test: everything that continuous integration runs
test: $(VENV)/.installed-dev
	$(VENV)/bin/ruff check
	$(VENV)/bin/ruff format --check
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(VENV)/bin/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

## make breaks: break the code in ten ways, and see a test turn red for each
breaks: $(VENV)/.installed-dev
	$(VENV)/bin/python tests/breaks/run.py

# The commit that `make bench` runs beside this one.
AGAINST ?= HEAD^

## make bench: speed and memory, as ratios measured in one run; then beside the commit AGAINST
bench: $(VENV)/.installed-dev
	$(VENV)/bin/python -m benchmarks
	$(VENV)/bin/python -m benchmarks.paired --against $(AGAINST)

## make bench-growth: time and memory once, three and ten times 桐生市, and a city of longer texts
bench-growth: $(VENV)/.installed-dev
	$(VENV)/bin/python -m benchmarks.growth --longer

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'kazami needs Python 3.11 or newer: make PYTHON=/path/to/python3.11 …' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo 'Python cannot make virtual environments: apt-get install python3-venv' >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

# hatchling and editables first: the project itself is then built without fetching anything unpinned.
$(VENV)/.installed: $(VENV)/.made pyproject.toml constraints.txt
	$(PIP) install --quiet --constraint constraints.txt --upgrade pip hatchling editables
	$(PIP) install --quiet --constraint constraints.txt --no-build-isolation --editable .
	@# As pip does for what it copies: without, every start of an unwritable checkout compiles anew.
	@$(VENV)/bin/python -m compileall -q answers crawler indexer kazami presenting replay search_cli
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(PIP) install --quiet --constraint constraints.txt --group dev
	@touch $@

## make constraints: pin the newest versions that fit pyproject.toml
constraints:
	rm -rf .venv-constraints
	$(PYTHON) -m venv .venv-constraints
	.venv-constraints/bin/python -m pip install --quiet --upgrade pip
	.venv-constraints/bin/python -m pip install --quiet editables --editable . --group dev
	{ head -n 1 constraints.txt; .venv-constraints/bin/python -m pip freeze --all --exclude-editable \
	  | grep -E '^[A-Za-z0-9._-]+==' | grep -v '^setuptools=='; } > .venv-constraints/pinned.txt
	mv .venv-constraints/pinned.txt constraints.txt
	rm -rf .venv-constraints

clean:
	rm -rf $(VENV) demo-data dist build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache \
	  .hypothesis
