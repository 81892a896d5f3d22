"""Questions about cases. Every one starts from what the person who asks may see."""

from datetime import date, timedelta

from django.db.models import F, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from ehcp import questions
from ehcp.models import Advice, AdviceRequest, Case, CaseEvent, Decision, Evidence, PlanVersion, Request
from ehcp.permissions import Perm
from ehcp.process import PROCESS
from ehcp.references import read_reference
from ehcp.rights import rights_opened_by
from ehcp.states import OPEN
from ehcp.timeline import LIMITS
from send import access
from send.accounts.models import User
from send.accounts.roles import LABELS, Role
from send.audit.selectors import who_looked
from send.calendar import day_in_words
from send.documents.models import Document
from send.people.models import Child
from send.people.selectors import find_children, holders_of_rights
from send.timelimits import Standing, in_force, standing

PAGE_SIZE = 100
FAMILY_SIDE = frozenset({Role.PARENT_CARER, Role.YOUNG_PERSON, Role.SENDIASS_ADVISER})


def rights_holders(case: Case, *, on: date) -> list[User]:
    """Those who hold the rights about this child on that day and may be told: never somebody who is restricted."""
    return holders_of_rights(case.child, on=on) if case.child_id else []


def get_case(reference: str, *, for_user) -> Case:
    """The case of this reference. Raises Http404 if it is not this person's to know, the same as if there were none."""
    tidy = read_reference(reference)
    case = Case.objects.select_related("authority", "child", "officer", "request").filter(reference=tidy).first() if tidy else None
    if case is None:
        raise Http404
    access.require(for_user, Perm.CASE_READ, case)
    return case


def worklist(user, *, on: date) -> QuerySet[Case]:
    """The open cases that this person works on, what hurts first at the top. One row a case; no query for each."""
    cases = access.visible(user, Perm.CASE_LIST, Case.objects.filter(state__in=OPEN), on=on)
    return cases.select_related("child", "officer").order_by(F("next_due_on").asc(nulls_last=True), "id")


def own_requests(user) -> QuerySet[Request]:
    """The requests that this person has begun or sent, newest first."""
    return Request.objects.filter(asker=user).select_related("case", "authority").order_by("-id")


def facts_of(case: Case) -> dict:
    """The dated facts by subject; of a fact that happened twice the first counts, as clocks start and stop once."""
    facts: dict = {}
    for subject, kind, on in CaseEvent.objects.filter(case=case).order_by("-on", "-id").values_list("subject", "kind", "on"):
        facts.setdefault(subject, {})[kind] = on
    return facts


def cases_of_family(user) -> QuerySet[Case]:
    """The cases that this person reaches, whoever asked: a second parent or a helper has begun no request of their own."""
    cases = access.visible(user, Perm.CASE_LIST, Case.objects.filter(child__isnull=False))
    return cases.select_related("child").order_by("-id")[:PAGE_SIZE]


def timeline_of(case: Case, *, on: date) -> list[Standing]:
    """How each time limit of the case itself stands, with its working; those whose clock has not started are left out."""
    facts = facts_of(case).get(case.uuid, {})
    limits = (limit for limit in in_force(LIMITS, on=case.received_on, rule_set=case.rule_set) if limit.subject == "case")
    return [standing(limit, facts, on=on) for limit in limits if limit.runs_from in facts]


def moves_for(user, case: Case) -> list:
    """The moves that the state allows and this person may make: the buttons of the page."""
    return [move for move in PROCESS.open_to(case.state) if access.allowed(user, move.needs, case)]


def current_version(case: Case) -> PlanVersion | None:
    """The newest version of the plan."""
    return case.versions.order_by("-number").first()


def own_request_or_404(user, uuid) -> Request:
    """The asker's own request. Raises Http404 for anybody else's, the same as for none."""
    return get_object_or_404(Request.objects.select_related("authority", "case__officer", "case__authority"), uuid=uuid, asker=user)


def page_or_404(slug: str) -> questions.Page:
    """The page of questions of this name."""
    if slug not in questions.BY_SLUG:
        raise Http404
    return questions.BY_SLUG[slug]


def evidence_of_request(asked: Request) -> QuerySet[Document]:
    """The files of a request, whatever state they are in; the asker sees their own before anybody else does."""
    return Document.objects.filter(collection=f"request:{asked.uuid}").exclude(evidence__removed_at__isnull=False).order_by("id")


def answers_in_words(asked: Request) -> list[tuple[questions.Page, list[tuple[str, str]]]]:
    """Each page with its questions and the answers as a person reads them."""
    return [
        (page, [(field.label, _in_words(field, asked.answers.get(field.name, ""))) for field in page.fields])
        for page in questions.PAGES
    ]


def _said_at_the_request(case: Case) -> list:
    """What was said at the request; a case that came another way has none."""
    return answers_in_words(case.request) if hasattr(case, "request") else []


def _in_words(field: questions.Field, kept: str) -> str:
    if field.kind == "date" and kept:
        return day_in_words(date.fromisoformat(kept))
    return dict(field.choices).get(kept, kept)


def status_for_asker(asked: Request, *, on: date) -> dict:
    """What the asker may know before their link to a child is verified: that it was received, the next date, who has it."""
    case = asked.case
    return {
        "case": case,
        "standings": timeline_of(case, on=on),
        "is_linked": access.allowed(asked.asker, Perm.CASE_READ, case),
        "looks": who_looked(case.uuid),
        "today": on,
    }


def band(cases: list[Case], *, on: date) -> dict[str, int]:
    """What hurts, counted over the rows of the page: late, and due within a week."""
    due = [case.next_due_on for case in cases if case.next_due_on]
    return {"late": sum(day < on for day in due), "this_week": sum(on <= day <= on + timedelta(days=7) for day in due)}


def case_page(case: Case, *, for_user, role: Role, on: date) -> dict:
    """Everything the case page shows this person. A fixed number of queries, whatever the case holds."""
    is_family = role in FAMILY_SIDE
    return {
        "case": case,
        "is_family": is_family,
        "role": LABELS[role],
        "standings": timeline_of(case, on=on),
        "next_text": f"The next date in law: {case.next_duty}.",
        "moves": {move.name for move in moves_for(for_user, case)},
        "may_update": access.allowed(for_user, Perm.CASE_UPDATE, case),
        "has_plan": _has_plan_to_read(case, is_family=is_family),
        "decisions": list(case.decisions.order_by("id")),
        "advice": list(case.advice_requests.order_by("id")) if not is_family else [],
        "evidence": [row for row in _evidence_of(case) if access.allowed(for_user, Perm.EVIDENCE_READ, row)],
        "answers": _said_at_the_request(case),
        "rights": [
            (decision, rights_opened_by(decision.kind, notice_sent_on=decision.notice_sent_on))
            for decision in case.decisions.filter(kind=Decision.Kind.REFUSE_ASSESS)
        ],
        "today": on,
    }


def _has_plan_to_read(case: Case, *, is_family: bool) -> bool:
    return case.versions.exclude(state__in=["writing", "proposed"] if is_family else []).exists()


def _evidence_of(case: Case) -> QuerySet[Evidence]:
    return case.evidence.filter(removed_at__isnull=True).select_related("document", "case").order_by("id")


def children_like(case: Case) -> list[Child]:
    """Children of the authority with the family name or the date of birth that the asker gave."""
    said = as_asked(case)
    return list(find_children(case.authority, family_name=said["family_name"], born_on=said["born_on"]))


def as_asked(case: Case) -> dict:
    """The child's names and date of birth as the asker wrote them."""
    answers = case.request.answers if hasattr(case, "request") else {}
    born_on = answers.get("child_born_on")
    return {
        "given_names": answers.get("child_given_names", ""),
        "family_name": answers.get("child_family_name", ""),
        "born_on": date.fromisoformat(born_on) if born_on else None,
    }


def person_by_email(email: str) -> User | None:
    """The person who signs in under this address, if somebody does."""
    return User.objects.filter(email=email.lower(), is_active=True).first()


def advice_asked_of(user) -> QuerySet[AdviceRequest]:
    """The requests for advice made of this person, soonest due first."""
    asked = AdviceRequest.objects.filter(user=user, state=AdviceRequest.State.ASKED)
    return asked.select_related("case__child", "case__authority").order_by("due_on")


def advice_request_for(user, uuid) -> AdviceRequest:
    """A request for advice made of this person. Raises Http404 for anybody else, and when their access has ended."""
    asked = get_object_or_404(AdviceRequest.objects.select_related("case__child", "case__authority"), uuid=uuid, user=user)
    access.require(user, Perm.ADVICE_READ, asked)
    return asked


def advice_as_typed(asked: AdviceRequest) -> dict:
    """The answer as the form shows it."""
    kept = Advice.objects.filter(request=asked).first()
    return {name: getattr(kept, name) for name in ("needs", "outcomes", "provision", "author")} if kept else {}


# Ways to reach people and what is safe for them never go to an adviser.
NOT_FOR_ADVISERS = frozenset({"you", "contact"})


def for_adviser(asked: AdviceRequest, user) -> dict:
    """The request with the family's representations and evidence, protected details removed, and no more."""
    pages = [(page, rows) for page, rows in _said_at_the_request(asked.case) if page.slug not in NOT_FOR_ADVISERS]
    files = [row for row in _evidence_of(asked.case) if access.allowed(user, Perm.EVIDENCE_READ, row)]
    return {"pages": pages, "evidence": files}
