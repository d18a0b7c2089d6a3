"""Whether search engines may list what this service shows."""

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _

from marketplace.core.checkup import Finding, good

# For whoever follows no rules of ``robots.txt``, and for what is no page.
NOT_LISTED = "noindex, nofollow"
_TEST_KEYS = ("sk_test_", "rk_test_")


def may_be_indexed() -> bool:
    """Whether search engines may list the shop's pages.

    A demo is never listed. Elsewhere ``TWIZA_SEARCH_ENGINES`` decides; without it a shop is listed
    when it is reached over https and takes real money.
    """
    if settings.DEMO or settings.DEBUG:
        return False
    if settings.SEARCH_ENGINES is not None:
        return bool(settings.SEARCH_ENGINES)
    return settings.PUBLIC_URL.startswith("https://") and not _payments_are_tests()


def search_engines() -> Iterator[Finding]:
    """For the doctor: who is let in, and by what that was decided."""
    if may_be_indexed():
        message = _("Search engines may list the shop.")
    elif settings.DEMO or settings.DEBUG:
        message = _("Search engines are kept out of a demo.")
    elif settings.SEARCH_ENGINES is not None:
        message = _("Search engines are kept out by TWIZA_SEARCH_ENGINES.")
    else:
        message = _(
            "Search engines are kept out while the public address is not https or payments are "
            "tests; TWIZA_SEARCH_ENGINES decides otherwise."
        )
    yield good("search_engines", message)


def _payments_are_tests() -> bool:
    return bool(settings.TEST_PAYMENTS) or settings.STRIPE_SECRET_KEY.startswith(_TEST_KEYS)
