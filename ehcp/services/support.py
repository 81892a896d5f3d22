"""SEN Support records as a school's own system sends them (Code of Practice 6.44-6.56)."""

import hashlib
from datetime import date, datetime

import orjson
from django.db import transaction

from ehcp.api_selectors import on_roll
from ehcp.models import ApiClient, IdempotencyKey, SupportRecord
from send.accounts.roles import Role
from send.audit import services as audit
from send.audit.actors import system
from send.errors import RuleBroken
from send.people.models import Child

CREATED = 201
# One answer for every way of not matching, so that nobody can find out who is where by trying.
NO_MATCH = "No pupil on roll at this school has that UPN, surname and date of birth together."


class KeyUsedAgain(RuleBroken):
    """The key was used before with another body."""

    code = "idempotency_key_reused"


class NoSuchPupil(RuleBroken):
    """The three facts do not name one pupil on roll there."""

    code = "pupil_not_matched"


@transaction.atomic
def record_once(client: ApiClient, *, key: str, route: str, values: dict, on: date, at: datetime) -> tuple[dict, bool]:
    """Record SEN Support, or answer as before where this key was used before; returns the answer and whether it is a repeat.

    Only a success uses a key up. Raises KeyUsedAgain, and all that `record_support` raises.
    """
    body_hash = hashlib.sha256(orjson.dumps([route, values], option=orjson.OPT_SORT_KEYS)).hexdigest()
    row, is_new = IdempotencyKey.objects.get_or_create(
        client=client, key=key, defaults={"route": route, "body_hash": body_hash, "created_at": at}
    )
    if row.body_hash != body_hash:
        raise KeyUsedAgain("This Idempotency-Key was used before with another body. Use a new key for a new record.")
    if not is_new:
        return orjson.loads(row.response), True
    record = record_support(client, values=values, on=on, at=at)
    answer = {"id": str(record.uuid), "recorded_at": at.isoformat(), "external_id": record.external_id}
    row.status, row.response = CREATED, orjson.dumps(answer).decode()
    row.save(update_fields=["status", "response"])
    return answer, False


@transaction.atomic
def record_support(client: ApiClient, *, values: dict, on: date, at: datetime) -> SupportRecord:
    """Keep a pupil's SEN Support at the client's school. A later record stands beside the earlier ones; none is lost.

    Raises NoSuchPupil unless UPN, surname and date of birth all match one pupil on roll there that day, RuleBroken for
    dates that cannot be.
    """
    child = _pupil(client, on=on, upn=values["upn"], surname=values["surname"], born_on=values["date_of_birth"])
    _check_dates(values, child, on)
    record = SupportRecord.objects.create(
        child=child, setting_id=client.setting_id, authority_id=child.authority_id, source=client.name[:60], recorded_at=at,
        primary_need=values["primary_need"], secondary_need=values.get("secondary_need", ""),
        support_from=values["support_from"], reviewed_on=values.get("reviewed_on"), outcomes=values.get("outcomes", ""),
        provision=values.get("provision", ""), external_id=values.get("external_id", ""),
    )  # fmt: skip
    audit.record(
        "ehcp.record_support", by=system(client.name), role=Role.SCHOOL_MIS_API, organisation=client.setting, subject=client,
        change={"record": str(record.uuid), "child": str(child.uuid)},
    )  # fmt: skip
    return record


def _pupil(client: ApiClient, *, on: date, upn: str, surname: str, born_on: date) -> Child:
    found = Child.objects.filter(on_roll(client.setting_id, on), upn=upn, born_on=born_on, family_name__iexact=surname.strip())[:2]
    if len(found) != 1:
        raise NoSuchPupil(NO_MATCH)
    return found[0]


def _check_dates(values: dict, child: Child, on: date) -> None:
    if not child.born_on <= values["support_from"] <= on:
        raise RuleBroken("support_from is a day between the pupil’s birth and today.")
    reviewed = values.get("reviewed_on")
    if reviewed and not values["support_from"] <= reviewed <= on:
        raise RuleBroken("reviewed_on is a day between support_from and today.")
    if values.get("secondary_need") == values["primary_need"]:
        raise RuleBroken("The secondary need is another than the primary need.")
