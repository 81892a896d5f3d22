"""Every link that the service offers leads somewhere."""

import pytest
from django.urls import reverse

from dashboards.home_pages import LINKS, PEOPLE
from send.accounts.roles import Role
from send.context import SIGNED_IN, SIGNED_OUT
from tests.factories import a_case, a_child, a_link, a_member, a_person, an_authority
from tests.web import signed_in


@pytest.mark.parametrize("route", [route for _, route, _ in SIGNED_IN + SIGNED_OUT] + [link.route for link in (*LINKS, PEOPLE)])
def test_every_route_of_the_navigation_exists(route):
    assert reverse(route).startswith("/")


@pytest.mark.parametrize(
    "role", [Role.CASE_OFFICER, Role.SEND_MANAGER, Role.REGIONS_GROUP, Role.AUDITOR, Role.EDUCATIONAL_PSYCHOLOGIST]
)
def test_every_link_of_a_home_page_opens(db, role):
    client = signed_in(a_member(an_authority(), role))
    links = client.get(reverse("home")).context["links"]
    opened = {link["href"]: client.get(link["href"]).status_code for link in links}
    assert opened == dict.fromkeys(opened, 200)


def test_a_second_parent_finds_the_case_from_the_page_of_requests(db):
    council, parent = an_authority(), a_person()
    child = a_child(council)
    a_link(child, parent)
    case = a_case(council, child=child)
    assert case.reference in signed_in(parent).get(reverse("ehcp:my_requests")).content.decode()
