"""The cast's own cases, each made step by step through the services, by the person whose step it is, on its day."""

from datetime import date, timedelta

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType

from ehcp.models import AdviceRequest, Case, CaseGrant, Helper, Request
from ehcp.services import advising, deciding, drafting, issuing, matching, requesting
from send import access, clock
from send.accounts.models import User
from send.accounts.roles import Role
from send.demo import days
from send.organisations.models import LocalAuthority
from send.people import services as people
from send.people.models import Child, Link
from send.people.rules import compulsory_school_age_ends

Cast = dict[str, User]
Kind = AdviceRequest.Kind
SEEN = "Birth certificate (invented)"
LEARNS = (
    "Learns best by seeing and doing. Long instructions are hard: one step at a time works.",
    "By the end of July next year, follows a spoken instruction of two steps without a reminder.",
    "Language programme in a small group, written and checked each half term by a speech and language therapist.",
)
ADVISERS = {
    "psychologist": (Kind.PSYCHOLOGY, Role.EDUCATIONAL_PSYCHOLOGIST, "Learning, memory and attention"),
    "senco": (Kind.EDUCATION, Role.SCHOOL_SENCO, "What helps at school and what has been tried"),
    "health": (Kind.HEALTH, Role.HEALTH_PROFESSIONAL, "Speech, language and communication"),
    "social_care": (Kind.SOCIAL_CARE, Role.SOCIAL_CARE_PROFESSIONAL, "Help at home and in the community"),
}


def make_cases(cast: Cast, first: LocalAuthority, second: LocalAuthority, *, today: date) -> None:
    """One case at each stage, with its days counted back from today. The clock is left as it was found."""
    stories = (
        just_received(cast, first, today),
        decision_due(cast, first, today),
        decision_late(cast, second, today),
        gathering_advice(cast, first, today),
        draft_with_family(cast, first, today),
        final_plan(cast, first, today),
    )
    with days.clock_put_back():
        days.tell(stories, each_day=lambda: _forget(cast))
    _forget(cast)


def just_received(cast: Cast, authority: LocalAuthority, today: date) -> days.Story:
    """Received three days ago; nobody has matched it to a child yet."""
    yield today - timedelta(days=3)
    _asked(cast["parent"], authority, "Wren", born_on=_years_before(today, 6))


def decision_due(cast: Cast, authority: LocalAuthority, today: date) -> days.Story:
    """Matched; the decision whether to assess is due in two days."""
    yield today - timedelta(days=40)
    case = _asked(cast["parent"], authority, "Hazel", born_on=_years_before(today, 8))
    yield today - timedelta(days=36)
    _matched(case, cast)


def decision_late(cast: Cast, authority: LocalAuthority, today: date) -> days.Story:
    """Of the second authority: the decision was due ten days ago."""
    yield today - timedelta(days=52)
    case = _asked(cast["second_parent"], authority, "Linden", born_on=_years_before(today, 10))
    yield today - timedelta(days=30)
    _matched(case, cast, officer="second_officer", manager="second_manager")


def gathering_advice(cast: Cast, authority: LocalAuthority, today: date) -> days.Story:
    """Four people were asked for advice; the school has answered, the others have twelve days left."""
    yield today - timedelta(days=70)
    case = _asked(cast["parent"], authority, "Juniper", born_on=_years_before(today, 7))
    yield today - timedelta(days=66)
    _matched(case, cast)
    yield today - timedelta(days=35)
    deciding.decide_to_assess(case.pk, by=cast["officer"], reason=_WHY_ASSESS, **_dated())
    yield today - timedelta(days=30)
    asked = {key: _ask_for_advice(case, cast, key) for key in ADVISERS}
    yield today - timedelta(days=14)
    _give_advice(asked["senco"], cast["senco"])


def draft_with_family(cast: Cast, authority: LocalAuthority, today: date) -> days.Story:
    """Both parents have had the draft for five days, and nine of their fifteen days are left. An adviser helps them."""
    yield today - timedelta(days=120)
    case = _asked(cast["parent"], authority, "Rowan", born_on=_years_before(today, 9))
    _helped(case, by=cast["parent"], helper=cast["sendiass"])
    yield today - timedelta(days=115)
    child = _matched(case, cast)
    people.verify_link(
        child, adult=cast["second_parent"], kind=Link.Kind.BIRTH_PARENT, evidence_seen=SEEN, by=cast["officer"], **_dated()
    )
    yield from _to_served_draft(case, cast, assess=today - timedelta(days=85), serve=today - timedelta(days=5))


def final_plan(cast: Cast, authority: LocalAuthority, today: date) -> days.Story:
    """Made in twenty weeks, while the rights were the parent's; since the end of June of Year 11 they are Sky's own."""
    born_on = _born_to_pass_before(today)
    passed = compulsory_school_age_ends(born_on)
    yield passed - timedelta(days=160)
    case = _asked(cast["parent"], authority, "Sky", born_on=born_on)
    yield passed - timedelta(days=155)
    child = _matched(case, cast)
    child.user = cast["young_person"]
    child.save(update_fields=["user"])
    yield from _to_served_draft(case, cast, assess=passed - timedelta(days=125), serve=passed - timedelta(days=45))
    draft = case.versions.get()
    yield passed - timedelta(days=35)
    issuing.finish_representations(draft.pk, by=cast["parent"], on=clock.today())
    yield passed - timedelta(days=25)
    final = issuing.begin_final(draft.pk, by=cast["officer"], at=clock.now())
    issuing.propose_final(final.pk, by=cast["officer"], at=clock.now(), setting_type="mainstream secondary school")
    yield passed - timedelta(days=22)
    issuing.finalise_plan(final.pk, by=cast["manager"], is_fresh=True, **_dated())


_WHY_ASSESS = (
    "Hearing from the family and the school, there may be special educational needs, and it may be necessary to make "
    "provision through a plan (CFA 2014 s.36(8))."
)
_WHY_PLAN = "The advice shows needs that the school cannot meet from what is ordinarily available (CFA 2014 s.37(1))."


def _to_served_draft(case: Case, cast: Cast, *, assess: date, serve: date) -> days.Story:
    """From the decision to assess to a draft with those who hold the rights."""
    yield assess
    deciding.decide_to_assess(case.pk, by=cast["officer"], reason=_WHY_ASSESS, **_dated())
    asked = {key: _ask_for_advice(case, cast, key) for key in ("psychologist", "senco")}
    yield assess + timedelta(days=30)
    for key, row in asked.items():
        _give_advice(row, cast[key])
    yield serve - timedelta(days=20)
    version = deciding.decide_to_issue(case.pk, by=cast["officer"], reason=_WHY_PLAN, **_dated())
    _write_plan(version, by=cast["officer"], called=case.name_as_asked.split()[0])
    yield serve
    issuing.serve_draft(version.pk, by=cast["officer"], **_dated())


def _asked(by: User, authority: LocalAuthority, given_names: str, *, born_on: date) -> Case:
    request = requesting.start_request(by=by, at=clock.now())
    answers = {
        "child_given_names": given_names, "child_family_name": "Sample", "child_born_on": born_on.isoformat(),
        "child_school": "Sample Primary School", "asker_name": by.name, "asker_relation": "parent", "asker_reply_to": by.email,
        "going_well": f"{given_names} loves music and is kind to younger children.",
        "hard_at_school": "Following what is said to the whole class, and writing it down.",
        "hopes": f"That {given_names} enjoys school and has a friend there.",
    }  # fmt: skip
    requesting.save_answers(request.pk, by=by, answers=answers, revision=0, at=clock.now())
    requesting.choose_authority(request.pk, by=by, authority=authority, at=clock.now())
    return requesting.submit_request(request.pk, by=by, **_dated())


def _matched(case: Case, cast: Cast, *, officer: str = "officer", manager: str = "manager") -> Child:
    """Given to an officer, who finds no record of the child, opens one and checks the asker's link."""
    matching.allocate(case.pk, by=cast[manager], officer=cast[officer], on=clock.today())
    said = Request.objects.get(case=case).answers
    child = people.record_child(
        case.authority, given_names=said["child_given_names"], family_name=said["child_family_name"],
        born_on=date.fromisoformat(said["child_born_on"]), by=cast[officer],
    )  # fmt: skip
    matching.match_to_child(
        case.pk, by=cast[officer], child=child, link_kind=Link.Kind.BIRTH_PARENT, evidence_seen=SEEN, **_dated()
    )
    return child


def _ask_for_advice(case: Case, cast: Cast, key: str) -> AdviceRequest:
    kind, role, what = ADVISERS[key]
    adviser = cast[key]
    return advising.ask_for_advice(
        case.pk, by=cast["officer"], kind=kind, role=role, name=adviser.name, email=adviser.email, user=adviser, what=what,
        **_dated(),
    )  # fmt: skip


def _give_advice(asked: AdviceRequest, adviser: User) -> None:
    needs, outcomes, provision = LEARNS
    author = f"{adviser.name}, {asked.get_role_display().lower()}"
    said = {"needs": needs, "outcomes": outcomes, "provision": provision, "author": author}
    advising.save_advice(asked.pk, by=adviser, at=clock.now(), **said)
    advising.submit_advice(asked.pk, by=adviser, **_dated())


def _helped(case: Case, *, by: User, helper: User) -> None:
    """The parent invited somebody of the support service, who accepted."""
    request, at = Request.objects.get(case=case), clock.now()
    Helper.objects.create(
        request=request, user=helper, email=helper.email, name=helper.name, kind=Helper.Kind.SENDIASS, may_add=True,
        may_message=True, invited_by=by, invited_at=at, accepted_at=at,
    )  # fmt: skip
    permission = Permission.objects.get(content_type=ContentType.objects.get_for_model(Case), codename="help_family")
    CaseGrant.objects.create(user=helper, permission=permission, content_object=case)


def _write_plan(version, *, by: User, called: str) -> None:
    needs, outcomes, provision = LEARNS
    views = (
        f"{called} says: “I like music and want somebody to sit with at lunch.” The family hopes for a friend and calm mornings."
    )
    drafting.write_section(version.pk, by=by, letter="A", text=views, revision=0)
    need = drafting.write_line(
        version.pk, kind="need", by=by, values={"section": "B", "text": needs, "area": "Communication and interaction"}
    )
    outcome = drafting.write_line(
        version.pk, kind="outcome", by=by, needs=[need], values={"text": outcomes, "by_when": "the end of July next year"}
    )
    how = {"delivered_by": "a trained teaching assistant", "minutes": 30, "times": 3, "period": "week", "funded_by": "education"}
    values = {"section": "F", "text": provision, "ratio": "a group of four"} | how
    drafting.write_line(version.pk, kind="provision", by=by, needs=[need], outcomes=[outcome], values=values)


def _dated() -> dict:
    return {"on": clock.today(), "at": clock.now()}


def _forget(cast: Cast) -> None:
    for person in cast.values():
        access.forget(person)


def _years_before(day: date, years: int) -> date:
    """A birthday some years and a half before that day."""
    return day - timedelta(days=365 * years + 182)


def _born_to_pass_before(today: date) -> date:
    """A birthday whose compulsory school age ended most lately before today."""
    year = today.year
    while compulsory_school_age_ends(date(year - 16, 3, 14)) >= today:
        year -= 1
    return date(year - 16, 3, 14)
