"""Which markets are open, and the engine's channel of each."""

import re

from django.core.exceptions import ImproperlyConfigured

_ENTRY = re.compile(r"(?P<market>[a-z]{2})(?::(?P<channel>[A-Za-z0-9_-]+))?")


def channel_names(text: str) -> dict[str, str]:
    """Parse ``TWIZA_CHANNELS``, such as ``ma:default-channel,eu``: market → slug of its channel.

    An empty slug means the market's own channel, which the set-up creates; an empty text opens all
    markets with channels of their own. Raises ImproperlyConfigured for anything else, and when two
    markets would share a channel.
    """
    found: dict[str, str] = {}
    for entry in filter(None, (part.strip() for part in text.split(","))):
        match = _ENTRY.fullmatch(entry)
        if match is None or match["market"] in found:
            raise ImproperlyConfigured(
                f"TWIZA_CHANNELS: {entry!r} is not understood. "
                "Name each market once: ma:default-channel,eu"
            )
        found[match["market"]] = match["channel"] or ""
    named = [slug for slug in found.values() if slug]
    if len(set(named)) < len(named):
        raise ImproperlyConfigured("TWIZA_CHANNELS: two markets cannot share a channel.")
    return found


def require_known(named: dict[str, str], known: tuple[str, ...]) -> None:
    """Raise ImproperlyConfigured for a market that does not exist."""
    if unknown := sorted(set(named) - set(known)):
        raise ImproperlyConfigured(
            f"TWIZA_CHANNELS: there is no market {', '.join(unknown)}. "
            f"There are {', '.join(known)}."
        )
