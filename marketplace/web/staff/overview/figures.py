"""Figures of a programme's month."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Max, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from marketplace.core.formats import Format
from marketplace.core.money import whole_units
from marketplace.impact.queries import (
    Figures,
    Group,
    Period,
    active_cooperatives,
    by_month,
    groups,
    totals,
)
from marketplace.orders.models import Parcel, ParcelState
from marketplace.payouts import queries
from marketplace.web.staff.overview.decisions import Decision, decisions
from marketplace.web.ui.components import Bar, Tile
from vendors.models import BankAccount, Cooperative, CooperativeStatus
from vendors.policy import StaffAccess
from vendors.scoping import ProgrammeScope

MONTHS_SHOWN = 7
FOLLOWED = 10
QUIET_DAYS = 60


@dataclass(frozen=True)
class Followed:
    """A cooperative that needs attention, with the code of the reason."""

    cooperative: Cooperative
    late_parcels: int
    last_sale_on: date | None
    is_account_waiting: bool
    is_quiet: bool


@dataclass(frozen=True)
class Overview:
    """The content of the staff's first page."""

    month: date
    today: date
    active: int
    tiles: list[Tile]
    regions: list[Group]
    map_values: dict[str, int]
    bars: list[Bar]
    decisions: list[Decision]
    followed: list[Followed]


def overview(access: StaffAccess, format_: Format) -> Overview:
    """The current month of a programme (or of the user's regions), compared with the last."""
    today = timezone.localdate(timezone=ZoneInfo(access.programme.time_zone))
    month = Period.last_months(1, today)
    before = Period.last_months(1, month.first - timedelta(days=1))
    scope, currency = access.scope, access.programme.base_currency
    regions = groups(scope, month, by="region")
    return Overview(
        month=month.first,
        today=today,
        active=active_cooperatives(scope),
        tiles=_tiles(access, month, before, format_),
        regions=regions,
        map_values={g.key: whole_units(g.figures.sales_minor, currency) for g in regions},
        bars=[
            Bar(
                format_.month(row.month, year=False, short=True),
                [whole_units(row.home_minor, currency), whole_units(row.abroad_minor, currency)],
            )
            for row in by_month(scope, Period.last_months(MONTHS_SHOWN, today))
        ],
        decisions=decisions(access),
        followed=_followed(access, today) if access.allows("cooperative:read") else [],
    )


def _tiles(access: StaffAccess, month: Period, before: Period, format_: Format) -> list[Tile]:
    scope, currency = access.scope, access.programme.base_currency
    now, then = totals(scope, month), totals(scope, before)
    trend, direction = _trend(now.sales_minor, then.sales_minor, format_)
    tiles = [
        Tile(
            _("Sales"),
            amount_minor=now.sales_minor,
            currency=currency,
            trend=trend,
            direction=direction,
        ),
        Tile(
            _("Cooperatives with sales"),
            " / ".join(
                format_.number(count)
                for count in (now.cooperative_count, active_cooperatives(scope))
            ),
        ),
        Tile(_("Sales abroad"), format_.percent(_ratio(now, now.abroad_minor))),
        Tile(_("Parcels on time"), _on_time(scope, month, format_)),
    ]
    if access.allows("payout:read"):
        tiles.append(_paid(access, month, format_))
    return tiles


def _ratio(figures: Figures, amount_minor: int) -> Decimal:
    return Decimal(amount_minor) / figures.sales_minor if figures.sales_minor else Decimal(0)


def _trend(now: int, then: int, format_: Format) -> tuple[str, str]:
    """The change as a percentage, and ``up`` or ``down``; both empty without earlier sales."""
    if not then:
        return "", ""
    change = Decimal(now - then) / then
    sign = "+" if change > 0 else ""
    return sign + format_.percent(change), "up" if change >= 0 else "down"


def _on_time(scope: ProgrammeScope, month: Period, format_: Format) -> str:
    counts = (
        Parcel.objects.within(scope)
        .filter(delivered_at__date__gte=month.first, delivered_at__date__lte=month.last)
        .aggregate(
            all=Count("pk"),
            good=Count("pk", filter=Q(delivered_at__date__lte=F("promised_on"))),
        )
    )
    return format_.percent(Decimal(counts["good"]) / counts["all"]) if counts["all"] else "–"


def _paid(access: StaffAccess, month: Period, format_: Format) -> Tile:
    """What the bank paid this month and has not returned: the base currency, then the others."""
    currency = access.programme.base_currency
    since, until = month.moments(ZoneInfo(access.programme.time_zone))
    amounts = queries.paid_amounts(access.scope_for("payout:read"), since=since, until=until)
    others = [
        format_.money(amount, code) for code, amount in amounts.paid.items() if code != currency
    ]
    back = [format_.money(amount, code) for code, amount in amounts.returned.items()]
    notes = []
    if others:
        notes.append(_("and in other currencies: %(amounts)s") % {"amounts": _list(others)})
    if back:
        notes.append(_("not counted, returned by the bank: %(amounts)s") % {"amounts": _list(back)})
    return Tile(
        _("Paid to cooperatives"),
        amount_minor=amounts.paid.get(currency, 0),
        currency=currency,
        note="; ".join(notes) if get_language() != "ar" else "؛ ".join(notes),
    )


def _list(amounts: list[str]) -> str:
    return " + ".join(amounts)


def _followed(access: StaffAccess, today: date) -> list[Followed]:
    """Cooperatives with late parcels, an unconfirmed account, or no sale for two months."""
    scope = access.scope_for("cooperative:read")
    late = _late_parcels(scope, today)
    waiting = _waiting_accounts(scope)
    quiet_since = today - timedelta(days=QUIET_DAYS)
    rows = Cooperative.objects.within(scope).filter(status=CooperativeStatus.ACTIVE)
    rows = rows.annotate(last_sale=Max("sales__delivered_on"))
    needy = rows.filter(Q(pk__in={*late, *waiting}) | Q(last_sale__lt=quiet_since))
    found = [
        Followed(
            row,
            late.get(row.pk, 0),
            row.last_sale,
            row.pk in waiting,
            row.last_sale is not None and row.last_sale < quiet_since,
        )
        for row in needy.order_by("last_sale", "legal_name")
    ]
    found.sort(key=lambda row: (-row.late_parcels, not row.is_account_waiting))
    return found[:FOLLOWED]


def _late_parcels(scope: ProgrammeScope, today: date) -> dict[UUID, int]:
    rows = Parcel.objects.within(scope).filter(state=ParcelState.SHIPPED, promised_on__lt=today)
    by_cooperative = rows.order_by().values_list("vendor_order__cooperative_id")
    return dict(by_cooperative.annotate(Count("pk")))


def _waiting_accounts(scope: ProgrammeScope) -> set[UUID]:
    rows = BankAccount.objects.within(scope).filter(
        confirmed_at__isnull=True, replaced_at__isnull=True
    )
    return set(rows.values_list("cooperative_id", flat=True))
