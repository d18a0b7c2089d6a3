"""Delivery methods as the engine is told them.

The price of each parcel is in a method's public metadata (``twiza.parcels``), which the engine
keeps on the order.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import translation

from marketplace.orders.delivery_names import service_name
from marketplace.orders.delivery_plans import PlannedParcel
from marketplace.orders.engine_metadata import PARCELS_KEY, SERVICE_KEY
from marketplace.orders.engine_money import decimal_text


def delivery_methods(
    plans: Mapping[str, Mapping[UUID, PlannedParcel | None]],
) -> list[dict[str, Any]]:
    """Of parcels by service, the services that take all of them."""
    found = []
    for service, by_cooperative in plans.items():
        parcels = [plan for plan in by_cooperative.values() if plan is not None]
        if parcels and len(parcels) == len(by_cooperative):
            found.append(_method(service, parcels))
    return found


def _method(service: str, parcels: Sequence[PlannedParcel]) -> dict[str, Any]:
    total = sum(parcel.amount_minor for parcel in parcels)
    currency = parcels[0].currency
    with translation.override(settings.BASE_LANGUAGE):
        name = str(service_name(service))
    return {
        "id": service,
        "name": name,
        "amount": decimal_text(total, currency),
        "currency": currency,
        "minimum_delivery_days": min(parcel.days_min for parcel in parcels),
        "maximum_delivery_days": max(parcel.days_max for parcel in parcels),
        "metadata": {SERVICE_KEY: service, PARCELS_KEY: json.dumps([_kept(p) for p in parcels])},
    }


def _kept(parcel: PlannedParcel) -> dict[str, Any]:
    """What of a parcel goes with the method."""
    return {
        "cooperative": str(parcel.cooperative_id),
        "amount_minor": parcel.amount_minor,
        "days_min": parcel.days_min,
        "days_max": parcel.days_max,
        "zone": parcel.zone,
        "up_to_grams": parcel.up_to_grams,
        **({"waived_minor": parcel.waived_minor} if parcel.waived_minor else {}),
        **({"pickup": parcel.pickup_id} if parcel.pickup_id else {}),
    }
