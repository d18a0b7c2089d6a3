"""Supported versions of Saleor, checked before any request that an older one would reject.

What each version lacks, and how we handle it: ``docs/developer/saleor-versions.md``.
"""

from marketplace.saleor import instances
from marketplace.saleor.client import SaleorClient
from marketplace.saleor.errors import EngineTooOld

Version = tuple[int, int]

OLDEST: Version = (3, 22)
# The first with a mutation of its own for a checkout's delivery options.
DELIVERY_OPTIONS: Version = (3, 23)
# The first that needs no shipping zone for stock, only a channel and its warehouse.
STOCK_WITHOUT_ZONES: Version = (3, 23)


def require_supported(client: SaleorClient) -> str:
    """The engine's version, recorded; raises EngineTooOld below the oldest supported one.

    A version that is not numeric (a build from source) is accepted.
    """
    version = client.engine_version().shop.version
    known = _numbers(version)
    if known and known < OLDEST:
        raise EngineTooOld(version, _text(OLDEST))
    instance = instances.current()
    if instance.version != version:
        instance.version = version
        instance.save(update_fields=["version"])
    return version


def is_at_least(wanted: Version) -> bool:
    """Whether the engine has that version or a newer one; true when it is unknown."""
    known = _numbers(instances.current().version)
    return known is None or known >= wanted


def _numbers(version: str) -> Version | None:
    major, minor = ([*version.split("."), ""])[:2]
    return (int(major), int(minor)) if major.isdecimal() and minor.isdecimal() else None


def _text(version: Version) -> str:
    return ".".join(str(part) for part in version)
