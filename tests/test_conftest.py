"""The nets under all other tests hold."""

import socket

import pytest
from django.conf import settings
from django.db import connection
from pytest_socket import SocketConnectBlockedError

from send import clock
from send.audit import triggers


def test_no_test_can_reach_another_machine():
    with socket.socket() as outgoing, pytest.raises(SocketConnectBlockedError):
        outgoing.connect(("192.0.2.1", 80))


def test_files_of_tests_stay_in_the_folder_of_the_test_run(tmp_path_factory):
    assert settings.FILES_DIR.is_relative_to(tmp_path_factory.getbasetemp())
    assert clock._set_file().is_relative_to(tmp_path_factory.getbasetemp())


@pytest.mark.django_db(transaction=True)
def test_append_only_tables_can_be_emptied_after_a_test_and_are_guarded_in_the_next():
    assert triggers.missing(connection, tables=["audit_auditevent"]) == []


@pytest.mark.django_db(transaction=True)
def test_the_guards_are_back_after_a_test_with_real_transactions():
    assert triggers.missing(connection, tables=["audit_auditevent"]) == []
