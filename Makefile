# Everything a checkout needs, on Linux and macOS with make and Python 3.11 or newer.
# Nothing is written outside the checkout; `make clean` takes it all away again.

VENV   := .venv
PY     := $(VENV)/bin/python
RUN    := $(VENV)/.ready
TEST   := $(VENV)/.ready-test
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)

# pip may go through whatever mirror the environment names; tests and checks go nowhere, and a
# browser that they start keeps its own files in here. So does Python what it has compiled, also
# where the environment would have it forget: the suite starts the product dozens of times.
OFFLINE := env -u http_proxy -u https_proxy -u all_proxy -u no_proxy \
	-u HTTP_PROXY -u HTTPS_PROXY -u ALL_PROXY -u NO_PROXY \
	-u PYTHONDONTWRITEBYTECODE PYTHONPYCACHEPREFIX="$(CURDIR)/$(VENV)/bytecode" \
	XDG_CONFIG_HOME="$(CURDIR)/$(VENV)/home" XDG_CACHE_HOME="$(CURDIR)/$(VENV)/home"
TEST_ARGS ?= -n 2 --dist loadfile

.DEFAULT_GOAL := help
.PHONY: help demo test lint style types imports drift bench screenshots lock clean

help:
	@echo "make demo         practice mode: LINE, Slack and a town on one page, no account needed"
	@echo "make test         the whole test suite, on SQLite and PostgreSQL"
	@echo "make lint         style, types, import contracts, migration drift"
	@echo "make bench        figures of delivery and intake against bare loops"
	@echo "make screenshots  take the pictures of docs/images again (needs Chromium)"
	@echo "make lock         write both lock files again (UPGRADE=--upgrade for newer versions)"
	@echo "make clean        remove the environment and everything built"

demo: $(RUN)
	@$(VENV)/bin/yorisoi practice

test: $(TEST)
	@$(OFFLINE) $(PY) -m pytest $(TEST_ARGS)

# `make -k lint` goes on after a finding and shows what the others find, too.
lint: style types imports drift

style: $(TEST)
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .

types: $(TEST)
	@$(PY) -m mypy

imports: $(TEST)
	@$(VENV)/bin/lint-imports

drift: $(TEST)
	@$(OFFLINE) $(PY) -m pytest -q tests/house/test_migrations.py

bench: $(TEST)
	@$(OFFLINE) $(PY) -m benchmarks

screenshots: $(TEST)
	@mkdir -p docs/images
	@$(OFFLINE) YORISOI_REQUIRE_BROWSER=1 YORISOI_SCREENSHOTS=docs/images \
		$(PY) -m pytest -m browser tests/journeys

lock: $(TEST)
	@$(PY) -m pip install --quiet --no-cache-dir uv
	@$(VENV)/bin/uv pip compile pyproject.toml --extra build --generate-hashes --no-annotate \
		--no-emit-index-url --no-emit-find-links --universal --python-version 3.11 \
		--custom-compile-command "make lock" $(UPGRADE) --quiet -o requirements.lock
	@$(VENV)/bin/uv pip compile pyproject.toml --extra build --extra test -c requirements.lock \
		--generate-hashes --no-annotate --no-emit-index-url --no-emit-find-links --universal \
		--python-version 3.11 --custom-compile-command "make lock" $(UPGRADE) --quiet \
		-o requirements-test.lock
	@$(PY) -m pytest -q tests/house/test_nothing_foreign.py

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .import_linter_cache .hypothesis .pytest_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.made:
	@test -n "$(PYTHON)" || { \
		echo "Yorisoi needs Python 3.11 or newer, and none was found."; \
		echo "Install one, or name it: make $(or $(MAKECMDGOALS),demo) PYTHON=/path/to/python3"; \
		exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$(PYTHON) cannot make a virtual environment: its venv module is missing."; \
		echo "On Debian and Ubuntu: apt-get install python3-venv"; \
		exit 1; }
	@echo "Making $(VENV) with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(RUN): $(VENV)/.made requirements.lock pyproject.toml
	@$(call install,requirements.lock)
	@touch $@

$(TEST): $(VENV)/.made requirements-test.lock pyproject.toml
	@$(call install,requirements-test.lock)
	@touch $@ $(RUN)

# $(call install,LOCK): what the lock names, then this checkout itself, editable. One line moves
# along on a terminal; elsewhere (CI) only the result is printed.
define install
lock=$(1); total=$$(grep -c '==' $$lock); \
{ PYTHONUNBUFFERED=1 $(PY) -m pip install --no-cache-dir --disable-pip-version-check \
	--progress-bar off --require-hashes -r $$lock 2>$(VENV)/pip.log || echo 'pip did not finish'; } | { \
	seen=0; good=yes; \
	while IFS= read -r line; do case "$$line" in \
		Collecting*|'Requirement already'*) seen=$$((seen + 1)); \
			if test -t 1; then printf '\rFetching packages: %s of about %s ' $$seen $$total; fi;; \
		Installing*) \
			if test -t 1; then printf '\rInstalling %s packages, half a minute ...   ' $$seen; fi;; \
		'pip did not finish') good=no;; \
	esac; done; \
	if test -t 1; then printf '\n'; fi; test $$good = yes; } || { tail -n 20 $(VENV)/pip.log; \
	echo 'The packages could not be installed; pip says why above.'; exit 1; }; \
$(PY) -m pip install --quiet --no-cache-dir --disable-pip-version-check --no-deps \
	--no-build-isolation --editable . && echo "Ready: $$lock and this checkout are in $(VENV)"
endef
