"""What allauth's forms lack: a name at sign-up, and codes that the database lets in once."""

import time

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator

from send.accounts.codes import claim_code


class OnceOnly:
    """A time-based code that was used before is as wrong as any other."""

    def clean_code(self) -> str:
        """The code, if it is right and new."""
        code = super().clean_code()
        if self.authenticator.type == Authenticator.Type.TOTP and not claim_code(self.user, code, seconds=time.time()):
            self._emit_authentication_failed(self.authenticator)
            raise get_adapter().validation_error("incorrect_code")
        return code


class CodeForm(OnceOnly, AuthenticateForm):
    """The second step of signing in."""


class CodeAgainForm(OnceOnly, ReauthenticateForm):
    """Proving again that it is you."""
