"""Who may do what with a case, readable beside the access matrix, which this table must equal for what is built.

A role's reach (`ehcp.reach`) already says whose cases: the words `when(…)` add what must hold besides.
"""

from enum import StrEnum

from send.access import Grant, when
from send.accounts.roles import Role


class Perm(StrEnum):
    """Resource and action, as the access matrix names them."""

    CASE_LIST = "case_summary.list"
    CASE_READ = "case_summary.read"
    CASE_UPDATE = "case_summary.update"
    DRAFT_READ = "ehcp_draft.read"
    DRAFT_EDIT = "ehcp_draft.edit"
    DRAFT_COMMENT = "ehcp_draft.comment"
    DRAFT_SEND = "ehcp_draft.send_to_family"
    VIEWS_READ = "ehcp_section_A_family_views.read"
    EDUCATION_READ = "ehcp_sections_B_E_F_education.read"
    EDUCATION_EDIT = "ehcp_sections_B_E_F_education.edit"
    HEALTH_READ = "ehcp_sections_C_G_health.read"
    HEALTH_EDIT = "ehcp_sections_C_G_health.edit"
    CARE_READ = "ehcp_sections_D_H_social_care.read"
    CARE_EDIT = "ehcp_sections_D_H_social_care.edit"
    PLACEMENT_READ = "ehcp_section_I_placement.read"
    PLACEMENT_EDIT = "ehcp_section_I_placement.edit"
    FINAL_READ = "ehcp_final.read"
    FINALISE = "ehcp_final.finalise"
    FINAL_PDF = "ehcp_final.download_pdf"
    FINAL_PREVIOUS = "ehcp_final.read_previous_versions"
    ADVICE_READ = "professional_advice.read"
    ADVICE_SUBMIT = "professional_advice.submit"
    ADVICE_EDIT_OWN = "professional_advice.edit_own_before_submission"
    EVIDENCE_UPLOAD = "evidence_file.upload"
    EVIDENCE_LIST = "evidence_file.list"
    EVIDENCE_READ = "evidence_file.read"
    EVIDENCE_DOWNLOAD = "evidence_file.download"
    MESSAGE_READ = "family_message.read"
    MESSAGE_SEND = "family_message.send"
    ACCESS_LOG_READ = "case_access_log.read"
    BREAK_GLASS_REVIEW = "break_glass_access.review"


PLAIN = Grant()
_PLAN_READ = {Perm.DRAFT_READ, Perm.VIEWS_READ, Perm.EDUCATION_READ, Perm.HEALTH_READ, Perm.CARE_READ, Perm.PLACEMENT_READ}

_PARENT = {
    Perm.CASE_LIST: PLAIN,
    Perm.CASE_READ: PLAIN,
    Perm.DRAFT_READ: when("draft_was_served"),
    Perm.DRAFT_COMMENT: when("draft_was_served"),
    Perm.VIEWS_READ: PLAIN,
    Perm.EDUCATION_READ: when("draft_was_served"),
    Perm.HEALTH_READ: when("draft_was_served"),
    Perm.CARE_READ: when("draft_was_served"),
    Perm.PLACEMENT_READ: when("draft_was_served"),
    Perm.FINAL_READ: PLAIN,
    Perm.FINAL_PDF: PLAIN,
    Perm.FINAL_PREVIOUS: PLAIN,
    Perm.ADVICE_READ: when("draft_was_served"),
    Perm.EVIDENCE_UPLOAD: PLAIN,
    Perm.EVIDENCE_LIST: PLAIN,
    Perm.EVIDENCE_READ: when("own_or_shared_with_family"),
    Perm.EVIDENCE_DOWNLOAD: when("own_or_shared_with_family"),
    Perm.MESSAGE_READ: PLAIN,
    Perm.MESSAGE_SEND: PLAIN,
    Perm.ACCESS_LOG_READ: PLAIN,
}

# Consent in force is the helper's reach; never more than the person who consented can see.
_HELPER = {
    perm: _PARENT[perm]
    for perm in (
        *sorted(_PLAN_READ),
        Perm.CASE_LIST,
        Perm.CASE_READ,
        Perm.FINAL_READ,
        Perm.ADVICE_READ,
        Perm.EVIDENCE_LIST,
        Perm.EVIDENCE_READ,
        Perm.MESSAGE_READ,
    )
} | {Perm.MESSAGE_SEND: when("helper_may_message")}

# Asked for advice, while the request is open and six weeks beyond: the request, the family's representations and
# evidence, and their own answer. What the matrix would add later (the draft) is not opened to advisers yet.
_ADVISER = {
    Perm.CASE_LIST: PLAIN,
    Perm.CASE_READ: PLAIN,
    Perm.ADVICE_READ: when("own_advice"),
    Perm.ADVICE_SUBMIT: when("own_advice", "advice_is_open"),
    Perm.ADVICE_EDIT_OWN: when("own_advice", "advice_is_open"),
    Perm.EVIDENCE_LIST: PLAIN,
    Perm.EVIDENCE_READ: when("no_protected_details"),
    Perm.EVIDENCE_DOWNLOAD: when("no_protected_details"),
}

_OFFICER = {
    perm: PLAIN for perm in Perm if perm not in {Perm.ADVICE_SUBMIT, Perm.ADVICE_EDIT_OWN, Perm.FINALISE, Perm.BREAK_GLASS_REVIEW}
} | {Perm.FINALISE: PLAIN}
_MANAGER = _OFFICER | {Perm.BREAK_GLASS_REVIEW: PLAIN}

GRANTS = {
    Role.PARENT_CARER: _PARENT,
    Role.YOUNG_PERSON: _PARENT,
    Role.SENDIASS_ADVISER: _HELPER,
    Role.SCHOOL_SENCO: _ADVISER,
    Role.EDUCATIONAL_PSYCHOLOGIST: _ADVISER,
    Role.HEALTH_PROFESSIONAL: _ADVISER,
    Role.SOCIAL_CARE_PROFESSIONAL: _ADVISER,
    Role.CASE_OFFICER: _OFFICER,
    Role.SEND_MANAGER: _MANAGER,
}

# Whoever holds one of these may know that the case exists: refusals are then 'you may not', not 'not found'.
KNOWING = (Perm.CASE_READ, Perm.CASE_LIST)
