# Nothing but python3 (3.11 or later) and make is needed. Every target can be run again.
PYTHON ?= python3

.PHONY: run test prove bench lint format setup

run: ## set up, load the data, serve on http://localhost:8000
	@$(PYTHON) scripts/run.py

test: ## set up what the tests need and run all of them
	@$(PYTHON) scripts/check.py

prove: ## the long tier: the full bars; see docs/operations.md
	@$(PYTHON) scripts/check.py --prove

bench: ## measure, beside the bare version of the same work
	@$(PYTHON) scripts/setup.py --dev
	@.venv/bin/python manage.py bench

lint: ## style, types, arrows, templates, migrations, deployment settings
	@$(PYTHON) scripts/check.py --lint

format: ## bring the code into the house's format
	@$(PYTHON) scripts/setup.py --dev
	@.venv/bin/ruff check --fix . && .venv/bin/ruff format .

setup: ## only install and build
	@$(PYTHON) scripts/setup.py --dev
