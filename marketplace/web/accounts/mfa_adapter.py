"""The second factor's secrets at rest, and the name under which a phone keeps them."""

from urllib.parse import urlsplit

from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings

from marketplace.core import encryption

ENCRYPTED = "fernet:"


class MFAAdapter(DefaultMFAAdapter):
    """Encrypts secrets; names the shop by its public address, whatever host a request named."""

    def encrypt(self, text: str) -> str:
        return ENCRYPTED + encryption.encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        if not encrypted_text.startswith(ENCRYPTED):
            return encrypted_text  # of an earlier version
        token = encrypted_text.removeprefix(ENCRYPTED)
        return encryption.decrypt(token.encode()).decode()

    def get_totp_issuer(self) -> str:
        host = urlsplit(settings.PUBLIC_URL).hostname
        return f"Twiza ({host})"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": str(urlsplit(settings.PUBLIC_URL).hostname), "name": "Twiza"}
