"""The case: one request and the plan that follows it, its dated events, and who works on it."""

from django.db import models
from django.db.models import F, Q
from guardian.models import UserObjectPermissionBase

from ehcp.states import State
from send.accounts.models import User
from send.documents.models import Document
from send.models import Deadline, Event, Published
from send.organisations.models import LocalAuthority, Setting
from send.people.models import Child


class Case(Published):
    """One request for an EHC needs assessment and the plan that follows it (CFA 2014 Part 3). Exactly one authority owns it."""

    reference = models.CharField(max_length=13, unique=True, help_text="random, with a check letter; never changes")
    authority = models.ForeignKey(LocalAuthority, on_delete=models.PROTECT, related_name="cases")
    child = models.ForeignKey(
        Child, on_delete=models.PROTECT, null=True, blank=True, related_name="cases", help_text="once matched"
    )
    name_as_asked = models.CharField(max_length=240, help_text="the child's name as the asker wrote it, until matched")
    state = models.CharField(max_length=20, choices=State, default=State.REQUESTED)
    received_on = models.DateField(help_text="the day the authority received the request: day 0 of its clocks")
    asked_by_kind = models.CharField(max_length=20)
    setting = models.ForeignKey(
        Setting, on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text="where the child learns now"
    )
    rule_set = models.CharField(max_length=20, default="in_force")
    officer = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="cases_held")
    ended_on = models.DateField(null=True, blank=True)
    next_duty = models.CharField(max_length=60, blank=True)
    next_due_on = models.DateField(null=True, blank=True, help_text="an index of the deadlines below, for the work list")
    waiting_for = models.CharField(max_length=60, blank=True)
    waiting_since = models.DateField(null=True, blank=True)
    last_event = models.CharField(max_length=60, blank=True)
    last_event_on = models.DateField(null=True, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [
            models.Index(fields=["authority", "state", "next_due_on"]),
            models.Index(fields=["authority", "-id"]),
            models.Index(fields=["authority", "received_on"]),
            models.Index(fields=["child", "state"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[State.REQUESTED, State.WITHDRAWN, State.MOVED_AWAY, State.DIED, State.REFUSED_TO_ASSESS])
                | Q(child__isnull=False),
                name="case_is_matched_before_it_goes_on",
            ),
        ]
        permissions = [
            ("own_request", "Asked for this assessment"),
            ("help_family", "Helps the family"),
            ("give_advice", "Was asked for advice"),
        ]

    @property
    def audit_stream(self) -> str:
        """The case's own chained stream of audit events."""
        return f"case:{self.uuid}"

    @property
    def audit_reference(self) -> str:
        """What people call the case."""
        return self.reference

    @property
    def case(self) -> "Case":
        """Itself: everything about a case answers to `.case`, which access asks."""
        return self

    @property
    def child_name(self) -> str:
        """The child's name: of the record once matched, before that as the asker wrote it."""
        return self.child.full_name if self.child_id else self.name_as_asked

    def __str__(self) -> str:
        return self.reference


class CaseGrant(UserObjectPermissionBase):
    """A named person's own grant on one case (family, helper, invited professional). It ends with what it hangs on."""

    content_object = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="grants")


class CaseEvent(Event):
    """What happened in a case, on a legal date. Append-only by trigger."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    authority = models.ForeignKey(LocalAuthority, on_delete=models.PROTECT, related_name="+", help_text="the authority of its time")
    subject = models.UUIDField(help_text="the case, advice request or version that the fact is about")

    class Meta:
        indexes = [models.Index(fields=["case", "id"]), models.Index(fields=["authority", "kind", "on"])]


class CaseDeadline(Deadline):
    """One time limit of one subject, computed from the facts. Rewritten with every fact; `check_deadlines` proves it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="deadlines")
    authority = models.ForeignKey(LocalAuthority, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    subject = models.UUIDField()

    class Meta:
        indexes = [models.Index(fields=["authority", "met_on", "due_on"])]
        constraints = [
            models.UniqueConstraint(fields=["case", "code", "subject"], name="one_deadline_a_subject_and_limit"),
            models.CheckConstraint(condition=Q(due_on__gte=F("started_on")), name="a_deadline_falls_after_its_start"),
        ]


class Assignment(models.Model):
    """Who works on a case, from a day to a day. The narrow table that the case officer's reach is asked of."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="assignments")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assignments")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["user", "case"])]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "user"], condition=Q(ends_on__isnull=True), name="one_open_assignment_a_person"
            ),
        ]


class BreakGlass(Published):
    """A member of staff opened a case beyond their caseload: a typed reason, four hours, a manager told, reviewed."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="broken_glass")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    opened_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["user", "closes_at"])]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="break_glass_has_a_reason")]


class Decision(Published):
    """A decision of the authority, with its reasons, the rule set it was made under, and the notice that told the family."""

    class Kind(models.TextChoices):
        ASSESS = "assess", "To carry out an EHC needs assessment"
        REFUSE_ASSESS = "refuse_assess", "Not to carry out an EHC needs assessment"
        ISSUE = "issue", "To make an EHC plan"
        REFUSE_ISSUE = "refuse_issue", "Not to make an EHC plan"
        FINALISE = "finalise", "To issue the final EHC plan"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    authority = models.ForeignKey(LocalAuthority, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind)
    on = models.DateField()
    reason = models.TextField()
    what_instead = models.TextField(blank=True, help_text="what the setting should do without a plan")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    rule_set = models.CharField(max_length=20)
    notice_sent_on = models.DateField()
    notice = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="a_decision_has_reasons"),
            models.UniqueConstraint(fields=["case", "kind"], name="one_decision_of_a_kind_a_case"),
        ]
