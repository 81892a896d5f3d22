"""People who sign in, and what they may do for which organisation, with dates."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.crypto import salted_hmac

from send.accounts.roles import LABELS, Role
from send.models import Published
from send.organisations.models import Organisation

ROLE_CHOICES = [(role.value, label) for role, label in LABELS.items()]


class UserManager(BaseUserManager):
    """Makes people by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields):
        """A person who can sign in once the address is verified; no password means an outside identity only."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(Published, AbstractBaseUser):
    """A person who signs in. What they may do hangs on memberships, links to children, grants and invitations."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    left_on = models.DateField(null=True, blank=True)
    session_epoch = models.PositiveIntegerField(default=0, help_text="part of every session's check value: one more ends them all")

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    # There is no admin site over cases and no all-powerful account: these answer the frameworks that ask.
    is_staff = False
    is_superuser = False

    def has_perm(self, perm, obj=None) -> bool:
        """Always False: permissions are asked of `send.access`, the one door."""
        return False

    def has_module_perms(self, app_label) -> bool:
        """Always False: permissions are asked of `send.access`, the one door."""
        return False

    def _get_session_auth_hash(self, secret=None) -> str:
        return salted_hmac(
            "send.accounts.session", f"{self.password}:{self.session_epoch}", secret=secret, algorithm="sha256"
        ).hexdigest()

    def __str__(self) -> str:
        return self.name or self.email


class Membership(Published):
    """A person, in a role, for an organisation, from a day to a day (both inclusive)."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=30, choices=ROLE_CHOICES)
    team = models.CharField(max_length=60, blank=True, help_text="a manager without a team manages all of them")
    job_title = models.CharField(max_length=100, blank=True)
    is_administrator = models.BooleanField(default=False, help_text="may manage the organisation's own people")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    granted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(
        null=True, blank=True, help_text="ended by a person at this moment, before its last day was over"
    )

    class Meta:
        indexes = [models.Index(fields=["organisation", "role"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="membership_ends_after_it_starts"
            ),
            models.UniqueConstraint(
                fields=["user", "organisation", "role"], condition=Q(ends_on__isnull=True), name="one_open_membership_a_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {LABELS[Role(self.role)]}, {self.organisation}"


class MembershipProposal(Published):
    """A membership that one person proposed and another must approve before it exists."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="membership_proposals")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="membership_proposals")
    role = models.CharField(max_length=30, choices=ROLE_CHOICES)
    job_title = models.CharField(max_length=100, blank=True)
    is_administrator = models.BooleanField(default=False)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    is_approved = models.BooleanField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True, decided_at__isnull=True, is_approved__isnull=True)
                | Q(decided_by__isnull=False, decided_at__isnull=False, is_approved__isnull=False)
                & ~Q(decided_by=F("proposed_by"))
                & ~Q(decided_by=F("user")),
                name="membership_approved_by_a_second_person",
            ),
            models.UniqueConstraint(
                fields=["user", "organisation", "role"], condition=Q(decided_at__isnull=True), name="one_open_proposal_a_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {LABELS[Role(self.role)]}, {self.organisation}"


class Invitation(Published):
    """An invitation sent to one e-mail address: used once, by that address only, before it runs out.

    The token itself is kept nowhere; `token_hash` is its SHA-256. `about_uuid` is for the app that owns the purpose.
    """

    token_hash = models.CharField(max_length=64, unique=True)
    email = models.EmailField()
    name = models.CharField(max_length=200, blank=True)
    purpose = models.CharField(max_length=30)
    about_uuid = models.UUIDField(null=True, blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="invitations")
    role = models.CharField(max_length=30, choices=ROLE_CHOICES, blank=True)
    job_title = models.CharField(max_length=100, blank=True)
    is_administrator = models.BooleanField(default=False)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    used_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "invited_at"], name="invitation_by_organisation")]
        constraints = [
            models.CheckConstraint(
                condition=Q(used_at__isnull=True, used_by__isnull=True) | Q(used_at__isnull=False, used_by__isnull=False),
                name="an_invitation_is_used_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(purpose="membership") | Q(organisation__isnull=False) & ~Q(role=""), name="a_membership_has_a_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} for {self.email}"

    @property
    def audit_stream(self) -> str:
        """The organisation's stream, or the system's for an invitation by a family."""
        return self.organisation.audit_stream if self.organisation else "system"

    @property
    def audit_reference(self) -> str:
        """How the trail names it: never by the address it went to."""
        return f"invitation:{self.uuid}"

    def is_open(self, at) -> bool:
        """Whether it can still be used at this moment."""
        return self.used_at is None and self.withdrawn_at is None and at < self.expires_at


class Cover(Published):
    """One officer does another's work from a day to a day (both inclusive), as a manager recorded."""

    covered = models.ForeignKey(User, on_delete=models.PROTECT, related_name="covered_by")
    covering = models.ForeignKey(User, on_delete=models.PROTECT, related_name="covers")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="covers")
    starts_on = models.DateField()
    ends_on = models.DateField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["covering", "ends_on"], name="cover_by_person")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="cover_ends_after_it_starts"),
            models.CheckConstraint(condition=~Q(covered=F("covering")), name="nobody_covers_themselves"),
        ]

    def __str__(self) -> str:
        return f"{self.covering} for {self.covered}"


class UsedCode(models.Model):
    """A time-based code that was used: the database lets each in once, however many servers there are."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    code_hash = models.CharField(max_length=64)
    period = models.BigIntegerField(help_text="which half-minute since 1970")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "code_hash", "period"], name="a_code_works_once")]
