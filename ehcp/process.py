"""The lawful moves of a case, as a table (CFA 2014 ss.36-38; SEND Regs 2014). Pure."""

from ehcp.permissions import Perm
from ehcp.states import OPEN, State
from ehcp.timeline import Fact
from send.workflow import Workflow, move

PROCESS = Workflow(
    move(
        "decide_to_assess",
        {State.REQUESTED},
        State.ASSESSING,
        Fact.ASSESSMENT_AGREED,
        needs=Perm.CASE_UPDATE,
        law="CFA 2014 s.36(8)",
        label="Decide to assess",
    ),
    move(
        "refuse_to_assess",
        {State.REQUESTED},
        State.REFUSED_TO_ASSESS,
        Fact.ASSESSMENT_REFUSED,
        needs=Perm.CASE_UPDATE,
        law="CFA 2014 s.36(5); SEND Regs 2014 reg 5(3)",
        label="Decide not to assess",
    ),
    move(
        "decide_to_issue",
        {State.ASSESSING},
        State.DRAFTING,
        Fact.PLAN_AGREED,
        needs=Perm.DRAFT_EDIT,
        law="CFA 2014 s.37(1)",
        label="Decide to make a plan",
    ),
    move(
        "serve_draft",
        {State.DRAFTING},
        State.DRAFT_WITH_FAMILY,
        Fact.DRAFT_SERVED,
        needs=Perm.DRAFT_SEND,
        law="CFA 2014 s.38(1); SEND Regs 2014 reg 13(1)",
        label="Send the draft to the family",
    ),
    move(
        "finalise_plan",
        {State.DRAFT_WITH_FAMILY},
        State.FINAL,
        Fact.PLAN_FINALISED,
        needs=Perm.FINALISE,
        law="SEND Regs 2014 reg 13(2)",
        label="Issue the final plan",
    ),
    move(
        "withdraw_request",
        OPEN,
        State.WITHDRAWN,
        Fact.REQUEST_WITHDRAWN,
        needs=Perm.CASE_UPDATE,
        law="CFA 2014 s.36(1)",
        label="Record that the request was withdrawn",
    ),
)
