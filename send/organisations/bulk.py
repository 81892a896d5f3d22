"""Making a table the same as a file, in few statements, and saying what changed. Used by every loader of reference data."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from django.db import models

from send.organisations.models import Organisation

BATCH = 500  # rows a statement: under SQLite's limit on parameters, and short enough for PostgreSQL's time limit


@dataclass(frozen=True)
class Report:
    """What one load did to one table, in rows. `removed` means no longer in the file."""

    table: str
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0

    @property
    def is_quiet(self) -> bool:
        """Nothing differed from the file."""
        return not (self.added or self.changed or self.removed)

    def counts(self) -> dict[str, int]:
        """The four numbers, for the trail."""
        return {name: number for name, number in asdict(self).items() if name != "table"}

    def __str__(self) -> str:
        return (
            f"{self.table}: {self.added:,} added, {self.changed:,} changed, {self.unchanged:,} unchanged, {self.removed:,} removed"
        )


def sync(
    table: str, model: type[models.Model], wanted: Iterable[dict], *, key: tuple[str, ...], among=None, leaving=None
) -> Report:
    """Make the rows of `model` equal `wanted`, matched by the columns in `key`, and report it. Call inside a transaction.

    `wanted` rows all name the same columns (foreign keys as `<name>_id`). `among` is the queryset of rows that are the
    file's to decide (all by default). A row that left the file is deleted, or given the columns in `leaving`: what
    people and plans point at stays. Raises ValueError if two wanted rows have one key.
    """
    existing = {_key(row, key): row for row in (model._base_manager.all() if among is None else among)}
    added, changed, unchanged, seen = [], [], 0, set()
    for values in wanted:
        name = tuple(values[column] for column in key)
        if name in seen:
            raise ValueError(f"{table}: {name} is in the file twice")
        seen.add(name)
        row = existing.get(name)
        if row is None:
            added.append(model(**values))
        elif _apply(row, values):
            changed.append(row)
        else:
            unchanged += 1
    gone = [row for name, row in existing.items() if name not in seen]
    removed = _leave(model, gone, leaving)
    if changed:  # before adding: what changes may make room for what is new under a unique constraint
        update(model, changed, columns=[column for column in values if column not in key])
    insert(model, added)
    return Report(table, len(added), len(changed), unchanged + (len(gone) - removed), removed)


def insert(model: type[models.Model], rows: list) -> None:
    """Add many rows, also of a model whose parent is Organisation, which `bulk_create` refuses."""
    if issubclass(model, Organisation) and model is not Organisation:
        parents = [Organisation(uuid=row.uuid, kind=row.kind, name=row.name) for row in rows]
        for row, parent in zip(rows, Organisation.objects.bulk_create(parents, batch_size=BATCH), strict=True):
            row.pk = row.id = parent.pk
        # The insert that save() itself uses for the child's own table, many rows at a time.
        for start in range(0, len(rows), BATCH):
            model._base_manager._insert(
                rows[start : start + BATCH], fields=model._meta.local_concrete_fields, using=model._base_manager.db
            )
    else:
        model._base_manager.bulk_create(rows, batch_size=BATCH)


def update(model: type[models.Model], rows: list, *, columns: list[str]) -> None:
    """Save these columns of many rows, each in the table that holds it, `bulk_update` being for one table only."""
    own = [field.name for field in map(model._meta.get_field, columns) if field in model._meta.local_concrete_fields]
    inherited = [field.name for field in map(model._meta.get_field, columns) if field.name not in own]
    if own:
        model._base_manager.bulk_update(rows, own, batch_size=BATCH)
    if inherited:
        parents = [Organisation(pk=row.pk, **{name: getattr(row, name) for name in inherited}) for row in rows]
        Organisation.objects.bulk_update(parents, inherited, batch_size=BATCH)


def _key(row, key: tuple[str, ...]) -> tuple:
    return tuple(getattr(row, column) for column in key)


def _apply(row, values: dict) -> bool:
    """Set the columns; whether any of them differed."""
    differing = {column: value for column, value in values.items() if getattr(row, column) != value}
    for column, value in differing.items():
        setattr(row, column, value)
    return bool(differing)


def _leave(model: type[models.Model], gone: list, leaving: dict | None) -> int:
    if leaving is None:
        model._base_manager.filter(pk__in=[row.pk for row in gone]).delete()
        return len(gone)
    leavers = [row for row in gone if _apply(row, leaving)]
    if leavers:
        update(model, leavers, columns=list(leaving))
    return len(leavers)
