"""Where allauth asks this service how to behave."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter

from send import clock
from send.accounts import encryption, invitations
from send.accounts.fresh import is_fresh
from send.accounts.providers import invites_itself


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in by e-mail address."""

    def is_reauthentication_required(self, *, app: str, **kwargs) -> bool:
        """Changing how one signs in needs a fresh sign-in; the one just made counts."""
        return not is_fresh(self.request)


class MFAAdapter(DefaultMFAAdapter):
    """Second factors, with their secrets encrypted where they are kept."""

    def encrypt(self, text: str) -> str:
        """The secret as the database keeps it."""
        return encryption.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret as the authenticator app knows it."""
        return encryption.decrypt(encrypted_text)


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Sign-in through One Login, DfE Sign-in or an authority. Identity is issuer and subject, never the e-mail address."""

    def is_open_for_signup(self, request, sociallogin) -> bool:
        """Families may come by themselves; through an organisation's own sign-in a new person needs an invitation."""
        if invites_itself(sociallogin.provider.app.provider_id):
            return True
        return invitations.is_waiting(request, at=clock.now())

    def populate_user(self, request, sociallogin, data):
        """Take the name that the provider gives, so that nobody types it twice."""
        user = super().populate_user(request, sociallogin, data)
        parts = filter(None, [data.get("first_name"), data.get("last_name")])
        user.name = (data.get("name") or " ".join(parts))[:200]
        return user


def attempted_username(request, credentials=None):
    """The address somebody tried to sign in with, for the lock-out (allauth hides it from axes)."""
    return ((credentials or {}).get("email") or request.POST.get("login", "")).strip().lower()[:254]
