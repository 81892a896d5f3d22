"""A school's records system, through the door that it uses: token, list, one plan, SEN Support; and what it may not."""

import base64
import json
from datetime import UTC, date, datetime, timedelta

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from ehcp.models import Case, IdempotencyKey, SupportRecord
from ehcp.services import api_clients, issuing
from send import clock
from send.accounts.roles import Role
from send.audit.models import AuditEvent, ReadEvent
from send.errors import NotAllowed
from send.organisations.models import Organisation, Setting
from send.people.models import Enrolment
from send.wsgi import application
from tests.factories import NOON, a_child, a_member, a_person

ISSUED = date(2026, 3, 18)
UPN = "A123456789012"
SUPPORT = {
    "upn": UPN, "surname": "Sample", "date_of_birth": "2017-03-27", "primary_need": "SLCN", "support_from": "2025-09-01",
}  # fmt: skip
ALL = ["plans:read", "sen-support:write"]


def a_school(authority, *, urn: str = "100001", name: str = "Sample Primary School") -> Setting:
    return Setting.objects.create(kind=Organisation.Kind.SETTING, name=name, urn=urn, authority=authority)


def on_roll(child, school, *, starts_on=date(2024, 9, 1), ends_on=None, confirmed=True) -> Enrolment:
    by = a_person() if confirmed else None
    return Enrolment.objects.create(
        child=child, setting=school, starts_on=starts_on, ends_on=ends_on, source="council", confirmed_by=by
    )


class Mis:
    """A records system with its own client at one school."""

    def __init__(self, web, school, *, scopes=ALL) -> None:
        self.web, self.school = web, school
        self.head = a_member(school, Role.SCHOOL_SENCO, is_administrator=True)
        self.client, self.secret = api_clients.let_in(
            setting=school, name="Sample MIS", scopes=scopes, by=self.head, on=clock.today(), at=NOON,
            ends_on=clock.today() + timedelta(days=300),
        )  # fmt: skip
        self.token = self.sign_in().json()["access_token"]

    def sign_in(self, **fields):
        pair = f"{self.client.application.client_id}:{self.secret}".encode()
        basic = f"Basic {base64.b64encode(pair).decode()}"
        return self.web.post("/oauth2/token/", {"grant_type": "client_credentials"} | fields, headers={"Authorization": basic})

    def get(self, address, **headers):
        return self.web.get(address, headers={"Authorization": f"Bearer {self.token}"} | headers)

    def post(self, body, *, key="one", **headers):
        body = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {"Authorization": f"Bearer {self.token}", "Idempotency-Key": key} | headers
        return self.web.post("/api/v1/sen-support/", body, content_type="application/json", headers=headers)


def a_final_plan(journey) -> Case:
    journey.proposed()
    clock.set_today(ISSUED)
    issuing.finalise_plan(journey.final.pk, by=journey.manager, on=ISSUED, at=datetime(2026, 3, 18, 12, tzinfo=UTC), is_fresh=True)
    return Case.objects.get(pk=journey.case.pk)


@pytest.fixture
def school(journey):
    clock.set_today(ISSUED)
    journey.child.upn = UPN
    journey.child.save()
    school = a_school(journey.authority)
    on_roll(journey.child, school)
    return school


@pytest.fixture
def mis(client, school):
    return Mis(client, school)


@pytest.fixture
def plan(journey, school):
    clock.set_today(date(2026, 3, 2))
    return a_final_plan(journey)


@pytest.fixture
def reader(client, plan, school):
    return Mis(client, school)


# --- Who may call --------------------------------------------------------------------------------------------------


def test_without_a_token_the_answer_is_401_as_a_problem(client, db):
    answer = client.get("/api/v1/plans/")
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert answer.json()["code"] == "not_authenticated"


def test_a_made_up_token_is_401(client, db):
    answer = client.get("/api/v1/plans/", headers={"Authorization": "Bearer made-up"})
    assert (answer.status_code, answer.json()["code"]) == (401, "token_not_valid")


def test_a_token_in_the_address_is_not_looked_at(client, mis):
    assert client.get(f"/api/v1/plans/?access_token={mis.token}").status_code == 401


def test_a_token_lasts_ten_minutes(mis):
    assert mis.sign_in().json()["expires_in"] == 600


def test_a_wrong_secret_gets_no_token(mis):
    mis.secret = "wrong"
    assert mis.sign_in().status_code == 401


def test_a_client_without_the_scope_is_forbidden(client, school):
    mis = Mis(client, school, scopes=["sen-support:write"])
    answer = mis.get("/api/v1/plans/")
    assert (answer.status_code, answer.json()["code"]) == (403, "insufficient_scope")


def test_a_token_of_a_narrower_scope_does_no_more_than_it_says(mis):
    mis.token = mis.sign_in(scope="plans:read").json()["access_token"]
    assert mis.post(SUPPORT).status_code == 403


def test_a_client_that_was_shut_out_is_refused_at_once(mis):
    api_clients.shut_out(mis.client, by=mis.head, on=clock.today())
    assert mis.get("/api/v1/plans/").status_code == 401


def test_a_client_stops_after_its_last_day(mis):
    clock.set_today(mis.client.ends_on + timedelta(days=1))
    answer = mis.get("/api/v1/plans/")
    assert (answer.status_code, answer.json()["code"]) == (401, "client_ended")


def test_only_who_manages_the_schools_people_lets_a_system_in(school):
    teacher = a_member(school, Role.SCHOOL_SENCO)
    with pytest.raises(NotAllowed):
        api_clients.let_in(setting=school, name="MIS", scopes=ALL, by=teacher, on=ISSUED, at=NOON, ends_on=ISSUED)


def test_a_signed_in_person_has_no_way_in(client, journey):
    client.force_login(journey.officer, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/api/v1/plans/").status_code == 401


# --- The list ------------------------------------------------------------------------------------------------------


def test_the_list_has_the_plan_of_a_pupil_on_roll_with_the_listed_fields_only(reader, plan):
    [row] = reader.get("/api/v1/plans/").json()["data"]
    assert row.pop("updated_at").endswith("Z")
    assert row == {
        "id": str(plan.uuid), "reference": plan.reference, "upn": UPN, "given_names": "Ada", "family_name": "Sample",
        "date_of_birth": "2017-03-27", "status": "in_force", "issued_on": "2026-03-18",
    }  # fmt: skip


def test_another_school_sees_nothing_of_it(client, plan, journey):
    other = Mis(client, a_school(journey.authority, urn="100002", name="Other School"))
    assert other.get("/api/v1/plans/").json() == {"data": [], "next": None}
    answer = other.get(f"/api/v1/plans/{plan.uuid}/")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert ReadEvent.objects.filter(outcome="denied", subject_reference=str(plan.uuid)).count() == 1


@pytest.mark.parametrize(
    "changed",
    [{"confirmed_by": None}, {"ends_on": date(2026, 3, 17)}, {"starts_on": date(2026, 3, 19)}],
    ids=["the school's own claim", "left yesterday", "comes tomorrow"],
)
def test_a_pupil_not_on_roll_today_is_not_there(reader, plan, changed):
    Enrolment.objects.update(**changed)
    assert reader.get("/api/v1/plans/").json()["data"] == []
    assert reader.get(f"/api/v1/plans/{plan.uuid}/").status_code == 404


def test_the_last_day_on_roll_still_counts(reader, plan):
    Enrolment.objects.update(ends_on=ISSUED)
    assert len(reader.get("/api/v1/plans/").json()["data"]) == 1


def test_a_draft_is_not_a_plan(client, journey, school):
    clock.set_today(date(2026, 3, 2))
    journey.served()
    assert Mis(client, school).get("/api/v1/plans/").json()["data"] == []


def test_the_list_asks_a_fixed_number_of_queries_and_notes_one_look(reader, plan):
    with CaptureQueriesContext(connection) as asked:
        reader.get("/api/v1/plans/")
    assert len(asked) <= 12
    look = ReadEvent.objects.get(what="plan list by API")
    assert (look.role, look.organisation) == ("school_mis_api", reader.school.uuid)


def test_updated_after_leaves_out_what_has_not_changed_since(reader, plan):
    at = Case.objects.get(pk=plan.pk).changed_at
    before, same = (at - timedelta(seconds=1)).isoformat().replace("+00:00", "Z"), at.isoformat().replace("+00:00", "Z")
    assert len(reader.get(f"/api/v1/plans/?updated_after={before}").json()["data"]) == 1
    assert reader.get(f"/api/v1/plans/?updated_after={same}").json()["data"] == []


@pytest.mark.parametrize(
    "query",
    ["limit=0", "limit=101", "limit=x", "limit=-1", "cursor=x", "cursor=%00", "updated_after=yesterday", "sort=upn",
     "updated_after=2026-03-02T12:00:00", "updated_after=9999-12-31T23:59:59-12:00", "updated_after=0001-01-01T00:00:00%2B12:00"],
)  # fmt: skip
def test_a_query_that_is_not_right_is_400_and_names_its_field(mis, query):
    answer = mis.get(f"/api/v1/plans/?{query}")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert [error["field"] for error in answer.json()["errors"]] == [query.partition("=")[0]]


# --- One plan ------------------------------------------------------------------------------------------------------


def test_one_plan_shows_its_education_provision_and_nothing_else_of_it(reader, plan):
    details = reader.get(f"/api/v1/plans/{plan.uuid}/").json()
    assert set(details) == {"id", "reference", "version", "status", "issued_on", "updated_at", "provision"}
    [line] = details["provision"]
    assert (line["text"], line["minutes"], line["times"], line["period"]) == ("Speech and language therapy", 30, 1, "week")
    assert "Ada" not in json.dumps(details)
    assert ReadEvent.objects.filter(what="plan by API").count() == 1


def test_the_entity_tag_saves_reading_it_again(reader, plan):
    tag = reader.get(f"/api/v1/plans/{plan.uuid}/")["ETag"]
    again = reader.get(f"/api/v1/plans/{plan.uuid}/", **{"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    stale = reader.get(f"/api/v1/plans/{plan.uuid}/", **{"If-Match": '"other"'})
    assert (stale.status_code, stale.json()["code"]) == (412, "stale")


# --- SEN Support ---------------------------------------------------------------------------------------------------


def test_a_record_is_kept_and_the_trail_names_the_system(mis, journey):
    answer = mis.post(SUPPORT)
    assert answer.status_code == 201
    record = SupportRecord.objects.get(uuid=answer.json()["id"])
    assert (record.child, record.setting, record.primary_need) == (journey.child, mis.school, "SLCN")
    event = AuditEvent.objects.get(action="ehcp.record_support")
    assert (event.system_name, event.role, event.organisation) == ("Sample MIS", "school_mis_api", mis.school.uuid)


def test_the_same_key_and_body_get_the_same_answer_and_change_nothing(mis):
    first, again = mis.post(SUPPORT), mis.post(SUPPORT)
    assert (again.status_code, again.content) == (201, first.content)
    assert again["Idempotent-Replayed"] == "true"
    assert SupportRecord.objects.count() == 1


def test_the_same_key_with_another_body_is_refused(mis):
    mis.post(SUPPORT)
    answer = mis.post(SUPPORT | {"primary_need": "ASD"})
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")
    assert SupportRecord.objects.count() == 1


@pytest.mark.parametrize("key", ["", "x" * 101, "a b", "é"])
def test_a_write_without_a_usable_key_is_400(mis, key):
    answer = mis.post(SUPPORT, key=key)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "Idempotency-Key"


@pytest.mark.parametrize("wrong", [{"upn": "B123456789012"}, {"surname": "Other"}, {"date_of_birth": "2017-03-28"}], ids=str)
def test_all_three_facts_must_be_of_one_pupil_and_the_answer_does_not_say_which_is_not(mis, wrong):
    answer = mis.post(SUPPORT | wrong)
    assert (answer.status_code, answer.json()["code"]) == (422, "pupil_not_matched")
    assert answer.json()["detail"] == "No pupil on roll at this school has that UPN, surname and date of birth together."
    assert (SupportRecord.objects.count(), IdempotencyKey.objects.count()) == (0, 0)


def test_a_pupil_of_another_school_is_not_matched(client, mis, journey):
    other = a_school(journey.authority, urn="100002", name="Other School")
    child = a_child(journey.authority, family_name="Elsewhere")
    child.upn = "B123456789012"
    child.save()
    on_roll(child, other)
    assert mis.post(SUPPORT | {"upn": child.upn, "surname": "Elsewhere"}).status_code == 422


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"colour": "red"}, "colour"), ({"upn": 5}, "upn"), ({"upn": UPN + "\n"}, "upn"), ({"surname": ""}, "surname"),
        ({"surname": ["x"]}, "surname"), ({"date_of_birth": "20170327"}, "date_of_birth"), ({"primary_need": "XX"}, "primary_need"),
        ({"support_from": "2026-02-30"}, "support_from"), ({"primary_need": None}, "primary_need"),
        ({"outcomes": "x" * 5001}, "outcomes"), ({"external_id": True}, "external_id"),
    ],
    ids=str,
)  # fmt: skip
def test_a_field_that_is_not_right_is_400_and_named(mis, change, field):
    answer = mis.post(SUPPORT | change)
    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert SupportRecord.objects.count() == 0


@pytest.mark.parametrize(
    "change",
    [{"support_from": "2026-03-19"}, {"support_from": "2016-01-01"}, {"reviewed_on": "2025-08-31"}, {"secondary_need": "SLCN"}],
    ids=str,
)
def test_facts_that_cannot_be_are_422(mis, change):
    answer = mis.post(SUPPORT | change)
    assert (answer.status_code, answer.json()["code"]) == (422, "rule_broken")
    assert SupportRecord.objects.count() == 0


# --- The document --------------------------------------------------------------------------------------------------


@pytest.fixture
def document(db):
    """Asked of the whole application. As in Django's own client, the end of a request does not close the test's connection."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/schema/?format=json", application)
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


def test_the_document_names_every_address(document):
    assert document.raw_schema["openapi"].startswith("3.1")
    assert sorted(document.raw_schema["paths"]) == ["/api/v1/plans/", "/api/v1/plans/{uuid}/", "/api/v1/sen-support/"]


@pytest.mark.parametrize("operation", ["plans_list", "plans_read", "sen_support_create"])
def test_generated_requests_get_only_documented_answers(mis, document, operation):
    asked = []

    @settings(max_examples=15, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(document.find_operation_by_id(operation).as_strategy())
    def one(case):
        asked.append(case)
        # No document can say which cursor is ours or whose UPN goes with which birth date: 400 and 422 are right there.
        case.call_and_validate(headers={"Authorization": f"Bearer {mis.token}"}, excluded_checks=[positive_data_acceptance])

    one()
    assert len(asked) >= 15
