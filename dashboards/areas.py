"""Which area a published row is about. Publishers write codes, or names in spellings of their own. Pure.

Authorities are matched through the dated aliases of `send.organisations`: 'Dorset' is one authority until March 2019 and another
afterwards. Regions are matched by name or ONS code; Inner and Outer London are parts of London.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from send.organisations.names import AuthorityNames

NATIONAL, REGIONAL, PART, AUTHORITY = "national", "regional", "part of region", "authority"
LEVELS = {"National": NATIONAL, "Regional": REGIONAL, "Local authority": AUTHORITY}


class UnknownArea(ValueError):
    """A published row names a region that is none."""


@dataclass(frozen=True)
class Area:
    """An area that figures are published for: ONS code of England and regions, three-digit DfE code of authorities."""

    level: str
    code: str
    name: str


ENGLAND = Area(NATIONAL, "E92000001", "England")
LONDON = "E12000007"
PARTS_OF_LONDON = (Area(PART, "E13000001", "Inner London"), Area(PART, "E13000002", "Outer London"))


class Areas:
    """Finds the area of a row. Built once from the register, asked for each row."""

    def __init__(self, *, authorities: Mapping[int, Area], names: AuthorityNames, regions: Mapping[str, str]):
        self._authorities, self._names = authorities, names
        regional = [Area(REGIONAL, code, name) for code, name in regions.items()] + list(PARTS_OF_LONDON)
        self._regions = {area.code: area for area in regional} | {area.name.casefold(): area for area in regional}

    def region(self, text: str) -> Area:
        """The region, or part of London, of this name or code. Raises UnknownArea."""
        try:
            return self._regions.get(text) or self._regions[text.strip().casefold()]
        except KeyError:
            raise UnknownArea(f"no region is called '{text}'") from None

    def authority(self, text: str, *, on: date) -> Area:
        """The authority that this name or DfE code meant on a day. Raises UnknownAuthority."""
        return self._authorities[self._names.match(text, on=on)]
