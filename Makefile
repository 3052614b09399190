# The main job is `make`; `make help` lists the rest. Everything runs in .venv, made from requirements.txt.

PYTHON ?= $(shell for python in python3 python3.11 python3.12 python3.13 python3.14; do \
  $$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' 2>/dev/null && echo $$python && break; done)
RUN := .venv/bin/python -m

export PYTHONUTF8 := 1
export PATH := $(CURDIR)/.venv/bin:$(PATH)
unexport PYTHONDONTWRITEBYTECODE PYTHONHOME PYTHONPATH PIP_USER PIP_TARGET PIP_PREFIX VIRTUAL_ENV

.PHONY: build test lint types release archive consumers notebook serve browser bump bench accuracy figures gains rules clean help lock vendor environment
.DEFAULT_GOAL := build

build: environment  ## the data package in build/package, and a summary
	@$(RUN) pipeline build

test: environment  ## all tests
	@$(RUN) pytest -n auto

lint: environment  ## style, and which room may import which
	@$(RUN) ruff check . && ruff format --check --quiet . && lint-imports

types: environment  ## mypy --strict
	@$(RUN) mypy

release: build  ## build/package becomes dist/<version>
	@$(RUN) pipeline release

bump: build  ## the next version number, computed from what changed: make bump DATE=2026-12-31
	@$(RUN) pipeline bump --date "$(DATE)"

archive: build  ## a zip, an .xlsx and an SQLite file of build/package, in build/archive
	@$(RUN) pipeline archive

consumers: archive  ## the package in the hands of other programs, which it installs as far as it can (some minutes)
	@PYTHON="$(PYTHON)" tests/consumers/run

serve: build  ## the site of build/package in a browser on this machine: make serve PORT=8000
	@$(RUN) pipeline serve --port $(or $(PORT),8000)

browser: build  ## the site in real Chromium, which it installs as far as it can (some minutes)
	@PYTHON="$(PYTHON)" tests/browser/run

notebook: environment  ## docs/notebook/ anew, from the newest release in dist/
	@PYTHON="$(PYTHON)" tests/consumers/run notebook

bench: environment  ## speed, in MB/s per room; quantities side by side with off-the-shelf tools
	@$(MAKE) --no-print-directory bench-environment || echo "bench: the tools to compare with could not be installed; they are left out" >&2
	@$(RUN) benchmarks
	@$(RUN) benchmarks.extractors
	@$(RUN) benchmarks.quantities

accuracy: build  ## how right the rows are, by table and field, against the gold
	@$(RUN) pipeline accuracy

figures: build  ## the same, put into README.md and tests/gold/
	@$(RUN) pipeline accuracy --write

gains: environment  ## what the working tree reads better and worse than the last commit, row by row; or: make gains BASE=<commit>
	@$(RUN) pipeline gains --base "$(or $(BASE),HEAD)"

rules: environment  ## which rule fires how often on which document of raw/ and of the tests
	@$(RUN) pipeline rules tests/golden/*/*.txt tests/golden/quantities/*.yaml

clean:  ## remove what a build makes (.venv stays)
	@rm -rf build .dvc/tmp .dvc/cache

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' Makefile

LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --upgrade
lock:  ## requirements.txt, and those of benchmarks/, tests/consumers/ and tests/browser/, anew from requirements.in (needs uv)
	@$(LOCK) requirements.in -o requirements.txt
	@$(LOCK) benchmarks/requirements.in -o benchmarks/requirements.txt
	@$(LOCK) tests/consumers/requirements.in -o tests/consumers/requirements.txt
	@$(LOCK) tests/browser/requirements.in -o tests/browser/requirements.txt

vendor:  ## what the site carries of others' scripts, anew from pinned, hashed packages (needs npm)
	@pipeline/publish/site/vendor/renew

# Compares content, not times: a checkout may touch the list, and a copy of the environment is as good as new.
environment:
	@.venv/bin/python -c '' 2>/dev/null && cmp -s requirements.txt .venv/installed.txt || $(MAKE) --no-print-directory install

# What benchmarks compare with, apart from what the project needs. Some of it comes as source, so what builds it goes first.
.PHONY: bench-environment
bench-environment:
	@cmp -s benchmarks/requirements.txt .venv-bench/installed.txt || { echo "installing into .venv-bench (once)" \
	  && $(PYTHON) -m venv --clear .venv-bench \
	  && sed -n '/^setuptools==/,/[^\\]$$/p' benchmarks/requirements.txt > .venv-bench/builder.txt \
	  && .venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r .venv-bench/builder.txt \
	  && .venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-build-isolation -r benchmarks/requirements.txt \
	  && cp benchmarks/requirements.txt .venv-bench/installed.txt; }

.PHONY: install
install:
	@test -n "$(PYTHON)" || { echo "make: no Python 3.11 to 3.14 found; install one, or name it: make PYTHON=/path/to/python3" >&2; exit 4; }
	@test ! -L .venv || { echo "make: .venv is a link to an environment that does not fit requirements.txt; remove the link" >&2; exit 4; }
	@echo "installing into .venv (about a minute, once)"
	@$(PYTHON) -m venv --clear .venv
	@# One dependency is published as source only; what builds it is pinned, too.
	@sed -n '/^setuptools==/,/[^\\]$$/p' requirements.txt > .venv/builder.txt
	@$(RUN) pip install --quiet --disable-pip-version-check --require-hashes -r .venv/builder.txt
	@$(RUN) pip install --quiet --disable-pip-version-check --require-hashes --no-build-isolation \
	  --only-binary :all: --no-binary antlr4-python3-runtime -r requirements.txt
	@cp requirements.txt .venv/installed.txt
