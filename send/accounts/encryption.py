"""The secrets of authenticators, encrypted with a key made from the service's own."""

import base64
import hashlib

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def encrypt(text: str) -> str:
    """The text, unreadable without SECRET_KEY."""
    return _keys().encrypt(text.encode()).decode()


def decrypt(text: str) -> str:
    """The text again, also when it was encrypted with a key that SECRET_KEY_FALLBACKS still names."""
    return _keys().decrypt(text.encode()).decode()


def _keys() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        [Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"authenticator:" + key.encode()).digest())) for key in secrets]
    )
