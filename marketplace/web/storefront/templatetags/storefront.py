"""``{% load storefront %}``: texts that basket and checkout share."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.template import Context
from django.utils.translation import gettext as _

from marketplace.web.storefront import returns
from marketplace.web.storefront.units import NAMES
from marketplace.web.ui.tags.page import format_of

register = template.Library()
A_KILOGRAM = 1000


@register.simple_tag
def parcel_title(number: int, cooperative: str) -> str:
    """``Parcel 1: Tifawine``."""
    return _("Parcel %(number)s: %(cooperative)s") % {"number": number, "cooperative": cooperative}


@register.simple_tag(takes_context=True)
def parcel_days(context: Context, parcel: Any) -> str:
    """The range of days in which a parcel arrives, or that it cannot be sent."""
    if parcel.from_on is None or parcel.to_on is None:
        return _("Not delivered to this country")
    if getattr(parcel, "pickup", None):
        return _("Ready to collect by %(day)s") % {"day": format_of(context).day(parcel.to_on)}
    return format_of(context).day_range(parcel.from_on, parcel.to_on)


@register.simple_tag(takes_context=True)
def weight(context: Context, grams: int) -> str:
    """A weight rounded down: ``750 g``, ``3,2 kg``."""
    if grams < A_KILOGRAM:
        return f"{format_of(context).number(grams // 50 * 50)}\u00a0{NAMES['g']}"
    tenths = Decimal(grams // 100) / 10
    return f"{format_of(context).number(tenths)}\u00a0{NAMES['kg']}"


@register.simple_tag(takes_context=True)
def tariff_reason(context: Context, parcel: Any) -> str:
    """Why a parcel costs what it does; empty where it is free or no tariff is known."""
    if parcel.waived_minor or not parcel.zone or not parcel.up_to_grams:
        return ""
    text = {
        "local": _("Tariff for a parcel of up to %(weight)s within the cooperative's region"),
        "domestic": _("Tariff for a parcel of up to %(weight)s within the country"),
    }.get(parcel.zone, _("Tariff for a parcel of up to %(weight)s to another country"))
    return text % {"weight": weight(context, parcel.up_to_grams)}


@register.filter
def any_free(parcels: Iterable[Any]) -> bool:
    """Whether a cooperative pays the delivery of one of the parcels, or one is collected."""
    return any(parcel.waived_minor for parcel in parcels) or any_collected(parcels)


@register.filter
def any_collected(parcels: Iterable[Any]) -> bool:
    """Whether the buyer collects one of the parcels."""
    return any(getattr(parcel, "pickup", None) for parcel in parcels)


@register.simple_tag
def crosses_border(parcels: Iterable[Any], country: str) -> bool:
    """Whether one of the parcels leaves its cooperative's country."""
    return any(p.cooperative and p.cooperative.country_code != country for p in parcels)


@register.simple_tag(takes_context=True)
def return_span(context: Context, country: str, on: date | None = None) -> str:
    """The period for returns of a country: ``14 days``."""
    return returns.return_span(country, format_of(context), on)


@register.filter
def at(values: Mapping[Any, Any], key: Any) -> Any:
    """The value of a variable key; empty when it does not exist."""
    return values.get(key, "")
