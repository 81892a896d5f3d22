"""Asks a scanner about a file. No answer is never a yes: the file stays in quarantine.

ClamAV through its daemon where CLAMAV_URL names one. Without it, the embedded default has a stand-in that knows only
the EICAR test file and says so on screen; a real service without a scanner checks nothing, so nothing leaves quarantine.
"""

import zipfile
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlparse

import clamd
from django.conf import settings

REFUSAL = (
    "We could not accept this file because our virus check found something harmful in it. Scan your device, then send a fresh copy."
)
TIMEOUT_SECONDS = 120
# In two halves, so that a scanner that looks at this source file finds nothing.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}" + rb"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
STAND_IN = "development stand-in"


class Outcome(StrEnum):
    """What the scanner said; UNKNOWN when it did not look at the whole file."""

    CLEAN = "clean"
    FOUND = "found"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Verdict:
    """One answer of one scanner; `found` names what it found."""

    outcome: Outcome
    scanner: str
    found: str = ""


def scan(path: Path) -> Verdict:
    """The scanner's answer about a file on this machine."""
    if settings.CLAMAV_URL:
        return _ask_clamav(path)
    if settings.EMBEDDED:
        return _stand_in(path)
    return Verdict(Outcome.UNKNOWN, "none")


def is_stand_in() -> bool:
    """True where only the stand-in looks at files; screens that take files then say so."""
    return bool(settings.EMBEDDED and not settings.CLAMAV_URL)


def answers() -> bool:
    """True when the scanner in use answers now (readiness)."""
    if not settings.CLAMAV_URL:
        return bool(settings.EMBEDDED)
    try:
        return _daemon(timeout=3).ping() == "PONG"
    except (clamd.ClamdError, OSError):
        return False


def _ask_clamav(path: Path) -> Verdict:
    try:
        with path.open("rb") as content:
            status, found = _daemon(timeout=TIMEOUT_SECONDS).instream(content)["stream"]
    except (clamd.ClamdError, OSError, KeyError, TypeError, ValueError):  # down, too slow, or past its size limit: it did not look
        return Verdict(Outcome.UNKNOWN, "ClamAV")
    if status == "OK":
        return Verdict(Outcome.CLEAN, "ClamAV")
    # 'Heuristics.Limits.Exceeded' means that it gave up, not that it found something.
    if status == "FOUND" and not (found or "").startswith("Heuristics.Limits"):
        return Verdict(Outcome.FOUND, "ClamAV", found or "")
    return Verdict(Outcome.UNKNOWN, "ClamAV")


def _daemon(timeout: int):
    address = urlparse(settings.CLAMAV_URL)
    if address.scheme == "unix":
        return clamd.ClamdUnixSocket(address.path, timeout=timeout)
    return clamd.ClamdNetworkSocket(address.hostname, address.port or 3310, timeout=timeout)


def _stand_in(path: Path) -> Verdict:
    with path.open("rb") as content:
        found = EICAR in content.read(1024 * 1024)
    if not found and zipfile.is_zipfile(path):
        found = _in_members(path)
    return Verdict(Outcome.FOUND if found else Outcome.CLEAN, STAND_IN, "EICAR test file" if found else "")


def _in_members(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return any(_member_has_it(archive, member) for member in archive.infolist()[:1000])
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError):
        return False  # not readable as a zip: the content check refuses it


def _member_has_it(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    with archive.open(member) as content:
        return EICAR in content.read(64 * 1024)
