# The one door for all commands.
SHELL := bash
PORT ?= 8000
HOST ?= 127.0.0.1
export PORT HOST
PY := .venv/bin/python
MANAGE := $(PY) manage.py

.PHONY: help setup run dev worker test check fix bench diagrams demo lock sbom

help:  ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

setup:  ## virtual environment, packages, front end, translations; only what changed
	@tools/setup.sh

demo: setup  ## the sample municipality, into an empty database only
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) demo

run: demo  ## everything, at http://localhost:$PORT; Ctrl-C stops it
	@echo "http://localhost:$(PORT)   (Ctrl-C stops it)"
	@exec $(PY) -m gunicorn -c python:karesi_plan.gunicorn_conf karesi_plan.wsgi

dev: demo  ## the same with Django's development server, which reloads and shows errors
	@trap 'kill 0' EXIT; $(MANAGE) worker & DEBUG=1 $(MANAGE) runserver $(HOST):$(PORT)

worker: setup  ## worker processes, where REDIS_URL is set
	@exec $(MANAGE) worker

test:  ## all tests, on SQLite and, where there is one, on PostgreSQL
	@tools/setup.sh dev
	@tools/test.sh

check:  ## style, types, layers, translations, migrations, settings
	@tools/setup.sh dev
	@tools/check.sh

fix:  ## put in order what can be put in order by itself
	@tools/setup.sh dev
	@$(PY) -m ruff check --fix --quiet . && $(PY) -m ruff format --quiet .
	@$(PY) tools/messages.py update

bench: setup  ## how long pages, print and history take, and what reports cost beside plain pages
	@$(PY) tools/bench.py

diagrams: setup  ## docs/workflows.md from the transition tables
	@$(PY) tools/diagrams.py

lock:  ## pin the packages anew after an edit of requirements*.in (needs uv)
	@for name in requirements requirements-dev requirements-ldap requirements-node; do \
	  uv pip compile --universal --generate-hashes --python-version 3.11 --no-emit-index-url \
	    --custom-compile-command 'make lock' --quiet $$name.in -o $$name.txt; done

sbom: setup  ## every package that the product is made of, as CycloneDX in var/sbom.json
	@mkdir -p var && $(PY) tools/sbom.py var/sbom.json && echo var/sbom.json
