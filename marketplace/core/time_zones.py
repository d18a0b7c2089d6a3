"""One zone database for all days and hours: the package ``tzdata``, at the version we depend on.

The machine's own and PostgreSQL's are of other versions. Countries change their clocks at a few
weeks' notice, so two versions put the same moment on different days. Nothing here asks PostgreSQL
for the day of a moment: bounds are computed (``days``), and moments compared.
"""

import zoneinfo

import tzdata

VERSION: str = tzdata.IANA_VERSION


def use_package() -> None:
    """Read zones from the package only; called once, when the settings are read."""
    zoneinfo.reset_tzpath(to=())
    zoneinfo.ZoneInfo.clear_cache()
