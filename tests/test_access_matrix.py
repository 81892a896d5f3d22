"""The grant tables against the access matrix: nothing is granted that it denies.

Rows about what does not exist yet are counted and printed, and the number of granted rows may only go up.
"""

import csv
from collections import Counter
from pathlib import Path

import pytest

from send.access import registry
from send.accounts.roles import Role

MATRIX = Path(__file__).parent / "data" / "access-matrix.csv"
GRANTED_AT_LEAST = 143  # raise it when rows are granted; never lower it


def _rows() -> list[dict]:
    with MATRIX.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _perm(row: dict) -> str:
    return f"{row['resource']}.{row['action']}"


def _granted() -> set[tuple[str, str]]:
    return {(role.value, str(perm)) for role, cells in registry.grants.items() for perm in cells}


def test_the_matrix_names_the_roles_of_the_service():
    assert {row["role"] for row in _rows()} == {role.value for role in Role}


def test_every_permission_in_the_code_is_a_row_of_the_matrix():
    known = {_perm(row) for row in _rows()}
    assert {perm for _, perm in _granted()} <= known


@pytest.mark.parametrize("role", Role, ids=str)
def test_nothing_is_granted_that_the_matrix_denies(role):
    denied = {_perm(row) for row in _rows() if row["role"] == role and row["decision"] == "deny"}
    assert {perm for who, perm in _granted() if who == role} & denied == set()


def test_every_condition_that_a_grant_names_is_known():
    named = {name for cells in registry.grants.values() for grant in cells.values() for name in grant.conditions}
    assert named == set(registry.conditions)


def test_every_role_with_a_grant_has_a_reach():
    assert {role for role, cells in registry.grants.items() if cells} == set(registry.reaches)


def test_the_number_of_granted_rows_only_goes_up(capsys):
    allowing = [row for row in _rows() if row["decision"] != "deny"]
    granted = [row for row in allowing if (row["role"], _perm(row)) in _granted()]
    missing = Counter(row["resource"] for row in allowing if (row["role"], _perm(row)) not in _granted())
    with capsys.disabled():
        print(f"\naccess matrix: {len(granted)} of {len(allowing)} allowing rows granted; not yet: {dict(sorted(missing.items()))}")
    assert len(granted) >= GRANTED_AT_LEAST
