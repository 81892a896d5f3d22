"""What a family may do about a decision, and until when (CFA 2014 ss.51-57; SEND Regs 2014 regs 32-34; SI 2008/2699).

Notices and pages are written from here. Mediation is a choice: an appeal needs the adviser's certificate, not the mediation.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ehcp.timeline import BY_CODE, Fact
from send.timelimits import working


class DecisionKind(StrEnum):
    """A decision of the authority that a notice tells the family about."""

    ASSESS = "assess"
    REFUSE_ASSESS = "refuse_assess"
    ISSUE = "issue"
    REFUSE_ISSUE = "refuse_issue"
    FINALISE = "finalise"
    MAINTAIN = "maintain"
    AMEND = "amend"
    REFUSE_AMEND = "refuse_amend"
    REASSESS = "reassess"
    REFUSE_REASSESS = "refuse_reassess"
    CEASE = "cease"


@dataclass(frozen=True)
class Ground:
    """One thing that may be appealed (CFA 2014 s.51(2)), and whether a mediation certificate is needed first (s.55)."""

    code: str
    law: str
    words: str
    opened_by: frozenset[DecisionKind]
    needs_certificate: bool = True
    may_recommend: bool = True


_PLAN = frozenset({DecisionKind.FINALISE, DecisionKind.AMEND})
GROUNDS = (
    Ground(
        "refuse_assess",
        "CFA 2014 s.51(2)(a)",
        "the decision not to carry out an EHC needs assessment",
        frozenset({DecisionKind.REFUSE_ASSESS}),
        may_recommend=False,
    ),
    Ground("refuse_issue", "CFA 2014 s.51(2)(b)", "the decision not to make an EHC plan", frozenset({DecisionKind.REFUSE_ISSUE})),
    Ground("contents_b", "CFA 2014 s.51(2)(c)(i)", "the special educational needs in section B", _PLAN),
    Ground("contents_f", "CFA 2014 s.51(2)(c)(ii)", "the special educational provision in section F", _PLAN),
    Ground(
        "placement_i",
        "CFA 2014 s.51(2)(c)(iii)-(iv)",
        "the school, college or type of setting in section I, or that none is named",
        _PLAN,
        needs_certificate=False,
    ),
    Ground("refuse_reassess", "CFA 2014 s.51(2)(d)", "the decision not to assess again", frozenset({DecisionKind.REFUSE_REASSESS})),
    Ground(
        "refuse_amend",
        "CFA 2014 s.51(2)(e)",
        "the decision not to change the plan",
        frozenset({DecisionKind.REFUSE_AMEND, DecisionKind.MAINTAIN}),
    ),
    Ground("cease", "CFA 2014 s.51(2)(f)", "the decision to end the plan", frozenset({DecisionKind.CEASE})),
)


@dataclass(frozen=True)
class Right:
    """One thing the family may do. `last_day` is the last day in time (None: no limit); `working` says how it was counted."""

    code: str
    title: str
    law: str
    last_day: date | None
    needs_certificate: bool
    how: str
    working: str = ""


def grounds_of(kind: DecisionKind | str) -> tuple[Ground, ...]:
    """What may be appealed about a decision of that kind; empty for one that cannot be appealed."""
    return tuple(ground for ground in GROUNDS if kind in ground.opened_by)


def rights_opened_by(kind: DecisionKind | str, *, notice_sent_on: date, certificate_issued_on: date | None = None) -> list[Right]:
    """Every right that the decision opens, in the order a notice gives them.

    `notice_sent_on` starts the time to appeal and to contact the mediation adviser; a certificate can only lengthen the
    time to appeal, and not for an appeal about section I alone. Raises PastKnownHolidays.
    """
    kind = DecisionKind(kind)
    with_certificate = tuple(ground for ground in grounds_of(kind) if ground.needs_certificate)
    without = tuple(ground for ground in grounds_of(kind) if not ground.needs_certificate)
    rights = []
    if with_certificate:
        rights += [_mediation(notice_sent_on), _appeal(with_certificate, notice_sent_on, certificate_issued_on)]
    if without:
        rights.append(_appeal_about_the_setting_alone(without, notice_sent_on))
    return [*rights, DISAGREEMENT_RESOLUTION, COMPLAINT, _ombudsman(notice_sent_on)]


def _mediation(notice_sent_on: date) -> Right:
    work = working(BY_CODE["mediation_contact_2m"], {Fact.DECISION_NOTICE_SENT: notice_sent_on})
    return Right(
        code="mediation",
        title="Talk to a mediation adviser",
        law="CFA 2014 ss.52-56; SEND Regs 2014 reg 33",
        last_day=work.due_on,
        needs_certificate=False,
        how=(
            "Contact the mediation adviser named in the notice. You choose whether to try mediation. If you do not want it, "
            "tell the adviser, who sends you a certificate within 3 working days."
        ),
        working=work.sentence,
    )


def _appeal(grounds: tuple[Ground, ...], notice_sent_on: date, certificate_issued_on: date | None) -> Right:
    facts: dict[str, date] = {Fact.DECISION_NOTICE_SENT: notice_sent_on}
    if certificate_issued_on is not None:
        facts[Fact.CERTIFICATE_ISSUED] = certificate_issued_on
    work = working(BY_CODE["appeal_deadline"], facts)
    form = "SEND35A" if grounds[0].code == "refuse_assess" else "SEND35"
    return Right(
        code="appeal",
        title=f"Appeal to the tribunal about {' and '.join(ground.words for ground in grounds)}",
        law=f"{', '.join(ground.law for ground in grounds)}; SI 2008/2699 rule 20(1)(c)",
        last_day=work.due_on,
        needs_certificate=True,
        how=(
            f"Get a mediation certificate, then send form {form} with the notice to the First-tier Tribunal (Special Educational "
            "Needs and Disability) by 5pm on the last day, or one month after the certificate if that is later."
        ),
        working=work.sentence,
    )


def _appeal_about_the_setting_alone(grounds: tuple[Ground, ...], notice_sent_on: date) -> Right:
    work = working(BY_CODE["appeal_deadline"], {Fact.DECISION_NOTICE_SENT: notice_sent_on})
    return Right(
        code="appeal_setting_alone",
        title=f"Appeal to the tribunal only about {grounds[0].words}",
        law=f"{grounds[0].law}; CFA 2014 s.55(2)",
        last_day=work.due_on,
        needs_certificate=False,
        how="You need no mediation certificate. Send form SEND35, the notice and the plan to the tribunal by 5pm on the last day.",
        working=work.sentence,
    )


DISAGREEMENT_RESOLUTION = Right(
    code="disagreement_resolution",
    title="Ask for help to settle a disagreement",
    law="CFA 2014 s.57",
    last_day=None,
    needs_certificate=False,
    how="Ask the disagreement resolution service named in the notice. It is free and independent; both sides must agree to it.",
)
COMPLAINT = Right(
    code="complaint",
    title="Complain to the council about how it was done",
    law="Local Government Act 1974 s.26(5)",
    last_day=None,
    needs_certificate=False,
    how="Use the council’s complaints procedure: for delay, poor communication or help that was not given.",
)


def _ombudsman(notice_sent_on: date) -> Right:
    work = working(BY_CODE["ombudsman_12m"], {Fact.MATTER_KNOWN: notice_sent_on})
    return Right(
        code="ombudsman",
        title="Go on to the Local Government and Social Care Ombudsman",
        law="Local Government Act 1974 ss.26(6), 26B",
        last_day=work.due_on,
        needs_certificate=False,
        how=(
            "First complain to the council. The Ombudsman looks at how things were done, and not at a decision that the "
            "tribunal can decide. For something that you learnt of later, the 12 months run from that day."
        ),
        working=work.sentence,
    )
