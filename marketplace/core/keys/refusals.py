"""Keys with which `twiza serve` and `twiza worker` refuse to start, each by its name."""

from django.conf import settings

from marketplace.core.encryption import derived_key
from marketplace.core.keys.counting import find_unreadable
from marketplace.core.production import refuse_in_production


def register_checks() -> None:
    """Register what is refused of the secret key and the encryption keys."""
    refuse_in_production(
        "default-secret",
        "TWIZA_SECRET_KEY is not set: anyone could forge sessions and links. Set it to a long "
        "random text, for example from `openssl rand -hex 32`, for all processes.",
        lambda: settings.SECRET_KEY == settings.KNOWN_SECRET,
    )
    refuse_in_production(
        "no-encryption-keys",
        "TWIZA_ENCRYPTION_KEYS is not set: bank accounts and addresses could not be stored. Make a "
        "key with `twiza keys new`; an installation that ran without it so far takes the one of "
        "`twiza keys derived`.",
        lambda: not settings.ENCRYPTION_KEYS,
    )
    refuse_in_production(
        "default-encryption-keys",
        "TWIZA_ENCRYPTION_KEYS holds a key that everybody knows, derived from the secret of the "
        "source code. Put a key of `twiza keys new` before it and run `twiza keys rotate`.",
        lambda: derived_key(settings.KNOWN_SECRET) in settings.ENCRYPTION_KEYS,
    )
    refuse_in_production(
        "unreadable-data",
        "TWIZA_ENCRYPTION_KEYS does not fit what the database holds. Add the key with which it was "
        "encrypted; `twiza keys list` counts what cannot be read, and where.",
        lambda: bool(settings.ENCRYPTION_KEYS and find_unreadable()),
    )
