"""A case on its way, made through the services as people would."""

from datetime import date

import pytest

from ehcp.models import AdviceRequest, Case
from ehcp.services import advising, deciding, issuing, matching
from send import clock
from send.accounts.roles import Role
from tests.factories import MONDAY, NOON, a_child, a_link, a_member, a_person, a_sent_request, a_written_plan, an_authority


class Journey:
    """One family, one officer, one manager, one adviser; each step made by the person who makes it."""

    def __init__(self) -> None:
        clock.set_today(date(2026, 3, 2))
        self.authority = an_authority()
        self.parent = a_person("Robin Sample")
        self.officer = a_member(self.authority, Role.CASE_OFFICER, name="Jo Example")
        self.manager = a_member(self.authority, Role.SEND_MANAGER, name="Max Example")
        self.adviser = a_person("Dr Pat Example")
        self.child = a_child(self.authority, by=self.manager)
        self.case: Case = a_sent_request(by=self.parent, authority=self.authority)

    def matched(self) -> "Journey":
        matching.allocate(self.case.pk, by=self.manager, officer=self.officer, on=MONDAY)
        matching.match_to_child(
            self.case.pk, by=self.officer, child=self.child, link_kind="birth_parent", evidence_seen="Birth certificate",
            on=MONDAY, at=NOON,
        )  # fmt: skip
        return self._fresh()

    def assessing(self) -> "Journey":
        self.matched()
        deciding.decide_to_assess(self.case.pk, by=self.officer, on=MONDAY, reason="Both limbs are met.", at=NOON)
        self.asked = advising.ask_for_advice(
            self.case.pk, by=self.officer, on=MONDAY, kind=AdviceRequest.Kind.PSYCHOLOGY, role=Role.EDUCATIONAL_PSYCHOLOGIST,
            name=self.adviser.name, email=self.adviser.email, user=self.adviser, what="Learning and communication", at=NOON,
        )  # fmt: skip
        return self._fresh()

    def advised(self) -> "Journey":
        self.assessing()
        words = {"needs": "Ada needs help to be understood.", "outcomes": "She tells a friend.", "provision": "Weekly therapy."}
        advising.save_advice(self.asked.pk, by=self.adviser, author="Dr Pat Example, educational psychologist", at=NOON, **words)
        advising.submit_advice(self.asked.pk, by=self.adviser, on=MONDAY, at=NOON)
        return self._fresh()

    def drafting(self) -> "Journey":
        self.advised()
        self.draft = deciding.decide_to_issue(self.case.pk, by=self.officer, on=MONDAY, reason="A plan is needed.", at=NOON)
        a_written_plan(self.draft, by=self.officer)
        return self._fresh()

    def served(self) -> "Journey":
        self.drafting()
        issuing.serve_draft(self.draft.pk, by=self.officer, on=MONDAY, at=NOON)
        return self._fresh()

    def proposed(self) -> "Journey":
        self.served()
        self.final = issuing.begin_final(self.draft.pk, by=self.officer, at=NOON)
        issuing.propose_final(self.final.pk, by=self.officer, at=NOON, setting_type="mainstream primary school")
        return self._fresh()

    def another_parent(self):
        other = a_person("Kit Sample")
        a_link(self.child, other)
        return other

    def _fresh(self) -> "Journey":
        self.case = Case.objects.get(pk=self.case.pk)
        for person in (self.parent, self.officer, self.manager, self.adviser):
            person.__dict__.pop("_roles_near", None)
        return self


@pytest.fixture
def journey(db):
    return Journey()
