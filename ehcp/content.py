"""A version's rows as the plain values that the rules of `ehcp.sections` read, and the copy of one version to the next."""

from ehcp import sections
from ehcp.models import AdviceRequest, Need, Outcome, PlanSection, PlanVersion, Provision
from send.people.rules import age_on, national_curriculum_year

_COPIED = {
    Need: ("line", "position", "text", "section", "area"),
    Outcome: ("line", "position", "text", "by_when", "by_date"),
    Provision: (
        "line", "position", "text", "section", "delivered_by", "qualification", "minutes", "times", "period", "ratio", "starts",
        "until", "funded_by",
    ),
    PlanSection: ("line", "position", "text", "letter"),
}  # fmt: skip


def content_of(version: PlanVersion) -> sections.PlanContent:
    """The version as the checks see it, with the advice that has come. A fixed number of queries."""
    case, child = version.case, version.case.child
    day = version.started_at.date()
    return sections.PlanContent(
        needs=tuple(_need(row) for row in version.needs.all()),
        outcomes=tuple(_outcome(row) for row in version.outcomes.prefetch_related("needs")),
        provisions=tuple(_provision(row) for row in version.provisions.prefetch_related("needs", "outcomes")),
        texts={row.letter: row.text for row in version.plansections.all()},
        advice=tuple(
            sections.AttachedAdvice(author=asked.advice.author, received_on=asked.submitted_on)
            for asked in case.advice_requests.filter(state=AdviceRequest.State.SUBMITTED).select_related("advice")
        ),
        setting=version.setting.name if version.setting_id else "",
        setting_type=version.setting_type,
        age=age_on(child.born_on, day),
        curriculum_year=national_curriculum_year(child.born_on, day),
    )


def _ids(rows) -> frozenset:
    return frozenset(row.line for row in rows.all())


def _need(row: Need) -> sections.Need:
    return sections.Need(id=row.line, section=row.section, text=row.text, area=row.area)


def _outcome(row: Outcome) -> sections.Outcome:
    return sections.Outcome(id=row.line, text=row.text, by_when=row.by_when, by_date=row.by_date, need_ids=_ids(row.needs))


def _provision(row: Provision) -> sections.Provision:
    fields = {name: getattr(row, name) for name in _COPIED[Provision] if name not in ("line", "position")}
    return sections.Provision(id=row.line, need_ids=_ids(row.needs), outcome_ids=_ids(row.outcomes), **fields)


def copy_content(source: PlanVersion, target: PlanVersion) -> None:
    """Copy every line and link to another version; a line keeps its identity, so that it can be followed."""
    new = {model: _copy_rows(model, source, target) for model in _COPIED}
    for old in source.outcomes.prefetch_related("needs"):
        new[Outcome][old.line].needs.set(new[Need][need.line] for need in old.needs.all())
    for old in source.provisions.prefetch_related("needs", "outcomes"):
        copy = new[Provision][old.line]
        copy.needs.set(new[Need][need.line] for need in old.needs.all())
        copy.outcomes.set(new[Outcome][outcome.line] for outcome in old.outcomes.all())


def _copy_rows(model, source: PlanVersion, target: PlanVersion) -> dict:
    rows = [
        model(version=target, **{name: getattr(row, name) for name in _COPIED[model]})
        for row in model.objects.filter(version=source)
    ]
    return {row.line: row for row in model.objects.bulk_create(rows)}
