"""What every test shares: its own folder, the real day, no network, and a flush that the append-only tables allow."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connections
from django.test import TransactionTestCase, override_settings

from send.audit import triggers

HOW_TO = "Tests run under the test settings: type `make test`, or `SEND_TESTING=1 VAR_DIR=/tmp/var-test .venv/bin/pytest`."


def pytest_configure(config):
    """A run under other settings could write into a real service."""
    if not settings.TESTING:
        raise pytest.UsageError(HOW_TO)


@pytest.fixture(scope="session", autouse=True)
def _a_var_folder_of_its_own(tmp_path_factory):
    """Each worker keeps its files and its day apart from the other's."""
    var = tmp_path_factory.mktemp("var")
    storages = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": var / "files"}}
    }
    caches = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}  # clearing a shared one would touch others
    with override_settings(VAR_DIR=var, FILES_DIR=var / "files", STORAGES=storages, CACHES=caches):
        yield


@pytest.fixture(autouse=True)
def _the_next_test_starts_afresh():
    """No test inherits another's day or another's count of attempts."""
    yield
    (Path(settings.VAR_DIR) / "today").unlink(missing_ok=True)
    cache.clear()


@pytest.fixture(scope="session", autouse=True)
def _flush_past_the_guards():
    """Tests with real transactions empty the tables afterwards, which the append-only triggers rightly refuse."""
    flush = TransactionTestCase._fixture_teardown

    def flush_unguarded(self):
        for connection in connections.all():
            triggers.drop_all(connection)
        try:
            flush(self)
        finally:
            for connection in connections.all():
                triggers.create_all(connection)

    TransactionTestCase._fixture_teardown = flush_unguarded
    yield
    TransactionTestCase._fixture_teardown = flush
