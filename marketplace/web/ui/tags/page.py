"""The page of a tag: its request, language, market and direction."""

from datetime import tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.template import Context
from django.utils import timezone
from django.utils.translation import get_language

from marketplace.core.formats import Format

DEFAULT_MARKET = "ma"


def request_of(context: Context) -> HttpRequest | None:
    """The current request, also inside components; None in mails and error pages."""
    request = getattr(context, "request", None) or context.get("request")
    return request if isinstance(request, HttpRequest) else None


def market_of(context: Context) -> str:
    """The country code of the market: of the context, of the request, or Morocco's."""
    market: Any = context.get("market") or getattr(request_of(context), "market", None)
    code = getattr(market, "code", market)
    return str(code).lower() if code else DEFAULT_MARKET


def zone_of(context: Context) -> tzinfo:
    """The time zone of the page: of the context, or the one in force for the request."""
    zone = context.get("time_zone")
    return ZoneInfo(zone) if isinstance(zone, str) else zone or timezone.get_current_timezone()


def format_of(context: Context) -> Format:
    """The formats of numbers, money and dates of this page."""
    return Format(language=(get_language() or "en")[:2], market=market_of(context))
