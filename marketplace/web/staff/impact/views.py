"""Pages of the indicators: the map, two charts, one table, and the table as CSV; a long file."""

from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from marketplace.core.formats import Format
from marketplace.core.money import exponent, whole_units
from marketplace.impact import queries
from marketplace.impact.counted_until import counted_until
from marketplace.impact.exports import groups_csv
from marketplace.impact.queries import Figures, Period
from marketplace.impact.shown import visibility
from marketplace.impact.smallest_groups import smallest_group
from marketplace.web.staff.access import StaffAccess, staff_view
from marketplace.web.staff.impact.forms import GROUPINGS, ImpactForm
from marketplace.web.staff.long_jobs.starting import start_job
from marketplace.web.ui.components import Bar, Tile

MOST_BARS = 10
MOST_NAMED_MONTHS = 6
# From here on a chart's bars are in thousands.
THOUSANDS_FROM = 10_000


@staff_view("impact:read")
@require_GET
def show_impact(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """Sales of the programme, or of the staff member's regions, over a period."""
    form = ImpactForm(request.GET, today=access.today)
    period, by = form.chosen
    currency = access.programme.base_currency
    market = (access.programme.country_codes or ["MA"])[0]
    format_ = Format(get_language() or "en", market.lower())
    months = queries.by_month(access.scope, period)
    bars, month_unit = _month_bars(months, currency, format_)
    context = {
        "access": access,
        "market": market.lower(),
        "country": market,
        "form": ImpactForm(
            {"period": request.GET.get("period", "12"), "by": by}, today=access.today
        ),
        "period": period,
        "by": by,
        "by_label": dict(GROUPINGS)[by],
        "currency": currency,
        "tiles": _tiles(access, queries.totals(access.scope, period), currency, format_),
        "month_bars": bars,
        "month_unit": month_unit,
        "series": [_("Domestic"), _("Abroad")],
        "counted": counted_until(),
        "least": smallest_group(access.programme.slug, access.today).cooperatives,
        "shown": visibility(access.scope, period),
        "query": request.GET.urlencode(),
        **_by_group(access, period, by, currency),
    }
    return render(request, "staff/impact/impact.html", context)


def _by_group(access: StaffAccess, period: Period, by: str, currency: str) -> dict[str, Any]:
    """Sales by region for the map, by sector for the bars, and the table by the chosen grouping."""
    regions = queries.groups(access.scope, period, by="region")
    sectors = queries.groups(access.scope, period, by="sector")
    return {
        "by_region": {
            group.key: whole_units(group.figures.sales_minor, currency) for group in regions
        },
        "region_names": {group.key: group.label for group in regions},
        "sector_bars": [
            Bar(group.label, [group.figures.sales_minor]) for group in sectors[:MOST_BARS]
        ],
        "table": regions if by == "region" else queries.groups(access.scope, period, by=by),
    }


@staff_view("impact:read")
@require_GET
def download_table(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """The table as on the page."""
    period, by = ImpactForm(request.GET, today=access.today).chosen
    content = groups_csv(
        str(dict(GROUPINGS)[by]),
        queries.groups(access.scope, period, by=by),
        access.programme.base_currency,
    )
    return _csv(content, f"{access.programme.slug}-{by}-{period.first}-{period.last}.csv")


@staff_view("impact:read")
@require_POST
def ask_for_details(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """Start the file of sales by month, region, sector, area and members; go to its page."""
    form = ImpactForm(request.POST, today=access.today)
    period, by = form.chosen
    back = reverse("staff:impact", kwargs={"programme": access.programme.slug})
    chosen = {"period": request.POST.get("period", "12"), "by": by}
    return start_job(
        request,
        access,
        kind="impact_details",
        parameters={"first": period.first.isoformat(), "last": period.last.isoformat()},
        page=f"{back}?{urlencode(chosen)}",
    )


def _csv(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _month_bars(
    months: list[queries.Month], currency: str, format_: Format
) -> tuple[list[Bar], str]:
    """The bars, in whole units or in thousands of them, and the name of that unit.

    Arabic month names are long: when there are many, months go by their number, as in Morocco.
    """
    unit = 10 ** exponent(currency)
    highest = max((month.home_minor + month.abroad_minor for month in months), default=0)
    scale, name = unit, currency
    if highest >= THOUSANDS_FROM * unit:
        scale, name = unit * 1000, _("thousands of %(currency)s") % {"currency": currency}
    by_number = format_.language == "ar" and len(months) > MOST_NAMED_MONTHS
    bars = [
        Bar(
            format_.number(month.month.month)
            if by_number
            else format_.month(month.month, year=False, short=True),
            [round(month.home_minor / scale), round(month.abroad_minor / scale)],
            name=format_.month(month.month),
        )
        for month in months
    ]
    return bars, name


def _tiles(access: StaffAccess, figures: Figures, currency: str, format_: Format) -> list[Tile]:
    def share(of_it_minor: int) -> dict[str, Any]:
        ratio = Decimal(of_it_minor) / figures.sales_minor if figures.sales_minor else Decimal(0)
        return {"value": format_.percent(ratio)}

    return [
        Tile(_("Sales"), amount_minor=figures.sales_minor, currency=currency),
        Tile(_("Orders delivered"), value=format_.number(figures.order_count)),
        Tile(
            _("Cooperatives with sales"),
            value=format_.number(figures.cooperative_count),
            note=_("of %(count)s active")
            % {"count": format_.number(queries.active_cooperatives(access.scope))},
        ),
        Tile(_("Women's cooperatives"), note=_("of sales"), **share(figures.women_minor)),
        Tile(_("Rural cooperatives"), note=_("of sales"), **share(figures.rural_minor)),
        Tile(_("Sold abroad"), note=_("of sales"), **share(figures.abroad_minor)),
    ]
