"""What is measured: one row a metric, with its question, its definition and what to be careful of. Pure.

Every number on a dashboard opens to the row here. A new metric is a new row (and, when it is published by somebody
else, where its figures stand in `series.py`).
"""

from dataclasses import dataclass
from decimal import Decimal

OGL = "Open Government Licence v3.0"
PLANS, PROCESS, SCHOOLS = "Plans and where children learn", "Getting a plan", "Inclusion in schools"
THEMES = (PROCESS, PLANS, SCHOOLS)
EVERY_LEVEL = ("national", "regional", "authority")


@dataclass(frozen=True)
class Source:
    """Who published a series, in what, when (as precisely as is known, ISO 8601)."""

    title: str
    publisher: str
    as_at: str
    licence: str = OGL

    def __str__(self) -> str:
        return f"{self.publisher}, {self.title}"


@dataclass(frozen=True)
class Break:
    """From this period on, figures are not comparable with those before."""

    period: str
    reason: str


@dataclass(frozen=True)
class Metric:
    """One measure. `sentence` takes area, n (whole number) and period; polarity says which way is better for children."""

    code: str
    title: str
    theme: str
    unit: str  # percent or number
    question: str
    sentence: str
    definition: str
    source: Source
    caveats: tuple[str, ...] = ()
    levels: tuple[str, ...] = EVERY_LEVEL
    polarity: str = "neither"  # higher, lower or neither is better
    breakdown_name: str = ""
    breaks: tuple[Break, ...] = ()
    is_live: bool = False
    decimals: int = 1

    @property
    def is_percent(self) -> bool:
        """Whether the figures are percentages, which can be compared between areas of different size."""
        return self.unit == "percent"

    @property
    def has_one_figure(self) -> bool:
        """Whether an area has one figure a period, and not one for each part of a breakdown."""
        return not self.breakdown_name


EHC_PLANS_2025 = Source("Education, health and care plans, reporting year 2025", "Department for Education", "2025")
APPEALS_2025 = Source(
    "Education, health and care plans, reporting year 2025: SEND tribunal appeal rate (figures of the Ministry of Justice)",
    "Department for Education",
    "2025",
)
INCLUSION_2024 = Source("SEND and alternative provision dashboard, February 2024", "Department for Education", "2024-02")
GREEN_PAPER = Source("SEND Review: right support, right place, right time, Table 1", "Department for Education", "2022-03")

PERSON_LEVEL = "From the 2023 return on, councils send a record for each person instead of totals."
FROM_JANUARY_2023 = (Break("2023-01", PERSON_LEVEL),)
FROM_2022 = (Break("2022", PERSON_LEVEL),)
FROM_2023 = (Break("2023", PERSON_LEVEL),)
FEW = "The City of London and the Isles of Scilly have very small numbers, so their rates jump from year to year."
COMPUTED = "Where the publisher gave the two numbers and no percentage, the percentage is worked out here from those numbers."
ROUNDED = "The percentages were rounded by the publisher's dashboard."
EXCEPTIONS = "The law lets a council take longer in some cases (SEND Regs 2014 reg 13(3)): these are the exceptions."
CUMBRIA = "Cumbria is shown as one area up to the end of this series, as it was published."

_PROCESS = (
    Metric(
        "plans_in_20_weeks", "New plans made within 20 weeks, leaving out exceptions", PROCESS, "percent",
        "Are new plans made in time?",
        "In {area}, {n} of 100 new plans were made within 20 weeks in {period} (leaving out exceptions)",
        "Of the education, health and care plans issued in the calendar year, leaving out those where an exception in law "
        "applied, the share issued within 20 weeks of the request.",
        EHC_PLANS_2025, (EXCEPTIONS, FEW), polarity="higher", breaks=FROM_2023,
    ),
    Metric(
        "plans_in_20_weeks_all", "New plans made within 20 weeks, with exceptions counted", PROCESS, "percent",
        "How many families wait no longer than 20 weeks, whatever the reason?",
        "In {area}, {n} of 100 new plans were made within 20 weeks in {period} (with exceptions counted)",
        "Of all education, health and care plans issued in the calendar year, with those where an exception in law applied, "
        "the share issued within 20 weeks of the request.",
        EHC_PLANS_2025, (EXCEPTIONS, FEW), polarity="higher", breaks=FROM_2023,
    ),
    Metric(
        "plans_over_a_year", "New plans that took more than a year, leaving out exceptions", PROCESS, "percent",
        "How many families wait more than a year?",
        "In {area}, {n} of 100 new plans took more than a year in {period} (leaving out exceptions)",
        "Of the plans issued in the calendar year, leaving out those where an exception in law applied, the share issued more "
        "than a year after the request.",
        EHC_PLANS_2025, (EXCEPTIONS, FEW, "Published for 2023 and later only."), polarity="lower",
    ),
    Metric(
        "requests", "Requests for an EHC needs assessment", PROCESS, "number",
        "How many families and schools ask for an assessment?",
        "{area} had {n} requests for an EHC needs assessment in {period}",
        "Initial requests for an EHC needs assessment received in the calendar year.",
        EHC_PLANS_2025, (FEW,), breaks=FROM_2023,
    ),
    Metric(
        "requests_refused", "Requests where the council decided not to assess", PROCESS, "percent",
        "How often does the council decide not to assess?",
        "In {area}, {n} of 100 requests made in {period} ended in a decision not to assess",
        "Of the initial requests received in the calendar year, the share where the council decided that an assessment was "
        "not needed.",
        EHC_PLANS_2025, (COMPUTED, FEW), breaks=FROM_2023,
    ),
    Metric(
        "decided_in_6_weeks", "Requests decided within 6 weeks", PROCESS, "percent",
        "Is it decided in time whether to assess?",
        "In {area}, {n} of 100 decisions whether to assess came within 6 weeks in {period}",
        "Of the requests received in the calendar year that were decided, the share decided within 6 weeks of the request.",
        EHC_PLANS_2025,
        ("The publisher gives the percentage and the number in time; it does not give the number it divided by.",
         "Published for 2023 and later only.", FEW),
        polarity="higher",
    ),
    Metric(
        "assessments_to_plan", "Assessments that led to a plan", PROCESS, "percent",
        "How often does an assessment lead to a plan?",
        "In {area}, {n} of 100 assessments in {period} led to a plan",
        "Of the EHC needs assessments completed in the calendar year, the share where the council decided to issue a plan.",
        EHC_PLANS_2025, (COMPUTED, "Published for 2022 and later.", FEW),
    ),
    Metric(
        "new_plans", "New plans", PROCESS, "number",
        "How many children and young people get a plan for the first time?",
        "{area} had {n} new EHC plans in {period}",
        "Education, health and care plans made for the first time in the calendar year.",
        EHC_PLANS_2025, (FEW,), breaks=FROM_2022,
    ),
    Metric(
        "tribunal_appeals", "Appeals for each 100 decisions that could be appealed", PROCESS, "percent",
        "How often do families appeal to the tribunal?",
        "In {area}, families appealed {n} of 100 decisions that could be appealed in {period}",
        "Appeals registered with the SEND tribunal in the calendar year, divided by the decisions of the council that could "
        "have been appealed.",
        APPEALS_2025,
        ("Published for councils only: there is no figure for regions or England in this table.",
         "Five councils carried another council's code in the published table; here they are matched by name."),
        levels=("authority",),
    ),
)  # fmt: skip

_PLANS = (
    Metric(
        "plans", "Children and young people with an EHC plan", PLANS, "number",
        "How many children and young people have a plan?",
        "{area} had {n} EHC plans in {period}",
        "Education, health and care plans in place on the day of the January return, for people aged 0 to 25.",
        EHC_PLANS_2025, (FEW,), breaks=FROM_JANUARY_2023,
    ),
    Metric(
        "plans_in_mainstream", "Plans of those who learn in a mainstream school", PLANS, "percent",
        "How many of those with a plan learn in a mainstream school?",
        "In {area}, {n} of 100 people with a plan learned in a mainstream school in {period}",
        "Of all plans in place in January, the share of those placed in a mainstream school, its special unit or its resourced "
        "provision. Colleges and early years settings are counted apart.",
        EHC_PLANS_2025, (COMPUTED, FEW), breaks=FROM_JANUARY_2023,
    ),
    Metric(
        "plans_in_special", "Plans of those who learn in a special school", PLANS, "percent",
        "How many of those with a plan learn in a special school?",
        "In {area}, {n} of 100 people with a plan learned in a special school in {period}",
        "Of all plans in place in January, the share of those placed in a special school, state-funded or independent.",
        EHC_PLANS_2025, (COMPUTED, FEW), breaks=FROM_JANUARY_2023,
    ),
    Metric(
        "plans_by_placement", "Where people with a plan learn", PLANS, "percent",
        "Where do children and young people with a plan learn?",
        "In {area}, the largest group of people with a plan learned in this kind of place in {period}: {part}, {n} of 100",
        "Of all plans in place in January, the share by kind of place.",
        EHC_PLANS_2025, (FEW, "Colleges counted under further education include specialist post-16 institutions."),
        breakdown_name="Kind of place", breaks=FROM_JANUARY_2023,
    ),
    Metric(
        "plans_by_need", "Primary needs of people with a plan", PLANS, "percent",
        "What are the main needs of those with a plan?",
        "In {area}, the most common primary need of people with a plan in {period} was {part}, {n} of 100",
        "Of all plans in place in January, the share by primary type of need.",
        EHC_PLANS_2025, ("A person is counted once, under the primary need.", "Published for January 2025.", FEW),
        breakdown_name="Primary need",
    ),
    Metric(
        "new_plans_by_need", "Primary needs in new plans", PLANS, "percent",
        "What are the main needs of those who get a plan for the first time?",
        "In {area}, the most common primary need in new plans in {period} was {part}, {n} of 100",
        "Of the plans made for the first time in the calendar year, the share by primary type of need.",
        EHC_PLANS_2025,
        ("A person is counted once, under the primary need.", "London is published as Inner London and Outer London.", FEW),
        breakdown_name="Primary need",
    ),
    Metric(
        "plans_by_age", "Ages of people with a plan", PLANS, "percent",
        "How old are those with a plan?",
        "In {area}, the largest year group of people with a plan in {period} was {part}, {n} of 100",
        "Of all plans in place in January, the share by age in years.",
        EHC_PLANS_2025, ("Worked out here from the published numbers.", FEW), breakdown_name="Age",
    ),
    Metric(
        "personal_budgets", "Plans with a personal budget", PLANS, "percent",
        "How many families have a personal budget?",
        "In {area}, {n} of 100 people with a plan had a personal budget in {period}",
        "Personal budgets in place, divided by all plans in place in the same January.",
        EHC_PLANS_2025, ("Worked out here from two tables of the same release.", FEW), breaks=FROM_JANUARY_2023,
    ),
    Metric(
        "reviews_held", "Annual reviews held when expected", PLANS, "percent",
        "Are plans reviewed every year?",
        "In {area}, {n} of 100 annual reviews that were expected in {period} had their meeting",
        "Of the plans with an annual review expected in the calendar year, the share with a review meeting.",
        EHC_PLANS_2025, ("Worked out here from the published numbers.", "Published for 2024 only.", FEW), polarity="higher",
    ),
    Metric(
        "review_decided_in_4_weeks", "Review decisions within 4 weeks of the meeting", PLANS, "percent",
        "Do families hear in time what follows from a review?",
        "In {area}, {n} of 100 decisions after a review came within 4 weeks of the meeting in {period}",
        "Of the decisions made after an annual review meeting, the share made within 4 weeks of the meeting.",
        EHC_PLANS_2025, ("Published for 2024 only.", FEW), polarity="higher",
    ),
)  # fmt: skip

_SCHOOLS = (
    Metric(
        "pupils_with_plan", "Pupils with an EHC plan", SCHOOLS, "percent",
        "How many pupils have a plan?",
        "In {area}, {n} of 100 pupils had an EHC plan in {period}",
        "Of all pupils in schools in the area, the share with an EHC plan (up to 2018, or a statement).",
        INCLUSION_2024, (ROUNDED, CUMBRIA),
    ),
    Metric(
        "pupils_sen_support", "Pupils on SEN Support", SCHOOLS, "percent",
        "How many pupils get SEN Support?",
        "In {area}, {n} of 100 pupils were on SEN Support in {period}",
        "Of all pupils in schools in the area, the share on SEN Support.",
        INCLUSION_2024, (ROUNDED, CUMBRIA),
    ),
    Metric(
        "mainstream_with_plan", "Mainstream pupils with an EHC plan", SCHOOLS, "percent",
        "How many pupils of mainstream schools have a plan?",
        "In {area}, {n} of 100 pupils of mainstream schools had an EHC plan in {period}",
        "Of the pupils of state-funded mainstream schools in the area, the share with an EHC plan.",
        INCLUSION_2024, (ROUNDED, CUMBRIA),
    ),
    Metric(
        "mainstream_sen_support", "Mainstream pupils on SEN Support", SCHOOLS, "percent",
        "How many pupils of mainstream schools get SEN Support?",
        "In {area}, {n} of 100 pupils of mainstream schools were on SEN Support in {period}",
        "Of the pupils of state-funded mainstream schools in the area, the share on SEN Support.",
        INCLUSION_2024, (ROUNDED, CUMBRIA),
    ),
    Metric(
        "absence_with_plan", "Absence of pupils with an EHC plan", SCHOOLS, "percent",
        "How much school do pupils with a plan miss?",
        "In {area}, pupils with an EHC plan missed {n} of 100 half-days of school in {period}",
        "Half-days missed, authorised or not, of all half-days that pupils with an EHC plan could have attended.",
        INCLUSION_2024,
        (ROUNDED, CUMBRIA, "London is published as Inner London and Outer London.", "2020/21 was affected by the pandemic."),
        polarity="lower",
    ),
    Metric(
        "absence_sen_support", "Absence of pupils on SEN Support", SCHOOLS, "percent",
        "How much school do pupils on SEN Support miss?",
        "In {area}, pupils on SEN Support missed {n} of 100 half-days of school in {period}",
        "Half-days missed, authorised or not, of all half-days that pupils on SEN Support could have attended.",
        INCLUSION_2024,
        (ROUNDED, CUMBRIA, "London is published as Inner London and Outer London.", "2020/21 was affected by the pandemic."),
        polarity="lower",
    ),
    Metric(
        "absence_no_sen", "Absence of pupils without special educational needs", SCHOOLS, "percent",
        "How much school do other pupils miss?",
        "In {area}, pupils without special educational needs missed {n} of 100 half-days of school in {period}",
        "Half-days missed, authorised or not, of all half-days that pupils without special educational needs could have attended.",
        INCLUSION_2024,
        (ROUNDED, CUMBRIA, "London is published as Inner London and Outer London.", "2020/21 was affected by the pandemic."),
        polarity="lower",
    ),
    Metric(
        "good_level_of_development", "Good level of development at age 5", SCHOOLS, "percent",
        "How are children with special educational needs doing at the end of the reception year?",
        "In {area}, the group with most children at a good level of development in {period} was {part}, {n} of 100",
        "Of the children assessed at the end of the early years foundation stage, the share with a good level of development, by "
        "status of special educational needs.",
        INCLUSION_2024, ("Published here for 2021/22 only.", FEW), polarity="higher", breakdown_name="Status",
    ),
    Metric(
        "school_type_with_plan", "Kind of school of pupils with an EHC plan", SCHOOLS, "percent",
        "Which kind of school do pupils with a plan go to?",
        "In {area}, the largest group of pupils with an EHC plan in {period} was in this kind of school: {part}, {n} of 100",
        "Of the pupils with an EHC plan in schools in the area, the share by kind of school.",
        INCLUSION_2024, (ROUNDED, CUMBRIA, "Pupils are counted where their school is."), breakdown_name="Kind of school",
    ),
    Metric(
        "school_type_sen_support", "Kind of school of pupils on SEN Support", SCHOOLS, "percent",
        "Which kind of school do pupils on SEN Support go to?",
        "In {area}, the largest group of pupils on SEN Support in {period} was in this kind of school: {part}, {n} of 100",
        "Of the pupils on SEN Support in schools in the area, the share by kind of school.",
        INCLUSION_2024, (ROUNDED, CUMBRIA, "Pupils are counted where their school is."), breakdown_name="Kind of school",
    ),
    Metric(
        "ap_council_funded", "Council-funded alternative provision", SCHOOLS, "number",
        "How many pupils are in alternative provision that the council pays for?",
        "{area} paid for {n} placements in alternative provision in {period}",
        "Placements in alternative provision, other than state-funded schools for it, that the local authority funds.",
        INCLUSION_2024, (CUMBRIA,),
    ),
    Metric(
        "ap_state_schools", "Pupils in state-funded alternative provision schools", SCHOOLS, "number",
        "How many pupils are in state-funded alternative provision schools?",
        "{area} had {n} pupils in state-funded alternative provision schools in {period}",
        "Pupils of pupil referral units, alternative provision academies and free schools.",
        INCLUSION_2024, (CUMBRIA,),
    ),
    Metric(
        "ap_school_arranged", "Alternative provision arranged by schools", SCHOOLS, "number",
        "How many pupils do schools send to alternative provision?",
        "Schools in {area} arranged {n} placements in alternative provision in {period}",
        "Placements in alternative provision that schools arrange for their pupils.",
        INCLUSION_2024, ("Collected for 2022/23 for the first time.", CUMBRIA),
    ),
    Metric(
        "need_share_of_pupils", "Pupils with a statement or plan, by primary need", SCHOOLS, "percent",
        "How have the needs of pupils with a statement or plan changed?",
        "In {area}, the most common primary need of pupils with a statement or plan in {period} was {part}, "
        "{value} in every 100 pupils",
        "Of all pupils, the share who have a statement or an EHC plan with this primary type of need. It is a share of all "
        "pupils, not of those with a plan.",
        GREEN_PAPER,
        ("Behaviour, emotional and social difficulties was replaced by social, emotional and mental health in 2015: the two "
         "are not the same group.", "Published for England only."),
        levels=("national",), breakdown_name="Primary need", decimals=2,
    ),
)  # fmt: skip

METRICS = {metric.code: metric for metric in _PROCESS + _PLANS + _SCHOOLS}

# What the overviews show, theme by theme: the five that matter most in each.
HEADLINES = {
    PROCESS: ("plans_in_20_weeks", "plans_over_a_year", "requests", "requests_refused", "new_plans"),
    PLANS: ("plans", "plans_in_mainstream", "plans_in_special", "personal_budgets", "reviews_held"),
    SCHOOLS: ("pupils_with_plan", "pupils_sen_support", "mainstream_with_plan", "absence_with_plan", "ap_council_funded"),
}
FIRST = "plans_in_20_weeks"


def percentage(numerator: Decimal | int | None, denominator: Decimal | int | None) -> Decimal | None:
    """100 times the numerator over the denominator, to two places, halves up; None where it cannot be said.

    Never given averages: a region's or England's percentage comes from its own two numbers.
    """
    if numerator is None or not denominator:
        return None
    return (Decimal(numerator) * 100 / Decimal(denominator)).quantize(Decimal("0.01"), "ROUND_HALF_UP")
