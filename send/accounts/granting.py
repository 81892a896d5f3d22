"""Which roles an organisation may give to its people, and which of them need a second person. Pure."""

from send.accounts.roles import LABELS, Role
from send.organisations.models import Organisation

Kind = Organisation.Kind
ROLES_BY_KIND = {
    Kind.SETTING: (Role.SCHOOL_SENCO,),
    Kind.AUTHORITY: (
        Role.CASE_OFFICER, Role.SEND_MANAGER, Role.FINANCE_OFFICER, Role.EDUCATIONAL_PSYCHOLOGIST,
        Role.SOCIAL_CARE_PROFESSIONAL, Role.PANEL_MEMBER,
    ),
    Kind.HEALTH: (Role.HEALTH_PROFESSIONAL,),
    Kind.ADVICE: (Role.SENDIASS_ADVISER,),
    Kind.MEDIATION: (Role.MEDIATION_ADVISER,),
    Kind.NATIONAL: (
        Role.REGIONS_GROUP, Role.STANDARDS_TEAM, Role.INSPECTOR, Role.AUDITOR, Role.TRIBUNAL_CLERK, Role.SYSTEM_ADMIN,
    ),
}  # fmt: skip
NEEDS_SECOND_PERSON = frozenset({Role.SEND_MANAGER, Role.AUDITOR, Role.SYSTEM_ADMIN})


def roles_of_kind(kind: str) -> tuple[Role, ...]:
    """The roles that an organisation of this kind may give; a school gives school roles only."""
    return ROLES_BY_KIND[Kind(kind)]


def choices_for(kind: str) -> list[tuple[str, str]]:
    """The same as choices of a form."""
    return [(role.value, LABELS[role]) for role in roles_of_kind(kind)]
