"""Which Saleor the shop can run on, asked before anything that an older one would not understand.

What each version lacks is listed in ``docs/developer/saleor-versions.md``.
"""

from marketplace.saleor.client import SaleorClient
from marketplace.saleor.errors import EngineTooOld

OLDEST = (3, 23)


def require_supported(client: SaleorClient) -> str:
    """The engine's version; raises EngineTooOld below the oldest that the checkout works on.

    One that does not say a version in numbers (a build from source) is taken as it is.
    """
    version = client.engine_version().shop.version
    major, minor = ([*version.split("."), ""])[:2]
    if major.isdecimal() and minor.isdecimal() and (int(major), int(minor)) < OLDEST:
        raise EngineTooOld(version, ".".join(str(part) for part in OLDEST))
    return version
