"""Figures of a programme's month."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db.models import Count
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from marketplace.core.days import day_of
from marketplace.core.formats import Format
from marketplace.core.money import whole_units
from marketplace.core.word_lists import listed
from marketplace.impact.counted_until import CountedUntil, counted_until
from marketplace.impact.queries import (
    Figures,
    Group,
    Period,
    active_cooperatives,
    by_month,
    groups,
    totals,
)
from marketplace.orders.models import Parcel
from marketplace.payouts import queries
from marketplace.web.staff.overview.decisions import Decision, decisions
from marketplace.web.staff.overview.followed import Followed, followed
from marketplace.web.ui.components import Bar, Tile
from vendors.geography import region_name
from vendors.models import Cooperative, CooperativeStatus
from vendors.policy import StaffAccess
from vendors.scoping import ProgrammeScope

MONTHS_SHOWN = 7
FOLLOWED = 10


@dataclass(frozen=True)
class Overview:
    """The content of the staff's first page."""

    month: date
    today: date
    active: int
    tiles: list[Tile]
    regions: list[Group]
    map_values: dict[str, int]
    # Shown by region while nothing was sold: the active cooperatives.
    cooperative_bars: list[Bar]
    bars: list[Bar]
    decisions: list[Decision]
    followed: list[Followed]
    # How many cooperatives are to be called today; none for whom may not see them.
    to_call: int | None
    more_followed: int
    counted: CountedUntil


def overview(access: StaffAccess, format_: Format) -> Overview:
    """The current month of a programme (or of the user's regions).

    Compared with the same days of the month before: on the third, with its first three.
    """
    today = access.today
    month = Period.last_months(1, today)
    before = month.same_days_before()
    scope, currency = access.scope, access.programme.base_currency
    regions = groups(scope, month, by="region")
    needy, to_call = _needy(access, today)
    return Overview(
        month=month.first,
        today=today,
        active=active_cooperatives(scope),
        tiles=_tiles(access, month, before, format_),
        regions=regions,
        map_values={g.key: whole_units(g.figures.sales_minor, currency) for g in regions},
        cooperative_bars=[] if regions else _cooperatives_by_region(scope),
        bars=[
            Bar(
                format_.month(row.month, year=False, short=True),
                [whole_units(row.home_minor, currency), whole_units(row.abroad_minor, currency)],
            )
            for row in by_month(scope, Period.last_months(MONTHS_SHOWN, today))
        ],
        decisions=decisions(access),
        followed=needy,
        to_call=to_call,
        more_followed=(to_call or 0) - len(needy),
        counted=counted_until(),
    )


def _needy(access: StaffAccess, today: date) -> tuple[list[Followed], int | None]:
    if not access.allows("cooperative:read"):
        return [], None
    return followed(access.scope_for("cooperative:read"), today, FOLLOWED)


def _cooperatives_by_region(scope: ProgrammeScope) -> list[Bar]:
    rows = Cooperative.objects.within(scope).filter(status=CooperativeStatus.ACTIVE).order_by()
    counts = rows.values_list("region_code").annotate(count=Count("pk")).order_by("-count")
    language = get_language() or "en"
    return [Bar(region_name(code, language), [count]) for code, count in counts]


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
            note=_compared(before, then.sales_minor, format_),
        ),
        Tile(
            _("Cooperatives with sales"),
            " / ".join(
                format_.number(count)
                for count in (now.cooperative_count, active_cooperatives(scope))
            ),
        ),
        Tile(_("Sales abroad"), format_.percent(_ratio(now, now.abroad_minor))),
        Tile(_("Parcels on time"), _on_time(access, month, format_)),
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


def _compared(before: Period, sales_minor: int, format_: Format) -> str:
    """With which days the sales are compared."""
    last = format_.day(before.last, weekday=False)
    several = before.first != before.last
    days = {"days": f"{format_.number(before.first.day)}\u2013{last}" if several else last}
    if not sales_minor:
        return _("no sales on the same days of last month (%(days)s)") % days
    return _("compared with the same days of last month (%(days)s)") % days


def _on_time(access: StaffAccess, month: Period, format_: Format) -> str:
    zone = ZoneInfo(access.programme.time_zone)
    since, until = month.moments(zone)
    rows = Parcel.objects.within(access.scope).filter(
        delivered_at__gte=since, delivered_at__lt=until
    )
    told = [
        promised is not None and day_of(delivered, zone) <= promised
        for delivered, promised in rows.values_list("delivered_at", "promised_on")
    ]
    return format_.percent(Decimal(sum(told)) / len(told)) if told else "–"


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
        note=listed(notes, ";"),
    )


def _list(amounts: list[str]) -> str:
    return " + ".join(amounts)
