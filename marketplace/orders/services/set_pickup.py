"""A cooperative says whether, where and when buyers may collect at its place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.errors import Invalid
from marketplace.orders.models import PickupOffer
from marketplace.orders.pickup import newest_offer
from vendors.models import Cooperative

MOST_READY_DAYS, MOST_KEEP_DAYS, LEAST_KEEP_DAYS = 60, 60, 2
LONGEST_HOURS = 200


class PickupIncomplete(Invalid):
    """Buyers would not know where or when to come."""

    code = "pickup_incomplete"
    message = _("Say where and when buyers can collect, and for how long you keep an order.")


@dataclass(frozen=True)
class PickupTerms:
    """What a cooperative says; ``hours`` are words by language."""

    is_offered: bool
    address_line: str = ""
    place_name: str = ""
    hours: Mapping[str, str] = field(default_factory=dict)
    ready_days: int = 1
    keep_days: int = 7


def set_pickup(*, cooperative: Cooperative, terms: PickupTerms, by: Actor) -> PickupOffer:
    """Set what holds for checkouts from now on; those that have begun keep what they were shown.

    Nothing is written where nothing changes. Raises PickupIncomplete for an offer without a place,
    hours or a sensible time.
    """
    wanted = facts_of(terms)
    if terms.is_offered and not _is_complete(wanted):
        raise PickupIncomplete
    with transaction.atomic():
        locked = Cooperative.objects.within(cooperative.scope).select_for_update().get()
        known = newest_offer(locked.scope)
        if known is not None and all(getattr(known, name) == wanted[name] for name in wanted):
            return known
        made: PickupOffer = PickupOffer.objects.create(cooperative=locked, set_by=by.name, **wanted)
        audit.record("pickup.set", locked, by=by, is_offered=terms.is_offered)
    return made


def facts_of(terms: PickupTerms) -> dict[str, Any]:
    """The fields of an offer with these terms, as they are kept."""
    said = {code: terms.hours.get(code, "").strip() for code, _name in settings.LANGUAGES}
    return {
        "is_offered": terms.is_offered,
        "address_line": terms.address_line.strip(),
        "place_name": terms.place_name.strip(),
        "hours": {code: text[:LONGEST_HOURS] for code, text in said.items() if text},
        "ready_days": terms.ready_days,
        "keep_days": terms.keep_days,
    }


def _is_complete(wanted: Mapping[str, object]) -> bool:
    said = wanted["address_line"] and wanted["place_name"] and wanted["hours"]
    ready, keep = wanted["ready_days"], wanted["keep_days"]
    return bool(
        said and ready in range(MOST_READY_DAYS + 1)
        and keep in range(LEAST_KEEP_DAYS, MOST_KEEP_DAYS + 1)
    )  # fmt: skip
