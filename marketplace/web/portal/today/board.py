"""The first page's content: pending money, at most four tasks, the month."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import Sum
from django.utils import timezone

from catalog.models import ListingPage, ListingRevision, RevisionState
from marketplace.conversations.queries import count_waiting
from marketplace.core.days import beginning_of, day_of
from marketplace.orders.models import VendorOrder, VendorOrderState
from marketplace.orders.queries import counts_by_state
from marketplace.orders.queries.complaints import waiting_for_cooperative
from marketplace.orders.queries.pickup import not_collected_in_time, waiting_to_be_collected
from marketplace.payouts.queries import Balance, balances
from vendors.admission.documents import asked_documents
from vendors.admission.queries import open_admission_of
from vendors.models import Admission, Cooperative, Enrolment
from vendors.policy import MemberAccess
from vendors.queries import Gap, current_enrolment, gaps_of_cooperative, waiting_bank_account

SCARCE = 1


@dataclass(frozen=True)
class Month:
    """Orders of this month, and their sales in each currency: the payout currency first."""

    first: date
    orders: int
    sales: list[tuple[str, int]]


@dataclass(frozen=True)
class Board:
    """The content of the portal's first page, without what the role may not see."""

    today: date
    balance: Balance | None
    has_other_currencies: bool
    to_confirm: int
    to_ship: int
    # Ready for buyers who have not come by the last day.
    uncollected: int
    complaints: int
    returned: int
    scarce: ListingPage | None
    asked: int
    is_account_waiting: bool
    month: Month
    enrolment: Enrolment | None
    gaps: list[Gap]
    # What is filled in before the shop opens; None once it is approved.
    admission: Admission | None
    # Documents that the programme asks for and that are missing, expired or expire soon.
    documents: int

    @property
    def is_all_done(self) -> bool:
        return not (
            self.to_confirm
            or self.to_ship
            or self.uncollected
            or self.complaints
            or self.returned
            or self.scarce
            or self.asked
            or self.is_account_waiting
            or self.gaps
            or self.admission
            or self.documents
        )


def board(access: MemberAccess) -> Board:
    """The board of a member's cooperative, now."""
    cooperative, scope = access.cooperative, access.scope
    today = day_of(timezone.now(), cooperative.programme.time_zone)
    counts = counts_by_state(scope)
    returned = ListingRevision.objects.within(scope).filter(state=RevisionState.RETURNED)
    waiting = access.allows("money:read") and waiting_bank_account(cooperative.pk) is not None
    own = _balances(access) if access.allows("money:read") else []
    coming = open_admission_of(cooperative)
    return Board(
        today=today,
        balance=own[0] if own else None,
        has_other_currencies=len(own) > 1,
        to_confirm=counts.get(VendorOrderState.PLACED, 0),
        to_ship=counts.get(VendorOrderState.CONFIRMED, 0)
        + counts.get(VendorOrderState.PART_SHIPPED, 0)
        - waiting_to_be_collected(scope).count(),
        uncollected=not_collected_in_time(scope, ZoneInfo(cooperative.programme.time_zone)),
        complaints=waiting_for_cooperative(scope),
        returned=returned.count() if access.allows("listing:edit") else 0,
        scarce=_scarce(access) if access.allows("stock:edit") else None,
        asked=count_waiting(scope) if access.allows("conversation:answer") else 0,
        is_account_waiting=waiting,
        month=_month(access, today),
        enrolment=current_enrolment(cooperative.pk),
        gaps=[] if coming else _gaps(access, is_account_waiting=waiting),
        admission=coming,
        documents=0 if coming or not access.allows("profile:edit") else _documents(cooperative),
    )


def _gaps(access: MemberAccess, *, is_account_waiting: bool) -> list[Gap]:
    """What is missing before the cooperative can sell; an account that waits is said by itself."""
    said = {Gap.ACCOUNT} if is_account_waiting else set()
    return [gap for gap in gaps_of_cooperative(access.cooperative) if gap not in said]


def _documents(cooperative: Cooperative) -> int:
    asked = asked_documents(cooperative)
    return sum(one.is_missing or one.expires_soon for one in asked)


def _balances(access: MemberAccess) -> list[Balance]:
    """The balance in the payout currency, then those in other currencies."""
    currency = access.cooperative.payout_currency
    booked = {balance.currency: balance for balance in balances(access.scope)}
    first = booked.pop(currency, None) or Balance(access.cooperative.pk, currency)
    return [first, *booked.values()]


def _scarce(access: MemberAccess) -> ListingPage | None:
    """The most recently sold listing of which at most one item is left."""
    return (
        ListingPage.objects.filter(
            cooperative_id=access.cooperative.pk,
            is_published=True,
            quantity_available__lte=SCARCE,
        )
        .order_by("-updated_at")
        .first()
    )


def _month(access: MemberAccess, today: date) -> Month:
    zone = ZoneInfo(access.cooperative.programme.time_zone)
    first = today.replace(day=1)
    rows = VendorOrder.objects.within(access.scope).filter(placed_at__gte=beginning_of(first, zone))
    kept = rows.exclude(state=VendorOrderState.CANCELLED)
    sums = kept.order_by().values_list("currency").annotate(total=Sum("goods_minor"))
    own = access.cooperative.payout_currency
    sales = {own: 0} | dict(sums.order_by("currency"))
    return Month(first, kept.count(), list(sales.items()))
