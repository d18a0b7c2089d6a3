"""Stage of offers: a cooperative's voucher, one of the programme's, free delivery, and collecting."""

from datetime import datetime, timedelta

from marketplace.demo.accounts import ACCOUNTS
from marketplace.demo.stages import BY
from marketplace.demo.stages.cooperatives import by_slug
from marketplace.demo.world.cooperatives import MOROCCO
from marketplace.orders.models import DiscountBearer, Voucher, VoucherKind
from marketplace.orders.services.set_free_delivery import set_free_delivery
from marketplace.orders.services.set_pickup import PickupTerms, set_pickup
from marketplace.orders.services.vouchers import (
    NewVoucher,
    confirm_voucher,
    make_voucher,
    propose_voucher,
)
from vendors.accounts import User
from vendors.models import Programme, StaffRole

# Whose voucher, its code and what it takes off in Morocco and in Europe.
OWN, OWN_CODE, OWN_PERCENT = "azilal-laine", "LAINE10", 10
PROGRAMME_CODE, PROGRAMME_OFF, PROGRAMME_LEAST = "MOURAFAKA20", 2_000, 20_000
FOR_DAYS = 90
# From which sum delivery is free: minor units by market.
FREE = {
    "timzit-n-tidzi": {"ma": 40_000, "eu": 12_000},
    "ahansal-miel": {"ma": 30_000},
    "azilal-laine": {"ma": 150_000},
}
# Who lets buyers collect, and what they read.
COLLECTING = {
    "azilal-laine": {
        "ar": "من الاثنين إلى السبت، من 9 إلى 17",
        "fr": "Du lundi au samedi, de 9 h à 17 h",
        "en": "Monday to Saturday, 9 to 17",
    }
}
COUNT = 1


def make(_first: int, _last: int, begun_at: datetime) -> None:
    """All of them; what is there already is not made again."""
    cooperatives = by_slug(list(FREE))
    if not Voucher.objects.filter(code=OWN_CODE).exists():
        wanted = _voucher(OWN_CODE, "Ouverture de la saison", begun_at, percent=OWN_PERCENT)
        make_voucher(cooperative=cooperatives[OWN], wanted=wanted, by=BY)
    _of_the_programme(begun_at)
    for slug, sums in FREE.items():
        set_free_delivery(cooperative=cooperatives[slug], wanted=sums, by=BY)
    for slug, hours in COLLECTING.items():
        own = cooperatives[slug]
        terms = PickupTerms(
            is_offered=True,
            address_line=own.address_line,
            place_name=own.place_name,
            hours=hours,
            ready_days=own.handling_days,
        )
        set_pickup(cooperative=own, terms=terms, by=BY)


def _of_the_programme(begun_at: datetime) -> None:
    """One that the programme bears: finance proposes it, a second person confirms it."""
    voucher = Voucher.objects.filter(code=PROGRAMME_CODE).first()
    if voucher is None:
        voucher = propose_voucher(
            programme=Programme.objects.get(slug=MOROCCO),
            wanted=_voucher(PROGRAMME_CODE, "Bienvenue", begun_at),
            bearer=DiscountBearer.PROGRAMME,
            by=_user(StaffRole.FINANCE_PREPARER).actor,
        )
    if voucher.confirmed_by_id is None:
        confirm_voucher(voucher=voucher, by=_user(StaffRole.FINANCE_APPROVER).actor)


def _voucher(code: str, name: str, begun_at: datetime, percent: int | None = None) -> NewVoucher:
    """A percentage in Morocco and Europe, or an amount off each piece in Morocco."""
    by_percent = [("ma", None, 0), ("eu", None, 0)]
    return NewVoucher(
        code=code,
        name=name,
        kind=VoucherKind.PERCENT if percent else VoucherKind.AMOUNT,
        percent=percent,
        markets=by_percent if percent else [("ma", PROGRAMME_OFF, PROGRAMME_LEAST)],
        starts_at=begun_at,
        ends_at=begun_at + timedelta(days=FOR_DAYS),
    )


def _user(role: str) -> User:
    """Who has the role in the Moroccan programme."""
    email = next(a.email for a in ACCOUNTS if (a.programme, a.role) == (MOROCCO, role))
    return User.objects.get(email=email)
