"""The nineteen roles of the access matrix. Pure."""

from enum import StrEnum


class Role(StrEnum):
    """What a person is here for. The values are the names that the access matrix uses."""

    PARENT_CARER = "parent_carer"
    YOUNG_PERSON = "young_person"
    SENDIASS_ADVISER = "sendiass_adviser"
    SCHOOL_SENCO = "school_senco"
    SCHOOL_MIS_API = "school_mis_api"
    EDUCATIONAL_PSYCHOLOGIST = "educational_psychologist"
    HEALTH_PROFESSIONAL = "health_professional_dco"
    SOCIAL_CARE_PROFESSIONAL = "social_care_professional"
    CASE_OFFICER = "la_case_officer"
    SEND_MANAGER = "la_send_manager"
    FINANCE_OFFICER = "la_finance_officer"
    PANEL_MEMBER = "panel_member"
    MEDIATION_ADVISER = "mediation_adviser"
    TRIBUNAL_CLERK = "tribunal_clerk"
    REGIONS_GROUP = "dfe_regions_group"
    STANDARDS_TEAM = "dfe_national_standards_team"
    INSPECTOR = "ofsted_cqc_inspector"
    AUDITOR = "auditor"
    SYSTEM_ADMIN = "system_admin"


LABELS = {
    Role.PARENT_CARER: "Parent or carer",
    Role.YOUNG_PERSON: "Young person",
    Role.SENDIASS_ADVISER: "SENDIASS adviser or advocate",
    Role.SCHOOL_SENCO: "School or college SENCO",
    Role.SCHOOL_MIS_API: "School records system",
    Role.EDUCATIONAL_PSYCHOLOGIST: "Educational psychologist",
    Role.HEALTH_PROFESSIONAL: "Health professional",
    Role.SOCIAL_CARE_PROFESSIONAL: "Social care professional",
    Role.CASE_OFFICER: "SEND case officer",
    Role.SEND_MANAGER: "SEND manager",
    Role.FINANCE_OFFICER: "Finance officer",
    Role.PANEL_MEMBER: "Panel member",
    Role.MEDIATION_ADVISER: "Mediation adviser",
    Role.TRIBUNAL_CLERK: "Tribunal reader",
    Role.REGIONS_GROUP: "DfE Regions Group adviser",
    Role.STANDARDS_TEAM: "National standards team",
    Role.INSPECTOR: "Ofsted or CQC inspector",
    Role.AUDITOR: "Auditor",
    Role.SYSTEM_ADMIN: "System administrator",
}

# Families sign in for themselves; everybody else for an organisation, and never without a second factor.
FAMILY = frozenset({Role.PARENT_CARER, Role.YOUNG_PERSON})
STAFF = frozenset(Role) - FAMILY
