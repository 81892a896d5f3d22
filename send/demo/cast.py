"""The invented people of the demonstration: who they are, for whom they act, and how they are made. Nobody here exists."""

from dataclasses import dataclass
from datetime import date, timedelta

from send.accounts.demo import make_demo_user
from send.accounts.models import Membership, User
from send.accounts.roles import LABELS, Role
from send.audit import services as audit
from send.audit.actors import system
from send.organisations.loading import NATIONAL_TEAMS
from send.organisations.models import LocalAuthority, Organisation

PASSWORD = "every-person-here-is-invented"
IN_POST_FOR = timedelta(days=1000)  # before the first day of any case of the cast
GREEN_PAPER = "green_paper_2022"
Kind = Organisation.Kind


@dataclass(frozen=True)
class Person:
    """One invented person. `office` is the key of the organisation they act for; families have none."""

    key: str
    name: str
    role: Role
    office: str = ""
    job_title: str = ""
    is_administrator: bool = False

    @property
    def email(self) -> str:
        """An address that can reach nobody (RFC 2606)."""
        return f"{self.key.replace('_', '.')}@example.org"


PEOPLE = (
    Person("parent", "Robin Sample", Role.PARENT_CARER),
    Person("second_parent", "Kit Sample", Role.PARENT_CARER),
    Person("young_person", "Sky Sample", Role.YOUNG_PERSON),
    Person("sendiass", "Ellis Example", Role.SENDIASS_ADVISER, "advice", "SENDIASS adviser"),
    Person("senco", "Morgan Example", Role.SCHOOL_SENCO, "school", "SENCO", is_administrator=True),
    Person("psychologist", "Dr Pat Example", Role.EDUCATIONAL_PSYCHOLOGIST, "first", "Educational psychologist"),
    Person("health", "Sam Example", Role.HEALTH_PROFESSIONAL, "health", "Speech and language therapist"),
    Person("social_care", "Lee Example", Role.SOCIAL_CARE_PROFESSIONAL, "first", "Social worker"),
    Person("officer", "Jo Example", Role.CASE_OFFICER, "first", "SEND case officer"),
    Person("manager", "Max Example", Role.SEND_MANAGER, "first", "SEND manager", is_administrator=True),
    Person("finance", "Fin Example", Role.FINANCE_OFFICER, "first", "Finance officer"),
    Person("second_officer", "Chris Example", Role.CASE_OFFICER, "second", "SEND case officer"),
    Person("second_manager", "Alex Example", Role.SEND_MANAGER, "second", "SEND manager", is_administrator=True),
    Person("regions_group", "Frances Example", Role.REGIONS_GROUP, "DfE Regions Group", "Regions Group adviser"),
    Person("standards", "Drew Example", Role.STANDARDS_TEAM, "National standards team", "National standards team"),
    Person("inspector", "Val Example", Role.INSPECTOR, "Inspectorates", "Inspector"),
    Person("auditor", "Ash Example", Role.AUDITOR, "Auditors", "Auditor"),
    Person("administrator", "Toni Example", Role.SYSTEM_ADMIN, "System administrators", "System administrator", True),
)
INVENTED = {
    "advice": (Kind.ADVICE, "Sample Information, Advice and Support Service"),
    "school": (Kind.SETTING, "Sample Primary School"),
    "health": (Kind.HEALTH, "Sample Integrated Care Board"),
}
WANTED = {"first": "886", "second": "919"}  # Kent, under the law in force; Hertfordshire, under the proposals of 2022


def is_made() -> bool:
    """Whether the demonstration is there already: it is made whole or not at all."""
    return User.objects.filter(email=PEOPLE[0].email).exists()


def make_cast(*, on: date) -> dict[str, User]:
    """Everybody, able to sign in, with their memberships. Raises LookupError while no authority is loaded."""
    offices = _offices()
    return {person.key: _make(person, offices, on) for person in PEOPLE}


def authorities_of_cast() -> dict[str, LocalAuthority]:
    """The two authorities of the cast; where those wanted are not loaded, the first that are. Raises LookupError."""
    loaded = list(LocalAuthority.objects.filter(closed_on__isnull=True).order_by("code"))
    if not loaded:
        raise LookupError("there is no authority yet: type `manage.py load_reference` first")
    by_code = {authority.code: authority for authority in loaded}
    return {"first": by_code.get(WANTED["first"], loaded[0]), "second": by_code.get(WANTED["second"], loaded[-1])}


def lines() -> list[str]:
    """Who can be signed in as, with which password, and how to get the code; in plain lines for a terminal."""
    people = [f"  {LABELS[person.role]:<30} {person.name:<18} {person.email}" for person in PEOPLE]
    how = [f"Password of each: {PASSWORD}", "Code for a person: .venv/bin/python manage.py demo_code parent@example.org"]
    return ["Sign in as one of these invented people:", *people, *how]


def _offices() -> dict[str, Organisation]:
    authorities = authorities_of_cast()
    if authorities["second"] != authorities["first"]:
        LocalAuthority.objects.filter(pk=authorities["second"].pk).update(rule_set=GREEN_PAPER)
    national = {
        name: Organisation.objects.get_or_create(uuid=uuid, defaults={"kind": Kind.NATIONAL, "name": name})[0]
        for uuid, name in NATIONAL_TEAMS.items()
    }
    invented = {key: Organisation.objects.create(kind=kind, name=name) for key, (kind, name) in INVENTED.items()}
    return authorities_of_cast() | national | invented


def _make(person: Person, offices: dict[str, Organisation], on: date) -> User:
    user = make_demo_user(person.email, person.name, PASSWORD)
    if person.office:
        office = offices[person.office]
        Membership.objects.create(
            user=user, organisation=office, role=person.role, job_title=person.job_title,
            is_administrator=person.is_administrator, starts_on=on - IN_POST_FOR,
        )  # fmt: skip
        change = {"role": person.role, "person": user.uuid, "administrator": person.is_administrator}
        audit.record("accounts.grant_membership", by=system("demonstration"), subject=office, organisation=office, change=change)
    return user
