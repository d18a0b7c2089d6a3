"""How far the demo's world has come: the stages of its size, and what they are called.

Apart from ``loader``, so that the page of a demo's progress loads nothing of what makes one.
"""

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_noop

from marketplace.demo.models import OPENING, DemoProgress

# In the order in which ``loader.STAGES`` makes them.
LABELS = {
    "engine": gettext_noop("The shop's engine"),
    "people": gettext_noop("Programmes and accounts"),
    "first-cooperatives": gettext_noop("The first cooperatives"),
    "first-listings": gettext_noop("Their products"),
    "early-cooperatives": gettext_noop("More cooperatives"),
    "early-listings": gettext_noop("More products"),
    "first-orders": gettext_noop("Some past orders"),
    "first-checkouts": gettext_noop("Today's first orders"),
    "questions": gettext_noop("Questions of buyers"),
    "offers": gettext_noop("Vouchers and free delivery"),
    "reviews": gettext_noop("Reviews of buyers"),
    "cooperatives": gettext_noop("All cooperatives"),
    "listings": gettext_noop("All products"),
    "past-orders": gettext_noop("Twelve months of orders"),
    "moderation": gettext_noop("Proposals awaiting review"),
    "cash": gettext_noop("Cash handed over by carriers"),
    "payouts": gettext_noop("Payouts of the past months"),
    "invoices": gettext_noop("Commission invoices of the past months"),
    "checkouts": gettext_noop("Recent orders"),
    "admissions": gettext_noop("Cooperatives on their way in"),
}
# Stages by TWIZA_DEMO_SIZE: small has all listings, early the first orders, open what opens it.
_NAMES = list(LABELS)
SIZES = {
    "full": len(_NAMES),
    "small": 1 + _NAMES.index("listings"),
    "early": 1 + _NAMES.index("questions"),
    "open": OPENING,
}


def progress() -> QuerySet[DemoProgress]:
    """The progress of the stages that belong to a world of this size."""
    wanted = SIZES.get(settings.DEMO_SIZE, len(_NAMES))
    return DemoProgress.objects.filter(position__lt=wanted).order_by("position")
