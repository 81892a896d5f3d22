"""Where the figures of each published metric stand: file, columns, and what the publisher's markers mean. Pure.

A percentage is the published one where there is one; otherwise it is worked out from the two published numbers.
"""

from dataclasses import dataclass

from dashboards.periods import MONTH, SCHOOL_YEAR, YEAR

NOT_AVAILABLE, NOT_APPLICABLE = "x", "z"
# The DfE's guidance files use x and z the other way round, so markers are mapped file by file.
SEN2_MARKERS = {"x": NOT_AVAILABLE, "z": NOT_APPLICABLE, "": NOT_AVAILABLE}
APPEAL_MARKERS = {"..": NOT_AVAILABLE, "": NOT_AVAILABLE}
DASHBOARD_MARKERS = {"": NOT_APPLICABLE}  # empty only where there were no children to count


@dataclass(frozen=True)
class Layout:
    """How one file says period and area."""

    file: str
    period: str
    markers: dict[str, str]
    period_column: str = "time_period"
    level_column: str = "geographic_level"
    region_column: str = "region_code"
    authority_column: str = "old_la_code"


@dataclass(frozen=True)
class Series:
    """One metric (or one part of its breakdown) in one file.

    `where` picks rows; a denominator may be a sum of columns (`a+b`); `whole` names the metric whose figure for the same area
    and period is the denominator.
    """

    metric: str
    layout: Layout
    value: str = ""
    numerator: str = ""
    denominator: str = ""
    breakdown: str = ""
    breakdown_column: str = ""
    where: tuple[tuple[str, str], ...] = ()
    whole: str = ""


def _sen2(file: str, period: str = YEAR) -> Layout:
    return Layout(file, period, SEN2_MARKERS)


def _dashboard(file: str, authority_column: str = "la_name") -> Layout:
    return Layout(
        file, SCHOOL_YEAR, DASHBOARD_MARKERS, period_column="academic_year", region_column="region_name",
        authority_column=authority_column,
    )  # fmt: skip


CASELOAD, NEW_PLANS = _sen2("caseload", MONTH), _sen2("newplans")
REQUESTS, ASSESSMENTS, TIMELINESS = _sen2("requests"), _sen2("assessments"), _sen2("timeliness_20_week")
NEEDS, NEW_NEEDS = _sen2("sen_needs_all_plans", MONTH), _sen2("sen_need_newplans")
BUDGETS, REVIEWS = _sen2("personal_budgets", MONTH), _sen2("annual_reviews")
APPEALS = Layout(
    "send_tribunal_appeal_rate", YEAR, APPEAL_MARKERS, period_column="calendar_year", level_column="", authority_column="la_code"
)
SEN, MAINSTREAM = _dashboard("sen_percent_by_la"), _dashboard("mainstream_sen_percent_by_la")
PHASE, ABSENCE = _dashboard("school_phase_by_sen_provision_by_la"), _dashboard("absence_by_sen_by_la")
AP, EARLY_YEARS = _dashboard("alternative_provision_placements_by_la", "la_code"), _dashboard("eyfsp_good_level_by_sen_by_la")

ALL_PLANS = (("breakdown", "All EHC plans"),)
PLACES = (
    ("Mainstream school", "mainstream_total", "mainstream_total_pc"),
    ("Special school", "special_total", "special_total_pc"),
    ("Alternative provision", "ap_pru_total", "AP_PRU_total_pc"),
    ("Further education", "fe_total", "fe_total_pc"),
    ("Educated elsewhere", "ed_elsewhere", "ed_elsewhere_pc"),
    ("Early years setting", "nm_early_years", "nm_early_years_pc"),
    ("Not known", "placement_unknown", "placement_unknown_pc"),
)
NEED_NAMES = {
    "asd": "Autistic spectrum disorder",
    "slcn": "Speech, language and communication needs",
    "semh": "Social, emotional and mental health",
    "besd": "Behaviour, emotional and social difficulties",
    "mld": "Moderate learning difficulty",
    "sld": "Severe learning difficulty",
    "pmld": "Profound and multiple learning difficulty",
    "spld": "Specific learning difficulty",
    "pd": "Physical disability",
    "hi": "Hearing impairment",
    "vi": "Visual impairment",
    "msi": "Multi-sensory impairment",
    "oth": "Other difficulty or disability",
}


def _needs(metric: str, layout: Layout) -> tuple[Series, ...]:
    """Primary needs, of all plans: those whose need is not known are a part of their own."""
    parts = [(name, f"{code}_pc", f"number_{code}") for code, name in NEED_NAMES.items() if code != "besd"]
    parts.append(("Not known", "unknown_pc", "number_need_unknown"))
    return tuple(Series(metric, layout, percent, number, "ehc_plans", name, where=ALL_PLANS) for name, percent, number in parts)


SERIES = (
    Series("plans_in_20_weeks", TIMELINESS, "PC_plans_issued_20_weeks_ex", "plans_issued_20_weeks_ex", "plans_issued_den_ex"),
    Series(
        "plans_in_20_weeks_all", TIMELINESS, "pc_plans_issued_within_20_weeks", "plans_issued_within_20_weeks", "plans_issued_den",
    ),
    Series("plans_over_a_year", TIMELINESS, "PC_plans_issued_gt_1_year_ex", "plans_issued_gt_1_year_ex", "plans_issued_den_ex"),
    Series("requests", REQUESTS, "requests_received_in_year"),
    Series("requests_refused", REQUESTS, "request_not_assess_pc", "requests_decided_not_to_assess", "requests_received_in_year"),
    Series("decided_in_6_weeks", REQUESTS, "request_outcome_six_weeks_pc", "request_outcome_six_weeks"),
    Series("assessments_to_plan", ASSESSMENTS, "assess_issued_pc", "assess_issued", "assess_in_year"),
    Series("new_plans", NEW_PLANS, "new_ehc_plans"),
    Series("tribunal_appeals", APPEALS, "appeal_rate_pct", "appeals_registered", "appealable_decisions"),
    Series("plans", CASELOAD, "ehcplans", where=ALL_PLANS),
    Series("plans_in_mainstream", CASELOAD, "mainstream_total_pc", "mainstream_total", "ehcplans", where=ALL_PLANS),
    Series("plans_in_special", CASELOAD, "special_total_pc", "special_total", "ehcplans", where=ALL_PLANS),
    *(
        Series("plans_by_placement", CASELOAD, percent, number, "ehcplans", breakdown=name, where=ALL_PLANS)
        for name, number, percent in PLACES
    ),
    *_needs("plans_by_need", NEEDS),
    *_needs("new_plans_by_need", NEW_NEEDS),
    Series(
        "plans_by_age", CASELOAD, "", "ehcplans", breakdown_column="breakdown",
        where=(("breakdown_topic", "Child or young persons age"),), whole="plans",
    ),
    Series("personal_budgets", BUDGETS, "", "personal_budget", whole="plans"),
    Series("reviews_held", REVIEWS, "", "total_review_meeting", "review_expected"),
    Series(
        "review_decided_in_4_weeks", REVIEWS, "pc_decsion_4weeks", "number_decsion_4weeks",
        "number_decsion_4weeks+number_decision_gt_4weeks",
    ),
    Series("pupils_with_plan", SEN, "pct_of_pupils", where=(("sen_provision", "EHC plan"),)),
    Series("pupils_sen_support", SEN, "pct_of_pupils", where=(("sen_provision", "SEN support"),)),
    Series("mainstream_with_plan", MAINSTREAM, "pct_of_pupils", "", "mainstream_pupils", where=(("sen_provision", "EHC plan"),)),
    Series(
        "mainstream_sen_support", MAINSTREAM, "pct_of_pupils", "", "mainstream_pupils", where=(("sen_provision", "SEN support"),),
    ),
    Series("absence_with_plan", ABSENCE, "pct", where=(("sen_status", "EHCP or Statement"),)),
    Series("absence_sen_support", ABSENCE, "pct", where=(("sen_status", "SEN support"),)),
    Series("absence_no_sen", ABSENCE, "pct", where=(("sen_status", "No SEN"),)),
    Series(
        "good_level_of_development", EARLY_YEARS, "pct", "good_level_of_development", "children", breakdown_column="sen_status"
    ),
    Series(
        "school_type_with_plan", PHASE, "pct_of_pupils", breakdown_column="phase_type",
        where=(("provision_type", "pupils with EHC plans"),),
    ),
    Series(
        "school_type_sen_support", PHASE, "pct_of_pupils", breakdown_column="phase_type",
        where=(("provision_type", "pupils on SEN support"),),
    ),
    Series("ap_council_funded", AP, "pupils", where=(("provision_type", "LA funded AP placements"),)),
    Series("ap_state_schools", AP, "pupils", where=(("provision_type", "State-funded AP school"),)),
    Series("ap_school_arranged", AP, "pupils", where=(("provision_type", "School arranged AP"),)),
)  # fmt: skip
