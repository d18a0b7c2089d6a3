"""Vouchers as the pages of staff and cooperatives show them."""

from uuid import UUID

from django.db.models import Case, Count, Q, QuerySet, Sum, When

from marketplace.orders.models import DiscountBearer, VendorOrder, Voucher, VoucherState
from marketplace.orders.voucher_errors import VoucherNotFound
from vendors.scoping import CooperativeScope, ProgrammeScope


def programme_vouchers(programme_id: UUID) -> QuerySet[Voucher]:
    """The vouchers of a programme and of its cooperatives, those that wait first, then newest."""
    waits = Case(When(state=VoucherState.PROPOSED, then=0), default=1)
    rows = _listed(Voucher.objects.filter(programme_id=programme_id))
    return rows.order_by(waits, "-created_at", "pk")


def cooperative_vouchers(scope: CooperativeScope) -> QuerySet[Voucher]:
    """The vouchers for the goods of one cooperative that it bears itself, the newest first."""
    rows = Voucher.objects.filter(
        cooperative_id=scope.cooperative_id, bearer=DiscountBearer.COOPERATIVE
    )
    return _listed(rows).order_by("-created_at", "pk")


def waiting_vouchers(programme_id: UUID) -> QuerySet[Voucher]:
    """The vouchers that wait for a second person."""
    return Voucher.objects.filter(programme_id=programme_id, state=VoucherState.PROPOSED)


def programme_voucher(programme_id: UUID, voucher_id: UUID) -> Voucher:
    """A voucher of a programme; raises VoucherNotFound."""
    return _found(programme_vouchers(programme_id), voucher_id)


def cooperative_voucher(scope: CooperativeScope, voucher_id: UUID) -> Voucher:
    """A cooperative's own voucher; raises VoucherNotFound."""
    return _found(cooperative_vouchers(scope), voucher_id)


def given_with(
    voucher: Voucher, scope: CooperativeScope | ProgrammeScope
) -> list[tuple[str, int, int]]:
    """What a voucher took off orders so far, by currency: orders, and minor units."""
    rows = VendorOrder.objects.within(scope).filter(
        voucher_code=voucher.code, placed_at__gte=voucher.created_at
    )
    sums = rows.values("currency").annotate(
        orders=Count("order_id", distinct=True), given=Sum("discount_minor")
    )
    return [(row["currency"], row["orders"], row["given"]) for row in sums.order_by("currency")]


def _listed(rows: QuerySet[Voucher]) -> QuerySet[Voucher]:
    placed = Count("uses", filter=Q(uses__is_placed=True), distinct=True)
    return (
        rows.annotate(used=placed)
        .select_related("made_by", "confirmed_by")
        .prefetch_related("markets")
    )


def _found(rows: QuerySet[Voucher], voucher_id: UUID) -> Voucher:
    found = rows.filter(pk=voucher_id).first()
    if found is None:
        raise VoucherNotFound
    return found
