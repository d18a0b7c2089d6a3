"""How the buyers of a market can pay, in words: only what its checkout offers."""

from babel.lists import format_list
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from catalog.markets import Market
from marketplace.orders.queries import BasketView
from marketplace.payments.models import Method
from marketplace.payments.offered_providers import offers_cash, shown_providers
from marketplace.web.storefront.shell import Shop


def methods_of(market: Market) -> list[str]:
    """The payment methods that a market offers (``card``, ``cod``, ``bank``), as they are shown."""
    return list(dict.fromkeys(str(provider.method) for provider in shown_providers(market)))


def how_to_pay(shop: Shop, *, abroad: bool) -> str:
    """``By card or in cash on delivery.``; without cash for what comes from ``abroad``."""
    names = {
        str(Method.CARD): _("by card"),
        str(Method.CASH_ON_DELIVERY): _("in cash on delivery"),
        str(Method.BANK): _("by bank transfer"),
    }
    if abroad:
        del names[str(Method.CASH_ON_DELIVERY)]
    found = [names[method] for method in methods_of(shop.market) if method in names]
    if not found:
        return ""
    return f"{capfirst(format_list(found, style='or', locale=shop.format.locale))}."


def cash_is_offered(shop: Shop, basket: BasketView) -> bool:
    """Whether a basket may be paid on delivery: where it goes, from whom, and up to the limit."""
    slugs = [parcel.cooperative.slug for parcel in basket.parcels if parcel.cooperative]
    return basket.cash_possible and offers_cash(
        shop.market, cooperative_slugs=slugs, total_minor=basket.total_minor
    )
