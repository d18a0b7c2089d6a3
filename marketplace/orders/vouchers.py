"""What a voucher takes off, for whom and of which goods. Reads only our own rows."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from django.utils import timezone

from catalog.queries import Offer
from marketplace.core.formats import western_digits
from marketplace.core.money import Money
from marketplace.orders.models import Voucher, VoucherKind, VoucherMarket, VoucherState
from marketplace.orders.voucher_errors import (
    VoucherBelowMinimum,
    VoucherEnded,
    VoucherNotForThese,
    VoucherNotHere,
    VoucherNotYet,
    VoucherUnknown,
)
from vendors.models import Cooperative
from vendors.scoping import Crossing

PER_CENT = 100
LONGEST_CODE = 24


@dataclass(frozen=True)
class AppliedVoucher:
    """A voucher on goods: what it takes off each variant, minor units of the market's currency."""

    voucher: Voucher
    off: dict[UUID, int]

    @property
    def discount_minor(self) -> int:
        """What it takes off in all."""
        return sum(self.off.values())


def normal_code(text: str) -> str:
    """A code as it is kept, however it was typed: capitals, Latin digits, no spaces or marks."""
    written = unicodedata.normalize("NFKC", western_digits(text)).upper()
    return "".join(sign for sign in written if sign.isalnum() or sign in "-_")[:LONGEST_CODE]


def bearers_of(codes: Iterable[str]) -> dict[str, str]:
    """Who bears the vouchers of ours among these codes, by code."""
    found = [code for code in codes if code]
    if not found:
        return {}
    return dict(Voucher.objects.filter(code__in=found).values_list("code", "bearer"))


def apply_code(code: str, market: str, sold: Sequence[tuple[int, Offer]]) -> AppliedVoucher:
    """The voucher of a code on goods (quantity and offer), or why it takes nothing off.

    Raises VoucherUnknown, VoucherNotYet, VoucherEnded, VoucherNotHere, VoucherNotForThese and
    VoucherBelowMinimum. How often it was used is only known when it is paid.
    """
    voucher = find_voucher(code)
    require_open(voucher)
    terms = voucher.markets.filter(market=market).first()
    if terms is None:
        raise VoucherNotHere
    concerned = [(n, offer) for n, offer in sold if offer.variant_id in _eligible(voucher, sold)]
    concerned = [pair for pair in concerned if is_more_than(terms, pair[1].amount_minor)]
    if not concerned:
        raise VoucherNotForThese
    goods = sum(n * offer.amount_minor for n, offer in concerned)
    if goods < terms.least_minor:
        raise VoucherBelowMinimum(least=Money(terms.least_minor, terms.currency))
    off = {
        offer.variant_id: takes_off(voucher, terms, unit_minor=offer.amount_minor, quantity=n)
        for n, offer in concerned
    }
    return AppliedVoucher(voucher, off)


def find_voucher(code: str) -> Voucher:
    """The voucher of a code; one that waits for a second person is none yet.

    Raises VoucherUnknown.
    """
    found = Voucher.objects.filter(code=normal_code(code)).first() if code else None
    if found is None or found.state == VoucherState.PROPOSED:
        raise VoucherUnknown
    return found


def require_open(voucher: Voucher) -> None:
    """Raise VoucherNotYet or VoucherEnded for a voucher outside its period, or stopped."""
    now = timezone.now()
    if voucher.is_over:
        raise VoucherEnded
    if voucher.starts_at > now:
        raise VoucherNotYet(starts_at=voucher.starts_at)


def takes_off(voucher: Voucher, terms: VoucherMarket, *, unit_minor: int, quantity: int) -> int:
    """What a voucher takes off a line, as the engine reckons it.

    A percentage is of the whole line, rounded half up; an amount is off each piece, and never more
    than it costs.
    """
    if voucher.kind == VoucherKind.AMOUNT:
        return min(terms.amount_minor or 0, unit_minor) * quantity
    exact = Fraction(unit_minor * quantity * (voucher.percent or 0), PER_CENT)
    return int(exact + Fraction(1, 2))


def is_more_than(terms: VoucherMarket, unit_minor: int) -> bool:
    """Whether a piece costs more than a voucher takes off it: nothing is given away for free."""
    return terms.amount_minor is None or unit_minor > terms.amount_minor


def _eligible(voucher: Voucher, sold: Sequence[tuple[int, Offer]]) -> set[UUID]:
    """The variants among these that a voucher is for."""
    owners = {offer.cooperative_id for _, offer in sold}
    rows = Cooperative.objects.crossing(Crossing.CHECKOUT).filter(
        pk__in=owners, programme_id=voucher.programme_id
    )
    if voucher.cooperative_id:
        rows = rows.filter(pk=voucher.cooperative_id)
    elif voucher.region_code:
        rows = rows.filter(region_code=voucher.region_code)
    chosen = set(rows.values_list("pk", flat=True))
    return {offer.variant_id for _, offer in sold if offer.cooperative_id in chosen}
