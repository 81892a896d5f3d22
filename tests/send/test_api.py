"""What every part of the API shares: strict bodies, problems instead of pages, and a document that is true."""

import io

import pytest
from django.urls import reverse
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema
from rest_framework.exceptions import ParseError

from send.api import MAX_BODY, DenyAll, StrictJSONParser, TooLarge, problem
from send.errors import NotAllowed, RuleBroken, Stale


def parse(body: bytes):
    return StrictJSONParser().parse(io.BytesIO(body))


def test_plain_json_is_read():
    assert parse(b'{"a": [1, "x", null]}') == {"a": [1, "x", None]}


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"\xff", b'{"a": 1, "a": 2}', b'{"a": NaN}', b'"\\u0000"', b'"\\ud800"', b"[" * 21 + b"]" * 21, b"[" * 100_000,
     b"1" * 5000],
    ids=["empty", "cut", "not UTF-8", "twice", "NaN", "NUL", "half a letter", "21 levels", "a tower", "a huge number"],
)  # fmt: skip
def test_a_body_that_is_not_strict_json_is_refused(body):
    with pytest.raises(ParseError):
        parse(body)


def test_twenty_levels_are_read():
    assert parse(b"[" * 20 + b"]" * 20) == [[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]


def test_a_body_over_a_megabyte_is_never_read_whole():
    with pytest.raises(TooLarge):
        parse(b'"' + b"x" * MAX_BODY + b'"')


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [(RuleBroken("No."), 422, "rule_broken"), (NotAllowed("No."), 409, "not_allowed"), (Stale("No."), 412, "stale")],
)
def test_a_rule_that_says_no_is_a_problem_with_its_own_status(error, status, code):
    answer = problem(error, {})
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
    assert (answer.data["code"], answer.data["detail"]) == (code, "No.")


def test_what_nobody_foresaw_is_not_explained_to_the_caller():
    assert problem(ZeroDivisionError("secret"), {}) is None


def test_a_view_that_names_no_permission_is_closed():
    assert DenyAll().has_permission(None, None) is False


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post", "delete"])
def test_an_address_that_is_not_there_is_a_problem(client, method):
    answer = getattr(client, method)("/api/v1/nothing")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_the_document_is_valid_and_made_without_a_warning():
    GENERATOR_STATS.reset()
    schema = SchemaGenerator().get_schema(request=None, public=True)
    validate_schema(schema)
    assert len(schema["paths"]) > 0
    assert not GENERATOR_STATS


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["api_schema", "api_docs"])
def test_anyone_can_read_the_document(client, name):
    assert client.get(reverse(name)).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["authorize", "applications", "introspect", "revoke_token", "device-authorization"])
def test_nothing_of_oauth_but_the_token_is_offered(client, path):
    assert client.get(f"/oauth2/{path}/").status_code == 404
