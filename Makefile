# The README's two commands by name. `make brief` and `make test` make their own virtual environment.
PYTHON ?= python3

.PHONY: brief test check clean

.venv/installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	.venv/bin/pip install -q -c constraints.txt -e '.[test]'
	touch $@

brief: .venv/installed
	@.venv/bin/stagebrief brief seeds/

test: .venv/installed
	.venv/bin/pytest

check: .venv/installed
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist
