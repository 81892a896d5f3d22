"""Public figures are loaded once a module inside a transaction that is rolled back, so that no other test meets them."""

import pytest
from django.db import transaction

from dashboards import loading
from send.organisations import loading as organisations


@pytest.fixture(scope="module")
def _loaded(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        for step in (
            organisations.load_regions,
            organisations.load_authorities,
            organisations.load_successors,
            organisations.load_aliases,
        ):
            step()
        loading.load()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def figures(_loaded, db):
    """The register of authorities (without the schools) and every published series; what a test writes is undone."""
