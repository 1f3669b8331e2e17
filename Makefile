# Each target sets up what it needs: a virtual environment in .venv, once, renewed when the lock changes.
.PHONY: demo desk test slow fuzz venv docs samples bundle clean

VENV  := .venv
BIN   := $(VENV)/bin
STAMP := $(VENV)/.installed

demo: $(STAMP)
	$(BIN)/pingjiang check facts/jiyuan-6.xlsx
	$(BIN)/pingjiang decide facts/jiyuan-6.xlsx
	$(BIN)/pingjiang decide facts/sanmenxia-3
	@mkdir -p out
	$(BIN)/pingjiang why-not facts/jiyuan-6 J08 -o out/why-not-J08.svg
	$(BIN)/pingjiang letter facts/jiyuan-6.xlsx J08 -o out
	@echo "The same in a browser: make desk"

# The desk in the browser with both sample rounds and five invented people; Ctrl-C closes it.
desk: $(STAMP)
	$(BIN)/pingjiang serve --samples --data out/desk

# What a maintainer asks of a change: format, lint, types, tests, documents current, the consoles of README as printed.
test: $(STAMP)
	@command -v chromium >/dev/null 2>&1 || echo "!! chromium is absent: the desk is not tried in a browser" >&2
	@command -v pg_ctl >/dev/null 2>&1 || ls /usr/lib/postgresql/*/bin/pg_ctl >/dev/null 2>&1 || \
	  echo "!! PostgreSQL is absent: the desk is tried on SQLite alone" >&2
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q -n 2 -m "not slow"

# What takes minutes by its nature: long searches, many random rounds, fuzzing.
slow: $(STAMP)
	$(BIN)/python -m pytest -q -n 2 -m slow
	EFFORT=5 $(BIN)/python -m pytest -q -n 2 -m "not slow" $$(grep -l "^from effort" tests/test_*.py)

# Each reader of case files for ten minutes on what is nearly one, other inputs every time.
fuzz: $(STAMP)
	FUZZ_SECONDS=600 FUZZ_SEED=$$(date +%s) $(BIN)/python -m pytest -q -n 2 tests/test_fuzzing.py

docs: $(STAMP)
	$(BIN)/pingjiang readings --format markdown > docs/readings.md
	$(BIN)/python -m engine.case.handbook
	$(BIN)/python tests/architecture.py
	$(BIN)/python tests/transcript.py README.md README.zh-CN.md docs/tour.md docs/tour.zh-CN.md

# The sample workbook and the Word templates, made anew from the facts and the layout.
samples: $(STAMP)
	rm -f facts/jiyuan-6.xlsx
	$(BIN)/pingjiang facts convert facts/jiyuan-6 -o facts/jiyuan-6.xlsx
	$(BIN)/python -m desk.press.maker

# What an office PC without network needs, a zip for Windows and one for Linux in out/bundle.
bundle: $(STAMP)
	$(BIN)/python .ci/bundle.py

venv: $(STAMP)

# Debian's python3 comes without ensurepip unless python3-venv is there: its pip, if any, then fills the environment.
$(STAMP): pyproject.toml requirements-test.lock
	@set -e; \
	for python in $(PYTHON) python3.11 python3 python3.14 python3.13 python3.12; do \
	  if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found=$$python; break; fi; \
	done; \
	test -n "$$found" || { echo "Python 3.11 or newer is needed; try: make PYTHON=/path/to/python3.11" >&2; exit 1; }; \
	if ! $(BIN)/python -m pip --version >/dev/null 2>&1; then \
	  echo "Setting up $(VENV) with $$($$found --version)" >&2; \
	  $$found -m venv --clear $(VENV) 2>/dev/null || \
	  { $$found -m venv --clear --without-pip $(VENV) && $$found -m pip --python $(BIN)/python install -q pip; } || \
	  { echo "$$found has neither ensurepip nor pip; install one (Debian: python3-venv)" >&2; exit 1; }; \
	fi; \
	$(BIN)/python -m pip install -q --disable-pip-version-check -r requirements-test.lock; \
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .; \
	touch $@

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis
