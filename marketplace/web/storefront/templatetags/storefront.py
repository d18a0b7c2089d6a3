"""``{% load storefront %}``: words that the basket and the checkout share."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import template
from django.template import Context
from django.utils.translation import gettext as _

from marketplace.web.storefront import returns
from marketplace.web.ui.tags.page import format_of

register = template.Library()


@register.simple_tag
def parcel_title(number: int, cooperative: str) -> str:
    """``Parcel 1: Tifawine``."""
    return _("Parcel %(number)s: %(cooperative)s") % {"number": number, "cooperative": cooperative}


@register.simple_tag(takes_context=True)
def parcel_days(context: Context, parcel: Any) -> str:
    """Between which days a parcel comes, or that it cannot be sent."""
    if parcel.from_on is None or parcel.to_on is None:
        return _("Not delivered to this country")
    return format_of(context).day_range(parcel.from_on, parcel.to_on)


@register.simple_tag
def crosses_border(parcels: Iterable[Any], country: str) -> bool:
    """Whether one of the parcels leaves its cooperative's country."""
    return any(p.cooperative and p.cooperative.country_code != country for p in parcels)


@register.simple_tag(takes_context=True)
def return_span(context: Context, country: str, on: date | None = None) -> str:
    """How long goods may be sent back by a buyer of a country: ``14 days``."""
    return returns.return_span(country, format_of(context), on)


@register.filter
def at(values: Mapping[Any, Any], key: Any) -> Any:
    """The value of a key that only the loop knows; nothing when it is not there."""
    return values.get(key, "")
