"""What families bring: the child's own views, evidence, messages, and the helpers whom they invite."""

from django.db import models
from django.db.models import Q

from ehcp.models.cases import Case
from ehcp.models.requests import Request
from send.accounts.models import User
from send.documents.models import Document
from send.models import Published


class Evidence(Published):
    """A file given to a request or a case, by whom and what it shows."""

    request = models.ForeignKey(Request, on_delete=models.PROTECT, null=True, blank=True, related_name="evidence")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="evidence")
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="evidence")
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    what_it_shows = models.CharField(max_length=300, blank=True)
    is_shared_with_family = models.BooleanField(default=True)
    has_protected_details = models.BooleanField(default=False, help_text="shows where a protected person is: not passed on")
    removed_at = models.DateTimeField(null=True, blank=True, help_text="taken back by the giver before sending")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(request__isnull=False) | Q(case__isnull=False), name="evidence_belongs_somewhere")
        ]


class OwnViews(Published):
    """The child's or young person's own views (reg 6, section A): in their words, picture, voice or film, and who helped."""

    class How(models.TextChoices):
        TYPED = "typed", "Written"
        PICTURE = "picture", "A picture"
        VOICE = "voice", "A recording of their voice"
        VIDEO = "video", "A video"
        OBSERVED = "observed", "Seen by somebody who knows them well"

    request = models.ForeignKey(Request, on_delete=models.PROTECT, null=True, blank=True, related_name="own_views")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="own_views")
    how = models.CharField(max_length=10, choices=How)
    words = models.TextField(blank=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    helped_by = models.CharField(max_length=200, blank=True, help_text="who helped, and how")
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()


class FamilyMessage(Published):
    """One message in the case's one thread between the family and its named officer."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="messages")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    from_family = models.BooleanField()
    text = models.TextField()
    sent_at = models.DateTimeField()
    first_read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["case", "id"])]


class Helper(Published):
    """Somebody the family invited to help (SENDIASS, advocate, relative), with the rights that the family chose.

    Never more than the person who invited can see; withdrawn at once.
    """

    class Kind(models.TextChoices):
        SENDIASS = "sendiass", "SENDIASS adviser"
        ADVOCATE = "advocate", "Advocate"
        RELATIVE = "relative", "Relative or friend"

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="helpers")
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="helps")
    email = models.EmailField()
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind)
    may_add = models.BooleanField(default=False, help_text="may add evidence and comments")
    may_message = models.BooleanField(default=False, help_text="may write in the thread")
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
