"""The Ed25519 key that signs checkpoints. It never stands in the database: who can rewrite rows must not be able to sign."""

import os

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from send.audit.files import folder, lines


def sign(digest: str) -> tuple[str, str]:
    """The public key and the signature of a digest, both in hexadecimal. Notes the key among the trusted ones."""
    key = _private_key()
    public = key.public_key().public_bytes_raw().hex()
    if public not in lines("public_keys"):
        with (folder() / "public_keys").open("a") as trusted:
            trusted.write(f"{public}\n")
    return public, key.sign(digest.encode()).hex()


def is_signed(digest: str, *, public_key: str, signature: str) -> bool:
    """Whether a key that this service has used signed the digest. The list of keys stands outside the database."""
    if public_key not in {_private_key().public_key().public_bytes_raw().hex(), *lines("public_keys")}:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key)).verify(bytes.fromhex(signature), digest.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def _private_key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(settings.AUDIT_SIGNING_KEY or _kept_key()))


def _kept_key() -> str:
    """A key made on first use, readable by its owner only."""
    path = settings.VAR_DIR / "audit_signing_key"
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as kept:
            kept.write(Ed25519PrivateKey.generate().private_bytes_raw().hex())
    except FileExistsError:
        pass
    return path.read_text().strip()
