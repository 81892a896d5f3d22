"""The demonstration, small: a few authorities and sixty simulated cases. Dates are counted back from 24 November 2026."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Count

from ehcp.models import AdviceRequest, Case, CaseDeadline, CaseEvent, FamilyStep, PlanVersion
from ehcp.selectors import worklist
from ehcp.services.casework import rewrite_deadlines
from ehcp.states import State
from send import access, clock
from send.accounts.demo import current_code
from send.accounts.models import Membership, User
from send.audit.models import AuditEvent
from send.demo import cast
from send.people.models import Child
from tests.factories import an_authority

TODAY = date(2026, 11, 24)
INDEX = ("subject", "code", "duty", "started_on", "due_on", "met_on")
WORK_LIST = ("next_duty", "next_due_on", "waiting_for", "waiting_since")


@pytest.fixture
def embedded(db, settings):
    settings.EMBEDDED = True
    clock.set_today(TODAY)


@pytest.fixture
def authorities(embedded):
    return [an_authority(code="886", name="Kent"), an_authority(code="919", name="Hertfordshire"), an_authority(code="301")]


@pytest.fixture
def seeded(authorities, capsys):
    call_command("seed_demo", cases=60)
    return capsys.readouterr().out


def cast_case(given_names: str) -> Case:
    return Case.objects.get(name_as_asked=f"{given_names} Sample")


def person(key: str) -> User:
    return User.objects.get(email=f"{key}@example.org")


def counts() -> list[int]:
    return [model.objects.count() for model in (User, Membership, Child, Case, CaseEvent, CaseDeadline, AuditEvent)]


def index_of(case: Case) -> tuple:
    row = Case.objects.get(pk=case.pk)
    deadlines = CaseDeadline.objects.filter(case=case).order_by("code", "subject").values_list(*INDEX)
    return [getattr(row, name) for name in WORK_LIST], list(deadlines)


def test_it_says_who_can_sign_in_with_which_password_and_how_to_get_the_code(seeded):
    assert all(each.email in seeded and each.name in seeded for each in cast.PEOPLE)
    assert "every-person-here-is-invented" in seeded
    assert "demo_code parent@example.org" in seeded


def test_everybody_of_the_cast_has_the_password_a_code_and_their_role(seeded):
    for each in cast.PEOPLE:
        user = User.objects.get(email=each.email)
        roles = list(user.memberships.values_list("role", flat=True))
        assert user.check_password(cast.PASSWORD)
        assert len(current_code(each.email)[0]) == 6
        assert roles == ([each.role] if each.office else [])


def test_a_second_run_changes_nothing_and_says_so(seeded, capsys):
    before = counts()
    call_command("seed_demo", cases=60)
    assert counts() == before
    assert capsys.readouterr().out == "The demonstration is there already; nothing was changed.\n"


def test_a_real_service_refuses_invented_people(authorities, settings):
    settings.EMBEDDED = False
    with pytest.raises(CommandError, match=r"^Invented people belong in the embedded default only"):
        call_command("seed_demo", cases=60)
    assert User.objects.count() == 0


@pytest.mark.usefixtures("embedded")
def test_without_an_authority_nothing_is_kept_and_one_line_says_why():
    with pytest.raises(CommandError, match="load_reference"):
        call_command("seed_demo", cases=60)
    assert counts() == [0] * 7


@pytest.mark.usefixtures("embedded")
def test_one_authority_is_enough():
    an_authority(code="301")
    call_command("seed_demo", cases=10)
    assert Case.objects.count() == 16


def test_the_day_is_put_back(seeded):
    assert clock.today() == TODAY


def test_the_cast_has_a_case_at_each_stage(seeded):
    stages = {name: cast_case(name).state for name in ("Wren", "Hazel", "Linden", "Juniper", "Rowan", "Sky")}
    assert stages == {
        "Wren": State.REQUESTED, "Hazel": State.REQUESTED, "Linden": State.REQUESTED, "Juniper": State.ASSESSING,
        "Rowan": State.DRAFT_WITH_FAMILY, "Sky": State.FINAL,
    }  # fmt: skip
    assert cast_case("Wren").child is None
    assert cast_case("Linden").rule_set == "green_paper_2022"


def test_one_decision_is_due_in_two_days_and_another_is_ten_days_late(seeded):
    assert cast_case("Hazel").next_due_on == date(2026, 11, 26)
    assert cast_case("Linden").next_due_on == date(2026, 11, 14)


def test_both_parents_are_inside_their_fifteen_days(seeded):
    steps = FamilyStep.objects.filter(version__case=cast_case("Rowan")).order_by("user__email")
    assert [(step.user.name, step.window_ends_on) for step in steps] == [
        ("Robin Sample", date(2026, 12, 3)),
        ("Kit Sample", date(2026, 12, 3)),
    ]


def test_the_school_has_given_advice_and_the_others_are_asked(seeded):
    asked = AdviceRequest.objects.filter(case=cast_case("Juniper"), state=AdviceRequest.State.ASKED)
    assert set(asked.values_list("user__name", "due_on")) == {
        ("Dr Pat Example", date(2026, 12, 6)), ("Sam Example", date(2026, 12, 6)), ("Lee Example", date(2026, 12, 6)),
    }  # fmt: skip


def test_the_final_plan_is_the_young_persons_own_since_the_end_of_june(seeded):
    final = PlanVersion.objects.get(case=cast_case("Sky"), state=PlanVersion.State.FINAL)
    assert final.issued_on == date(2026, 6, 4)
    assert access.allowed(person("young.person"), "ehcp_final.read", final)
    assert not access.allowed(person("parent"), "ehcp_final.read", final)


def test_each_sees_their_own_work_and_the_helper_only_the_case_they_help_with(seeded):
    helped = access.visible(person("sendiass"), "case_summary.list", Case.objects.all())
    assert list(helped) == [cast_case("Rowan")]
    assert set(worklist(person("psychologist"), on=TODAY)) == {cast_case("Juniper")}
    assert worklist(person("officer"), on=TODAY).filter(child__given_names="Simulated").exists()


def test_simulated_cases_are_in_every_authority_under_plainly_invented_names(seeded, authorities):
    simulated = Case.objects.filter(name_as_asked__startswith="Simulated Child 000")
    by_authority = dict(simulated.values_list("authority__code").annotate(Count("pk")))
    assert sum(by_authority.values()) == 60
    assert set(by_authority) == {"886", "919", "301"}
    assert AuditEvent.objects.filter(stream__in=[case.audit_stream for case in simulated]).count() == 0


def test_simulated_deadlines_and_the_work_list_are_what_the_service_computes(seeded):
    sample = list(Case.objects.filter(name_as_asked__startswith="Simulated"))
    before = [index_of(case) for case in sample]
    for case in sample:
        rewrite_deadlines(Case.objects.get(pk=case.pk))
    assert [index_of(case) for case in sample] == before


def test_some_simulated_cases_are_late_and_none_knows_the_future(seeded):
    simulated = Case.objects.filter(name_as_asked__startswith="Simulated")
    assert simulated.filter(next_due_on__lt=TODAY).exists()
    assert simulated.filter(next_due_on__gte=TODAY).exists()
    assert not CaseEvent.objects.filter(on__gt=TODAY).exists()


def simulated_cases_of_a_fresh_database() -> list:
    rows = Case.objects.filter(name_as_asked__startswith="Simulated").order_by("name_as_asked")
    with transaction.atomic():
        call_command("seed_demo", cases=30)
        found = list(rows.values_list("reference", "authority__code", "state", "received_on", "next_due_on", "child__born_on"))
        transaction.set_rollback(True)
    return found


def test_the_same_day_gives_the_same_simulated_cases(authorities, capsys):
    first = simulated_cases_of_a_fresh_database()
    second = simulated_cases_of_a_fresh_database()
    assert len(first) == 30
    assert first == second
