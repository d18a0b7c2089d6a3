"""Making vouchers and stopping them.

A cooperative makes those that it bears itself. What a programme or a region bears, one of its staff
proposes and another confirms; either may stop it at any time. A voucher is never changed: what a
buyer was promised, and who bears it, stays as it was.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from catalog.markets import market_of
from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.errors import Forbidden
from marketplace.orders.models import (
    DiscountBearer,
    Voucher,
    VoucherKind,
    VoucherMarket,
    VoucherState,
)
from marketplace.orders.services.vouchers.at_engine import end_at_engine
from marketplace.orders.voucher_errors import CodeTaken, VoucherDecided
from marketplace.orders.vouchers import normal_code
from vendors.accounts import User
from vendors.models import Cooperative, Programme
from vendors.permissions import StaffPermission
from vendors.policy import staff_access
from vendors.two_persons import require_second_person, user_id


@dataclass(frozen=True)
class NewVoucher:
    """A voucher to make; ``markets`` are (market, amount off each piece, minimum) in minor units.

    The amount is None for a percentage.
    """

    code: str
    name: str
    kind: str
    percent: int | None
    markets: Sequence[tuple[str, int | None, int]]
    starts_at: datetime
    ends_at: datetime
    most_uses: int | None = None
    once_per_buyer: bool = False


def make_voucher(*, cooperative: Cooperative, wanted: NewVoucher, by: Actor) -> Voucher:
    """Make a voucher for a cooperative's own goods, which it bears; usable at once.

    Raises CodeTaken.
    """
    return _make(
        wanted,
        by,
        programme_id=cooperative.programme_id,
        cooperative_id=cooperative.pk,
        bearer=DiscountBearer.COOPERATIVE,
        state=VoucherState.OPEN,
    )


def propose_voucher(
    *,
    programme: Programme,
    wanted: NewVoucher,
    bearer: str,
    cooperative_id: UUID | None = None,
    region_code: str = "",
    by: Actor,
) -> Voucher:
    """Propose a voucher that the programme or a region bears; a second person confirms it.

    Raises CodeTaken, and Forbidden without the permission, or for one that the cooperative is to
    bear: that is the cooperative's to give.
    """
    _require_permission(by, programme)
    if bearer == DiscountBearer.COOPERATIVE:
        raise Forbidden
    return _make(
        wanted,
        by,
        programme_id=programme.pk,
        cooperative_id=cooperative_id,
        region_code="" if cooperative_id else region_code,
        bearer=bearer,
        state=VoucherState.PROPOSED,
    )


@transaction.atomic
def confirm_voucher(*, voucher: Voucher, by: Actor) -> Voucher:
    """Let buyers use a proposed voucher, as a second person.

    Raises SamePersonTwice or NotIndependent, VoucherDecided, Forbidden.
    """
    _require_permission(by, voucher.programme)
    row = _locked(voucher, VoucherState.PROPOSED)
    row.confirmed_by_id = require_second_person(first=row.made_by_id, by=by)
    row.state = VoucherState.OPEN
    row.save(update_fields=["state", "confirmed_by"])
    audit.record("voucher.confirm", row, by=by, code=row.code)
    return row


def stop_voucher(*, voucher: Voucher, by: Actor) -> Voucher:
    """Stop a voucher, or withdraw a proposed one; orders placed with it keep it.

    One in somebody's basket is taken out when she goes on to pay. Raises VoucherDecided.
    """
    with transaction.atomic():
        row = _locked(voucher, VoucherState.PROPOSED, VoucherState.OPEN)
        row.state, row.stopped_at = VoucherState.STOPPED, timezone.now()
        row.save(update_fields=["state", "stopped_at"])
        audit.record("voucher.stop", row, by=by, code=row.code)
    end_at_engine(row)
    return row


def _require_permission(by: Actor, programme: Programme) -> None:
    if by.kind != "user":
        raise Forbidden
    staff_access(User.objects.get(pk=by.id), programme.slug, StaffPermission.VOUCHER_SET)


def _make(wanted: NewVoucher, by: Actor, **scope: object) -> Voucher:
    try:
        with transaction.atomic():
            voucher = Voucher.objects.create(
                code=normal_code(wanted.code),
                name=wanted.name,
                kind=wanted.kind,
                percent=wanted.percent if wanted.kind == VoucherKind.PERCENT else None,
                starts_at=wanted.starts_at,
                ends_at=wanted.ends_at,
                most_uses=wanted.most_uses,
                once_per_buyer=wanted.once_per_buyer,
                made_by_id=user_id(by),
                **scope,
            )
            VoucherMarket.objects.bulk_create(_markets(voucher, wanted))
            audit.record("voucher.make", voucher, by=by, code=voucher.code, bearer=voucher.bearer)
    except IntegrityError as error:
        if Voucher.objects.filter(code=normal_code(wanted.code)).exists():
            raise CodeTaken from error
        raise
    return voucher


def _markets(voucher: Voucher, wanted: NewVoucher) -> list[VoucherMarket]:
    return [
        VoucherMarket(
            voucher=voucher,
            market=code,
            currency=market_of(code).currency,
            amount_minor=amount if voucher.kind == VoucherKind.AMOUNT else None,
            least_minor=least,
        )
        for code, amount, least in wanted.markets
    ]


def _locked(voucher: Voucher, *states: VoucherState) -> Voucher:
    row = Voucher.objects.select_for_update(of=("self",)).get(pk=voucher.pk)
    if row.state not in states:
        raise VoucherDecided
    return row
