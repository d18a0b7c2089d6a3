"""Which Saleor the shop can run on, asked before anything that an older one would not understand.

What each version lacks, and what is done about it: ``docs/developer/saleor-versions.md``.
"""

from marketplace.saleor import instances
from marketplace.saleor.client import SaleorClient
from marketplace.saleor.errors import EngineTooOld

Version = tuple[int, int]

OLDEST: Version = (3, 22)
# The first in which a checkout's deliveries are asked for by a mutation of their own.
DELIVERY_OPTIONS: Version = (3, 23)
# The first in which a channel and its warehouse suffice for stock, without a shipping zone.
STOCK_WITHOUT_ZONES: Version = (3, 23)


def require_supported(client: SaleorClient) -> str:
    """The engine's version, remembered; raises EngineTooOld below the oldest that is supported.

    One that does not say a version in numbers (a build from source) is taken as it is.
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
    """Whether the engine is of that version or newer, by what it told; if it did not, it is."""
    known = _numbers(instances.current().version)
    return known is None or known >= wanted


def _numbers(version: str) -> Version | None:
    major, minor = ([*version.split("."), ""])[:2]
    return (int(major), int(minor)) if major.isdecimal() and minor.isdecimal() else None


def _text(version: Version) -> str:
    return ".".join(str(part) for part in version)
