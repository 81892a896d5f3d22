"""The states of a case, in the words that every council uses. Pure."""

from django.db.models import TextChoices


class State(TextChoices):
    """Where a case stands in law (CFA 2014 ss.36-38)."""

    REQUESTED = "requested", "Deciding whether to assess"
    ASSESSING = "assessing", "Gathering advice"
    DRAFTING = "drafting", "Writing the plan"
    DRAFT_WITH_FAMILY = "draft_with_family", "Draft with the family"
    FINAL = "final", "Plan in force"
    REFUSED_TO_ASSESS = "refused_to_assess", "Decided not to assess"
    REFUSED_TO_ISSUE = "refused_to_issue", "Decided not to make a plan"
    WITHDRAWN = "withdrawn", "Request withdrawn"
    MOVED_AWAY = "moved_away", "Moved to another area"
    DIED = "died", "Record closed"


# The five plain steps that a family sees, the same in every council.
STAGES = (
    ("Request received", {State.REQUESTED}),
    ("Gathering advice", {State.ASSESSING}),
    ("Writing the plan", {State.DRAFTING}),
    ("Your draft to read", {State.DRAFT_WITH_FAMILY}),
    ("Plan in force", {State.FINAL}),
)
ENDED = frozenset({State.REFUSED_TO_ASSESS, State.REFUSED_TO_ISSUE, State.WITHDRAWN, State.MOVED_AWAY, State.DIED})
OPEN = frozenset(State) - ENDED - {State.FINAL}
# Endings that are nobody's refusal and are never shown as late.
NO_FAULT = frozenset({State.WITHDRAWN, State.MOVED_AWAY, State.DIED})
