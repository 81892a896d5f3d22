"""A ticket lets one person add files to one place: the page that shows the field signs where they go, so that no sender chooses."""

from dataclasses import asdict, dataclass

from django.core import signing

from send.accounts.models import User
from send.organisations.models import LocalAuthority

SALT = "send.documents.ticket"
LIVES_SECONDS = 12 * 60 * 60  # as long as a session can be


@dataclass(frozen=True)
class Ticket:
    """Where the files of one field go."""

    authority_id: int
    kind: str
    stream: str
    collection: str


def issue(*, to: User, authority: LocalAuthority, kind: str = "evidence", stream: str = "", collection: str = "") -> str:
    """A ticket for `to`, to be put into `documents/_upload_field.html`."""
    place = asdict(Ticket(authority.pk, kind, stream, collection))
    return signing.dumps(place | {"user": str(to.uuid)}, salt=SALT, compress=True)


def read(ticket: str, *, by: User) -> Ticket | None:
    """What the ticket says, or None when it is not ours, not theirs or too old."""
    try:
        place = signing.loads(ticket, salt=SALT, max_age=LIVES_SECONDS)
    except signing.BadSignature:
        return None
    return Ticket(**place) if place.pop("user") == str(by.uuid) else None
