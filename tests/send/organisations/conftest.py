"""The whole reference data, loaded once for the tests of a file."""

import pytest
from django.db import transaction

from send.organisations import loading


@pytest.fixture(scope="module")
def _reference_data(django_db_setup, django_db_blocker):
    """In a transaction around those of the tests, rolled back after the last of the file: one load for all of them."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        loading.load()
    yield
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)


@pytest.fixture
def england(_reference_data, db):
    """Every published organisation of England."""
