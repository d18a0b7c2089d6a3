"""What a phone takes along: the products with their prices and stock, and the open drafts."""

from typing import Any

from django.utils.translation import get_language

from catalog.markets import home_market
from catalog.queries import workbench
from marketplace.core.amounts import typed_amount
from marketplace.core.formats import Format
from marketplace.core.money import Money
from marketplace.direct_sales.queries import every_product, waiting_pieces
from marketplace.direct_sales.queries.products import Product
from marketplace.offline.services.drafts import is_open_draft, shown
from vendors.permissions import MemberPermission
from vendors.policy import MemberAccess

MOST_PRODUCTS = 300
MOST_DRAFTS = 25


def snapshot_for(access: MemberAccess) -> dict[str, Any]:
    """As JSON, without what the role may not see. ``on_hand`` is without sales that wait."""
    may_sell = access.allows(MemberPermission.SALE_RECORD)
    may_count = access.allows(MemberPermission.STOCK_EDIT)
    return {
        "products": _products(access) if may_sell or may_count else [],
        "drafts": _drafts(access) if access.allows(MemberPermission.LISTING_EDIT) else [],
    }


def _products(access: MemberAccess) -> list[dict[str, Any]]:
    waiting = waiting_pieces(access.scope)
    found = every_product(access.cooperative, most=MOST_PRODUCTS)
    language = get_language() or "ar"
    written = Format(language, home_market(access.cooperative.country_code).code)
    return [_product(one, waiting.get(one.variant_id, 0), written) for one in found]


def _product(one: Product, waiting: int, written: Format) -> dict[str, Any]:
    name, price = one.page.name(written.language), one.price_minor
    shown, typed = "", ""
    if price is not None:
        shown = written.money(price, one.currency, trim=True)
        typed = typed_amount(Money(price, one.currency), written.language)
    return {
        "variant": str(one.variant_id),
        "name": f"{name} · {one.variant_name}" if one.variant_name else name,
        "price_minor": price,
        # In words, and as a person would type it: the phone knows no formats.
        "price": shown,
        "price_typed": typed,
        "on_hand": max(one.on_hand - waiting, 0),
    }


def _drafts(access: MemberAccess) -> list[dict[str, Any]]:
    entries = workbench.never_shown(access.scope, most=MOST_DRAFTS)
    language = get_language() or "ar"
    return [shown(access.cooperative, one, language) for one in entries if is_open_draft(one)]
