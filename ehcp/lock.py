"""The lock of a plan, held by the database on SQLite and PostgreSQL (SEND Regs 2014 regs 12-13).

What a CHECK on one row cannot see, these triggers do:

- a version that was served or is final never changes again, nor do its lines; nothing of it is deleted;
- a version becomes final only from 'proposed', and, where its basis needs the family step, only if every
  rights-holder was served the draft and each either said 'I have finished, you may go on' or the day of issue is after
  the last day of their window (served + 14 at the least: reg 13(1)(a), '15 days beginning with the day of service');
- a family step never changes, except that an empty `finished_on` (and what was asked for with it) is filled once.

One rule, written once as a condition, in the little SQL that both databases read.
"""

from django.db import migrations

VERSION = "ehcp_planversion"
STEP = "ehcp_familystep"
LINES = ("ehcp_plansection", "ehcp_need", "ehcp_outcome", "ehcp_provision")
JOINS = {
    "ehcp_outcome_needs": ("ehcp_outcome", "outcome_id"),
    "ehcp_provision_needs": ("ehcp_provision", "provision_id"),
    "ehcp_provision_outcomes": ("ehcp_provision", "provision_id"),
}

# The steps of the draft that this final plan answers; {plus14} is the database's own way to add fourteen days.
_NEEDS_FAMILY = (
    "NEW.state = 'final' AND OLD.state <> 'final' AND NEW.basis IN ('first_plan', 'review', 'amendment', 'reassessment')"
)
_FAMILY_STEP_MISSING = (
    f"{_NEEDS_FAMILY} AND (NOT EXISTS (SELECT 1 FROM {STEP} s WHERE s.version_id = NEW.draft_id) "
    f"OR EXISTS (SELECT 1 FROM {STEP} s WHERE s.version_id = NEW.draft_id AND "
    "(s.served_on > NEW.issued_on OR "
    "((s.finished_on IS NULL OR s.finished_on > NEW.issued_on) AND NEW.issued_on <= s.window_ends_on))) "
    "OR NOT EXISTS (SELECT 1 FROM ehcp_planversion d WHERE d.id = NEW.draft_id AND d.state = 'served' AND d.case_id = NEW.case_id))"
)
_FROZEN = f"EXISTS (SELECT 1 FROM {VERSION} v WHERE v.id = {{}} AND v.state IN ('served', 'final'))"
_OWNER = "(SELECT o.version_id FROM {} o WHERE o.id = {})"
_RULES = (
    # name, table, verb, condition under which the database refuses, what it says
    ("version_frozen", VERSION, "UPDATE", "OLD.state IN ('served', 'final')", "a served or final version does not change"),
    ("version_kept", VERSION, "DELETE", "OLD.state IN ('served', 'final')", "a served or final version is kept"),
    ("version_final", VERSION, "UPDATE", "NEW.state = 'final' AND OLD.state <> 'proposed'", "a final plan was proposed first"),
    ("version_born_final", VERSION, "INSERT", "NEW.state <> 'writing'", "a version begins as being written"),
    ("family_step", VERSION, "UPDATE", _FAMILY_STEP_MISSING, "the family step of SEND Regs 2014 reg 13(1) is not complete"),
    ("step_window", STEP, "INSERT", "NEW.window_ends_on < {plus14}", "the window is at least 15 days beginning with service"),
    (
        "step_kept",
        STEP,
        "UPDATE",
        "OLD.finished_on IS NOT NULL OR NEW.served_on <> OLD.served_on OR NEW.window_ends_on < OLD.window_ends_on "
        "OR NEW.user_id <> OLD.user_id OR NEW.version_id <> OLD.version_id",
        "a family step is not rewritten",
    ),
    ("step_stays", STEP, "DELETE", "1 = 1", "a family step is kept"),
    *(
        (f"{table}_{verb.lower()}", table, verb, _FROZEN.format(f"{row}.version_id"), "the lines of a served or final version stay")
        for table in LINES
        for verb, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD"))
    ),
    *(
        (f"{table}_{verb.lower()}", table, verb, _FROZEN.format(_OWNER.format(owner, f"{row}.{column}")), "links of a version stay")
        for table, (owner, column) in JOINS.items()
        for verb, row in (("INSERT", "NEW"), ("DELETE", "OLD"))
    ),
)  # fmt: skip


def operation() -> migrations.RunPython:
    """The migration operation that sets the lock; reversible, and safe to run again after a table was rebuilt."""
    return migrations.RunPython(_set, _lift, elidable=False)


def _set(apps, schema_editor) -> None:
    _lift(apps, schema_editor)
    with schema_editor.connection.cursor() as cursor:
        for rule in _RULES:
            for statement in _statements(schema_editor.connection.vendor, *rule):
                cursor.execute(statement)


def _lift(apps, schema_editor) -> None:
    postgresql = schema_editor.connection.vendor == "postgresql"
    with schema_editor.connection.cursor() as cursor:
        for name, table, *_ in _RULES:
            cursor.execute(f'DROP TRIGGER IF EXISTS "{_trigger(name)}"' + (f' ON "{table}"' if postgresql else ""))


def _trigger(name: str) -> str:
    return f"append_only_lock_{name}"[:63]  # the prefix by which tests find every guard


def _statements(vendor: str, name: str, table: str, verb: str, refused_if: str, says: str) -> list[str]:
    trigger = _trigger(name)
    if vendor == "sqlite":
        condition = refused_if.replace("{plus14}", "date(NEW.served_on, '+14 days')")
        return [
            f'CREATE TRIGGER "{trigger}" BEFORE {verb} ON "{table}" FOR EACH ROW WHEN {condition} '
            f"BEGIN SELECT RAISE(ABORT, '{says}'); END"
        ]
    condition = refused_if.replace("{plus14}", "NEW.served_on + 14")
    answer = "OLD" if verb == "DELETE" else "NEW"
    return [
        f'CREATE OR REPLACE FUNCTION "{trigger}"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {condition} THEN '
        f"RAISE EXCEPTION '{says}' USING ERRCODE = 'restrict_violation'; END IF; RETURN {answer}; END $$",
        f'CREATE TRIGGER "{trigger}" BEFORE {verb} ON "{table}" FOR EACH ROW EXECUTE FUNCTION "{trigger}"()',
    ]
