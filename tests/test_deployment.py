"""The full arrangement: what the compose file says is what the settings read and the words explain."""

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
OF_THE_SERVICE = ("migrate", "web", "worker", "beat")
READ_BY_SETTINGS = set(re.findall(r"env(?:\.\w+)?\(\s*['\"]([A-Z][A-Z_0-9]+)['\"]", (ROOT / "send" / "settings.py").read_text()))
EXPLAINED = re.findall(r"^\| `([A-Z_0-9]+)` \|", (ROOT / "docs" / "operations.md").read_text(), re.MULTILINE)
NOT_OF_THE_SERVICE = {"POSTGRES_PASSWORD", "TEST_POSTGRES_URL", "TEST_REDIS_URL"}


def test_every_setting_is_explained_once():
    assert sorted(EXPLAINED) == sorted(set(EXPLAINED))
    assert set(EXPLAINED) - NOT_OF_THE_SERVICE == READ_BY_SETTINGS | {"DATABASE_URL"}


@pytest.mark.parametrize("name", OF_THE_SERVICE)
def test_a_container_is_given_only_settings_that_exist(name):
    assert set(COMPOSE["services"][name]["environment"]) <= READ_BY_SETTINGS | {"DATABASE_URL"}


def test_the_full_arrangement_is_complete():
    assert set(COMPOSE["services"]) == {*OF_THE_SERVICE, "postgres", "redis", "clamav", "mail"}


def test_no_secret_has_a_value_in_the_compose_file():
    settings = COMPOSE["services"]["web"]["environment"]
    assert settings["SECRET_KEY"].startswith("${SECRET_KEY:?")
    assert "${POSTGRES_PASSWORD:?" in settings["DATABASE_URL"]


def test_nothing_is_open_to_other_machines_and_no_service_waits_for_one_that_is_not_there():
    services = COMPOSE["services"]
    assert [port for service in services.values() for port in service.get("ports", []) if not port.startswith("127.0.0.1:")] == []
    assert {name for service in services.values() for name in service.get("depends_on", {})} <= set(services)


def test_the_steps_of_the_image_are_scripts_that_are_here():
    steps = re.findall(r"scripts/\w+(?:\.\w+)*\.py", (ROOT / "Dockerfile").read_text())
    assert {"scripts/setup.py", "scripts/image.py", "scripts/healthcheck.py"} <= set(steps)
    assert [step for step in steps if not (ROOT / step).is_file()] == []


@pytest.mark.parametrize("name", ["run", "test", "prove", "bench", "lint"])
def test_the_promised_commands_are_targets(name):
    assert re.search(rf"^{name}:", (ROOT / "Makefile").read_text(), re.MULTILINE)
