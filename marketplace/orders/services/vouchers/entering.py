"""A buyer enters a voucher's code in the basket, and takes it out again."""

from catalog.markets import market_of
from catalog.queries import offers_for
from marketplace.core.hashes import keyed_hash
from marketplace.core.throttle import Use, require
from marketplace.orders.errors import EmptyBasket
from marketplace.orders.models import Basket
from marketplace.orders.price_offers import at_agreed_price
from marketplace.orders.vouchers import AppliedVoucher, apply_code, normal_code


def enter_voucher(*, basket: Basket, code: str, seen_from: str = "") -> AppliedVoucher:
    """Put a voucher in the basket in the place of any other; it is used when it is paid.

    Tries are counted, whether the code holds or not, so that nobody finds codes by guessing.
    Raises TooSoon, EmptyBasket and each VoucherProblem; the basket then keeps what it had.
    """
    uses = [Use("voucher_visitor", str(basket.pk))]
    if seen_from:
        uses.append(Use("voucher_address", keyed_hash(("seen from", seen_from))))
    require(*uses)
    channel = market_of(basket.market).channel_slug
    quantities = dict(basket.lines.values_list("variant_id", "quantity"))
    offers = at_agreed_price(offers_for(quantities, channel), basket)
    if not offers:
        raise EmptyBasket
    sold = [(quantities[key], offer) for key, offer in offers.items()]
    applied = apply_code(normal_code(code), basket.market, sold)
    basket.voucher_code = applied.voucher.code
    basket.save(update_fields=["voucher_code"])
    return applied


def remove_voucher(*, basket: Basket) -> None:
    """Take the voucher out of the basket; none is no error."""
    Basket.objects.filter(pk=basket.pk).update(voucher_code="")
    basket.voucher_code = ""
