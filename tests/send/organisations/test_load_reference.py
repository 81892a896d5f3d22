"""The command that loads the reference data of every app."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from dashboards.models import Observation
from send.management.commands import load_reference
from send.organisations.models import Setting
from standards.models import Standard

pytestmark = pytest.mark.django_db


def test_it_loads_every_app_and_says_what_it_did():
    said = StringIO()
    call_command("load_reference", stdout=said)
    assert "settings: 24,278 added, 0 changed, 0 unchanged, 0 removed" in said.getvalue()
    assert Setting.objects.exists()
    assert Standard.objects.exists()
    assert Observation.objects.exists()


def test_a_failure_is_one_clear_line(monkeypatch):
    def unreadable(*, say):
        raise LookupError("'Atlantis' matches no authority")

    monkeypatch.setattr(load_reference, "LOADERS", (("Organisations", unreadable),))
    with pytest.raises(CommandError, match=r"^Organisations could not be loaded, and nothing of them was changed: 'Atlantis'"):
        call_command("load_reference", stdout=StringIO())
