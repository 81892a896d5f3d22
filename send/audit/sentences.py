"""The trail as sentences: in full for an officer, in plain words for a family. Each app registers one pair for each of its verbs.

A sentence may name `{by}`, `{role}`, `{organisation}`, `{reference}`, and for each name in `change`: `{name}` (the new value),
`{name_old}` and `{name_new}`. For a family `{by}` is a role and an organisation, never the name of a member of staff.
"""

from dataclasses import dataclass
from datetime import date, datetime
from json import loads

from send.accounts.roles import LABELS, Role
from send.audit.models import ActorKind, AuditEvent, AuditText
from send.clock import LONDON

OFFICER, FAMILY = "officer", "family"
ERASED = "(erased)"


@dataclass(frozen=True)
class Sentence:
    """What happened, for two readers. An empty `family` keeps it out of theirs; they see the reason only where said so."""

    officer: str
    family: str
    family_sees_why: bool = False


@dataclass(frozen=True)
class Line:
    """One dated sentence of the trail. `on` is the day in England; `why` is empty where there is none to show."""

    at: datetime
    on: date
    sequence: int
    action: str
    text: str
    why: str
    change: dict


_known: dict[str, Sentence] = {}
NEUTRAL = Sentence(officer="{by} changed the record ({action})", family="The record was updated")


def register(sentences: dict[str, Sentence]) -> None:
    """Add the sentences of an app. Raises ValueError if another has taken an action's name."""
    for action, sentence in sentences.items():
        if _known.setdefault(action, sentence) != sentence:
            raise ValueError(f"two sentences for {action}")


def is_known(action: str) -> bool:
    """Whether the action has a sentence of its own; each app tests this for its verbs."""
    return action in _known


def sentences_for(stream: str, *, audience: str) -> list[Line]:
    """The trail of one stream, oldest first, for `OFFICER` or `FAMILY`. Two queries, however long it is."""
    events = list(AuditEvent.objects.filter(stream=stream).order_by("sequence"))
    texts = dict(AuditText.objects.filter(event__stream=stream).values_list("event_id", "text"))
    lines = (_line(event, texts.get(event.pk), audience=audience) for event in events)
    return [line for line in lines if line.text]


def _line(event: AuditEvent, text: str | None, *, audience: str) -> Line:
    sentence, words = _known.get(event.action, NEUTRAL), loads(text) if text else {}
    for_family = audience == FAMILY
    shows_why = sentence.family_sees_why if for_family else True
    template = sentence.family if for_family else sentence.officer
    return Line(
        at=event.at,
        on=event.at.astimezone(LONDON).date(),
        sequence=event.sequence,
        action=event.action,
        text=template.format_map(_Words(event, words, for_family=for_family)),
        why=(words.get("why", "") if text else ERASED) if shows_why else "",
        change={} if for_family else words.get("change", {}),
    )


class _Words(dict):
    """What a sentence may name; a name that is not there reads as erased or not recorded, never as an error."""

    def __init__(self, event: AuditEvent, words: dict, *, for_family: bool) -> None:
        super().__init__()
        self.erased = not words
        role, organisation = _role(event.role), words.get("organisation", "")
        who = words.get("by", "") or event.system_name
        for name, value in words.get("change", {}).items():
            old, new = value if isinstance(value, list) and len(value) == 2 else ("", value)
            self |= {name: new, f"{name}_old": old, f"{name}_new": new}
        self.update(
            by=_role_and_organisation(event, role, organisation) if for_family else who or ERASED,
            role=role, organisation=organisation or "the organisation", reference=event.subject_reference, action=event.action,
        )  # fmt: skip

    def __missing__(self, name: str) -> str:
        return ERASED if self.erased else "(not recorded)"


def _role(role: str) -> str:
    return LABELS[Role(role)] if role in set(Role) else role


def _role_and_organisation(event: AuditEvent, role: str, organisation: str) -> str:
    """Everybody but families acts for an organisation; an erased organisation still leaves its identifier in the event."""
    unnamed = "A member of the family" if event.actor_kind == ActorKind.USER and event.organisation is None else "The service"
    return ", ".join(filter(None, [role, organisation])) or unnamed


register(
    {"audit.erase_text": Sentence("{by} erased the words of earlier entries", "The words of earlier entries were erased", True)}
)
