"""Loads the published facts about organisations from the files in `data/`. Safe to run again: the same files, the same rows.

One function a table, each making the table equal its file; `load` runs them in order in one transaction.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify

from send.audit.actors import system
from send.audit.services import record
from send.organisations.bulk import Report, sync
from send.organisations.files import DATA, iso_date, register_date, rows_of
from send.organisations.models import (
    AuthorityAlias,
    HealthBody,
    LocalAuthority,
    Organisation,
    Region,
    Setting,
    StatisticalNeighbour,
)

NATIONAL_TEAMS = {
    UUID("0193a0b0-0000-7000-8000-000000000001"): "DfE Regions Group",
    UUID("0193a0b0-0000-7000-8000-000000000002"): "National standards team",
    UUID("0193a0b0-0000-7000-8000-000000000003"): "Inspectorates",
    UUID("0193a0b0-0000-7000-8000-000000000004"): "Auditors",
    UUID("0193a0b0-0000-7000-8000-000000000005"): "System administrators",
}
PHASES = {  # the census's category says the phase of mainstream schools only
    "State-funded nursery": "Nursery",
    "State-funded primary": "Primary",
    "State-funded secondary": "Secondary",
    "Special post-16 institution": "16 and over",
}
SIXTEEN_TO_NINETEEN = {"Free Schools - 16-19", "Academy 16-19 Converter", "Academy 16-19 Sponsor Led"}


def load(*, say: Callable[[str], object] = lambda line: None, folder: Path = DATA) -> list[Report]:
    """Load every table of organisations in one transaction, and note in the trail what changed.

    `say` is given one line as each table is done. Raises ValueError or LookupError, with nothing kept, when a file
    contradicts itself or names an authority that is not there.
    """
    reports = []
    with transaction.atomic():
        for step in STEPS:
            reports.append(step(folder))
            say(str(reports[-1]))
        changes = {report.table: report.counts() for report in reports if not report.is_quiet}
        if changes:
            record("organisations.reference_loaded", by=system("load_reference"), subject="system", change=changes)
    return reports


def load_regions(folder: Path = DATA) -> Report:
    """The nine regions, with their ONS codes."""
    regions = {row["region_code"]: row["region_name"] for row in rows_of(folder / "local_authorities.csv")}
    wanted = ({"code": code, "name": name, "slug": slugify(name)} for code, name in sorted(regions.items()))
    return sync("regions", Region, wanted, key=("code",))


def load_authorities(folder: Path = DATA) -> Report:
    """Today's authorities and those abolished since 2019; successors open on the day their predecessor closes.

    One that leaves the file keeps its row: children and decisions point at it.
    """
    former = list(rows_of(folder / "local_authorities_former.csv"))
    regions = {region.name: region.pk for region in Region.objects.all()}
    opened = {code: iso_date(row["abolished_on"]) for row in former for code in row["successor_la_codes"].split(";")}
    wanted = [_authority(row, regions, opened) for row in rows_of(folder / "local_authorities.csv")]
    wanted += [_authority(row, regions, {}) for row in former]
    return sync("local authorities", LocalAuthority, wanted, key=("code",), leaving={})


def _authority(row: dict[str, str], regions: dict[str, int], opened: dict[str, date | None]) -> dict:
    return {
        "kind": Organisation.Kind.AUTHORITY.value,
        "name": row["la_name"],
        "official_name": row.get("official_name", ""),
        "code": row["la_code"],
        "gss_code": row["gss_code"],
        "region_id": regions[row["region_name"]],
        "type": row["la_type"],
        "is_inner_london": row.get("london_sub_region") == "Inner London",
        "opened_on": opened.get(row["la_code"]),
        "closed_on": iso_date(row.get("abolished_on", "")),
    }


def load_successors(folder: Path = DATA) -> Report:
    """Which authorities took over from a former one."""
    codes = _authorities()
    wanted = [
        {"from_localauthority_id": codes[row["la_code"]], "to_localauthority_id": codes[successor]}
        for row in rows_of(folder / "local_authorities_former.csv")
        for successor in row["successor_la_codes"].split(";")
    ]
    key = ("from_localauthority_id", "to_localauthority_id")
    return sync("successors", LocalAuthority.successors.through, wanted, key=key)


def load_aliases(folder: Path = DATA) -> Report:
    """What publishers call an authority: its own names and codes, and the exceptions in `authority_aliases.csv`."""
    codes = _authorities()
    exceptions = [_exception(row, codes) for row in rows_of(folder / "authority_aliases.csv")]
    dated = {(alias["kind"], alias["text"]) for alias in exceptions}
    regular = {}
    for row in [*rows_of(folder / "local_authorities.csv"), *rows_of(folder / "local_authorities_former.csv")]:
        for kind, text in _own_names(row):
            if (kind, text) not in dated:  # a name used twice over time stands in the exceptions, with its dates
                regular[codes[row["la_code"]], kind, text] = _alias(codes[row["la_code"]], kind, text)
    key = ("authority_id", "kind", "text", "publisher")
    return sync("names of authorities", AuthorityAlias, [*regular.values(), *exceptions], key=key)


def _own_names(row: dict[str, str]) -> list[tuple[str, str]]:
    kinds = AuthorityAlias.Kind
    return [
        (kind.value, row[column])
        for kind, column in (
            (kinds.NAME, "la_name"),
            (kinds.NAME, "official_name"),
            (kinds.DFE_CODE, "la_code"),
            (kinds.GSS_CODE, "gss_code"),
            (kinds.GSS_CODE, "gss_code_in_ehc_stats_2025"),
        )
        if row.get(column)
    ]


def _exception(row: dict[str, str], codes: dict[str, int]) -> dict:
    alias = _alias(codes[row["la_code"]], AuthorityAlias.Kind(row["kind"]).value, row["text"])
    return alias | {"publisher": row["publisher"], "starts_on": iso_date(row["from"]), "ends_on": iso_date(row["to"])}


def _alias(authority_id: int, kind: str, text: str) -> dict:
    return {"authority_id": authority_id, "kind": kind, "text": text, "publisher": "", "starts_on": None, "ends_on": None}


def load_neighbours(folder: Path = DATA) -> Report:
    """The ten statistical neighbours of each authority."""
    codes = _authorities()
    wanted = (
        {
            "authority_id": codes[row["la_code"]],
            "neighbour_id": codes[row["neighbour_la_code"]],
            "rank": int(row["rank"]),
            "closeness": row["closeness"],
        }
        for row in rows_of(folder / "statistical_neighbours_2025.csv")
    )
    # Matched as pairs: a new ranking moves neighbours between ranks, and the rank is unique, so pairs are replaced.
    key = ("authority_id", "neighbour_id", "rank")
    return sync("statistical neighbours", StatisticalNeighbour, wanted, key=key)


def load_health_bodies(folder: Path = DATA) -> Report:
    """Integrated care boards, by name: the published list has no codes of them."""
    boards = {row["icb_name"]: row["nhs_region"] for row in rows_of(folder / "authorities_to_health_boards_2022.csv")}
    wanted = (
        {"kind": Organisation.Kind.HEALTH.value, "name": _board(name), "nhs_region": region} for name, region in boards.items()
    )
    return sync("health bodies", HealthBody, wanted, key=("name",), leaving={})


def load_health_areas(folder: Path = DATA) -> Report:
    """Which boards serve which authority, at 2022 boundaries; a former authority's boards serve its successors too."""
    authorities = {authority.name: authority for authority in LocalAuthority.objects.prefetch_related("successors")}
    boards = dict(HealthBody.objects.values_list("name", "pk"))
    pairs = set()
    for row in rows_of(folder / "authorities_to_health_boards_2022.csv"):
        authority = authorities[row["la_name"]]
        pairs |= {(boards[_board(row["icb_name"])], served.pk) for served in [authority, *authority.successors.all()]}
    wanted = ({"healthbody_id": board, "localauthority_id": authority} for board, authority in sorted(pairs))
    return sync("areas of health bodies", HealthBody.authorities.through, wanted, key=("healthbody_id", "localauthority_id"))


def _board(name: str) -> str:
    """'NHS Kent and Medway ICB' in full."""
    return name.removesuffix(" ICB") + " Integrated Care Board"


def load_national_teams(folder: Path = DATA) -> Report:
    """The national teams, with identifiers that are the same everywhere."""
    wanted = ({"uuid": uuid, "kind": Organisation.Kind.NATIONAL.value, "name": name} for uuid, name in NATIONAL_TEAMS.items())
    among = Organisation.objects.filter(uuid__in=NATIONAL_TEAMS)
    return sync("national teams", Organisation, wanted, key=("uuid",), among=among)


def load_settings(folder: Path = DATA) -> Report:
    """Schools and other settings by URN. One that leaves the file is marked withdrawn: plans may name it."""
    codes = _authorities()
    wanted = (_setting(row, codes) for row in rows_of(folder / "settings.csv.gz"))
    return sync("settings", Setting, wanted, key=("urn",), leaving={"status": Setting.Status.WITHDRAWN.value})


def _setting(row: dict[str, str], codes: dict[str, int]) -> dict:
    return {
        "kind": Organisation.Kind.SETTING.value,
        "name": row["name"],
        "urn": row["urn"],
        "authority_id": codes[row["la_code"]] if row["la_code"] else None,
        "authority_source": row["la_source"],
        "number": row["estab_number_2019"],
        "category": row["school_category"],
        "type": row["gias_type_2017"],
        "phase": "16 to 19" if row["gias_type_2017"] in SIXTEEN_TO_NINETEEN else PHASES.get(row["school_category"], ""),
        "town": row["town"],
        "postcode": row["postcode"],
        "opened_on": register_date(row["open_date"]),
        "closed_on": register_date(row["close_date"]),
        "status": row["status"],
    }


def _authorities() -> dict[str, int]:
    return dict(LocalAuthority.objects.values_list("code", "pk"))


STEPS = (
    load_regions,
    load_authorities,
    load_successors,
    load_aliases,
    load_neighbours,
    load_health_bodies,
    load_health_areas,
    load_national_teams,
    load_settings,
)
