# Frontdesk. `make demo` shows it, `make test` proves it; both install what they need on a machine with python3.
SHELL := /bin/sh
PORT ?= 8000
ARGS ?=
PRODUCT := frontdesk tenants calendar_sync agents conversations escalations
COMPILE := .venv/bin/uv pip compile -q --no-emit-index-url --no-annotate --generate-hashes --universal --python-version 3.11

.DEFAULT_GOAL := help
.PHONY: help setup demo test check format words lock prism bench browser base

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

setup: ## install only (.venv, from the hashed lock file)
	@sh frontdesk/stack/install.sh dev

demo: base ## everything on this machine, with two demo businesses (PORT=8000); Ctrl-C ends it
	@exec .venv/bin/python -m frontdesk.stack.demo --port '$(PORT)' --end-with-parent

test: setup browser ## unit tests, stories against the running stack, real browser (ARGS="tests/stack -k …")
	@exec .venv/bin/python -m pytest -n 2 --dist loadfile $(ARGS)

check: setup ## format, lint, types, templates, import contracts, sizes, migrations
	@sh frontdesk/stack/check.sh $(PRODUCT)

format: setup ## rewrite the code and the templates in the house style
	.venv/bin/ruff check --fix --quiet . || true
	.venv/bin/ruff format .
	find templates -name '*.html' -print0 | xargs -0 -r .venv/bin/djade --target-version 5.2

words: setup ## gather the marked words into frontdesk/locale/*.po, and compile those
	@.venv/bin/python -m frontdesk.words

lock: setup ## compile the lock files anew from requirements/*.in (UPGRADE=1: newest versions)
	for name in installer base dev; do \
		$(COMPILE) $(if $(UPGRADE),--upgrade) requirements/$$name.in -o requirements/$$name.txt || exit 1; \
	done

prism: setup ## the tests' requests to Twilio and Meta, held to the vendors' documents by Prism (wants node)
	@exec .venv/bin/python -m tests.prism $(ARGS)

bench: setup ## measure; see bench/
	@exec .venv/bin/python -m bench $(ARGS)

base:
	@sh frontdesk/stack/install.sh base

browser:
	@sh frontdesk/stack/browser.sh
