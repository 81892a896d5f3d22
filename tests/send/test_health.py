"""Whether the service says truly that it is well."""

from types import SimpleNamespace

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from send import health

pytestmark = pytest.mark.django_db


def test_the_process_answers_without_signing_in(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")
    assert "no-store" in answer["Cache-Control"]


def test_a_service_in_order_is_ready(client, monkeypatch):
    monkeypatch.setattr(health.shutil, "disk_usage", lambda path: SimpleNamespace(free=11, total=100))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (200, b"ready")


def test_a_service_whose_database_lacks_a_migration_is_not_ready_and_does_not_say_why(client, caplog):
    newest = MigrationLoader(connection).graph.leaf_nodes("audit")[0]
    MigrationRecorder(connection).record_unapplied(*newest)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"not ready")
    assert any(record.msg.get("check") == "migrations" for record in caplog.records if isinstance(record.msg, dict))


def test_a_nearly_full_disk_is_not_ready(client, monkeypatch):
    monkeypatch.setattr(health.shutil, "disk_usage", lambda path: SimpleNamespace(free=10, total=100))
    assert client.get("/readyz").status_code == 503


def test_a_broker_that_does_not_answer_is_noticed(monkeypatch):
    monkeypatch.setattr(health.app.conf, "broker_write_url", "redis://127.0.0.1:1/0")
    assert health.broker_answers() is False


def test_the_health_pages_change_nothing_and_take_nothing(client):
    assert client.post("/healthz").status_code == 405
    assert client.post("/readyz").status_code == 405
