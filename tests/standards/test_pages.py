"""The standards on the web: anyone may read them."""

import json

import pytest
from django.urls import reverse

from send import clock
from standards import loading
from standards.models import Edition, Standard

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _edition():
    loading.load()


def test_anyone_can_read_the_edition_in_force(client):
    answer = client.get("/standards/")
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "This is an illustration. It is not law, government policy or guidance." in page
    for standard in Standard.objects.all():
        assert f"/standards/1/{standard.code}/" in page


def test_the_page_of_an_edition_asks_the_same_few_queries(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        client.get("/standards/")


@pytest.mark.parametrize("code", ["id-1", "pr-1", "ar-2", "co-1", "tr-2"])
def test_anyone_can_read_a_standard_with_its_source(client, code):
    standard = Standard.objects.get(code=code)
    answer = client.get(reverse("standards:standard", args=[1, code]))
    assert answer.status_code == 200
    page = answer.content.decode()
    assert standard.source in page
    assert "not law" in page
    assert page.count("govuk-summary-card__title-wrapper") == standard.criteria.count()


def test_programs_can_read_an_edition(client):
    answer = client.get("/standards/edition-1.json")
    assert answer.headers["Content-Type"] == "application/json"
    document = json.loads(answer.content)
    assert document["edition"]["is_illustrative"] is True
    assert {standard["strand"] for standard in document["standards"]} == {
        "identification", "provision", "access_and_review", "co_production", "transitions",
    }  # fmt: skip


@pytest.mark.parametrize("address", ["/standards/9/", "/standards/1/no-such/", "/standards/edition-9.json", "/standards/9/id-1/"])
def test_what_is_not_there_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_a_draft_is_not_found(client):
    Edition.objects.update(status="draft")
    for address in ("/standards/1/", "/standards/1/id-1/", "/standards/edition-1.json"):
        assert client.get(address).status_code == 404


def test_a_day_without_an_edition_says_so(client):
    Edition.objects.update(in_force_from=clock.today().replace(year=clock.today().year + 2, day=1))
    assert "No edition of the standards applies today." in client.get("/standards/").content.decode()
    assert client.get("/standards/1/").status_code == 200
