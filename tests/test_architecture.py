"""What keeps the house in order. The arrows between the apps are import-linter contracts in pyproject.toml."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent
APPS = [name for name in ("send", "standards", "ehcp", "dashboards") if (ROOT / name).is_dir()]
OURS = [path for app in APPS for path in sorted((ROOT / app).rglob("*.py")) if "migrations" not in path.parts]
VIEWS = [path for path in OURS if path.name == "views.py" or "views" in path.parts]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
TEXT = {".py", ".html", ".md", ".toml", ".yml", ".json", ".js", ".scss", ".txt", ".csv", ""}
# Written apart, so that this file passes its own test.
PLACES = re.compile("|".join(("/" + "work/", "/" + "root/", "/" + "home/[a-z]", "/" + "opt/pypi")))
INLINE = re.compile(r"<[^>]+\s(style|on[a-z]+)=|<style\b|<script(?![^>]*\bsrc=)", re.IGNORECASE)


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def functions(path: Path):
    return [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


@pytest.mark.parametrize("path", VIEWS, ids=named)
def test_a_view_asks_selectors_and_never_the_database(path):
    asked = [node.lineno for node in ast.walk(ast.parse(path.read_text())) if getattr(node, "attr", "") == "objects"]
    assert asked == []


# An AppConfig is read before the models are ready, so what it connects it can only import in `ready`.
@pytest.mark.parametrize("path", [path for path in OURS if path.name != "apps.py"], ids=named)
def test_no_function_imports_because_that_hides_an_arrow_pointing_the_wrong_way(path):
    imports = [part.lineno for f in functions(path) for part in ast.walk(f) if isinstance(part, ast.Import | ast.ImportFrom)]
    assert imports == []


def test_files_hold_one_subject_each():
    lengths = sorted(len(path.read_text().splitlines()) for path in OURS)
    assert lengths[int(len(lengths) * 0.95)] <= 350
    assert lengths[-1] <= 600


@pytest.mark.parametrize("app", APPS)
def test_every_app_says_what_it_is_for(app):
    assert ast.get_docstring(ast.parse((ROOT / app / "__init__.py").read_text()))


@pytest.mark.parametrize(
    "package", [path.parent for path in OURS if path.name == "__init__.py" and "management" not in path.parts], ids=named
)
def test_every_package_has_a_docstring(package):
    assert ast.get_docstring(ast.parse((package / "__init__.py").read_text())), f"{package.name} does not say what it is"


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_templates_keep_to_the_content_security_policy(path):
    assert INLINE.search(re.sub(r"\{#.*?#\}|\{% comment.*?endcomment %\}", "", path.read_text(), flags=re.DOTALL)) is None


@pytest.mark.parametrize("label", [config.label for config in apps.get_app_configs() if config.name.split(".")[0] in APPS])
def test_migrations_are_one_line_without_branches(label):
    folder = Path(apps.get_app_config(label).path) / "migrations"
    numbers = [path.name[:4] for path in sorted(folder.glob("[0-9]*.py"))]
    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]


def test_nothing_committed_names_a_place_on_a_developers_machine():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    paths = [ROOT / name for name in listed if name and (ROOT / name).is_file() and (ROOT / name).suffix in TEXT]
    assert [named(path) for path in paths if PLACES.search(path.read_text(errors="ignore"))] == []


def test_the_arrows_between_the_apps_hold():
    linter = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
