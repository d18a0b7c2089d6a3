"""Indicators as CSV for spreadsheets: amounts as plain numbers, no cell is run as a formula."""

import io
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.core.formats import Format, plain_amount
from marketplace.core.spreadsheets import csv_writer
from marketplace.impact.counted_until import counted_until
from marketplace.impact.details import PublishedDetails, Rest, published_details, untold
from marketplace.impact.queries import AREAS, DIMENSIONS, DetailRow, Group, Period
from marketplace.impact.smallest_groups import smallest_group
from marketplace.long_jobs.kinds import Progress
from vendors.geography import region_name
from vendors.models import Kind, Programme
from vendors.scoping import ProgrammeScope
from vendors.sectors import sector_name

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def groups_csv(heading: str, groups: Sequence[Group], currency: str) -> bytes:
    """The table of a grouping, as on the page."""
    rows = [
        [
            group.label,
            group.figures.cooperative_count,
            group.figures.order_count,
            *(
                plain_amount(amount, currency)
                for amount in (
                    group.figures.sales_minor,
                    group.figures.abroad_minor,
                    group.figures.women_minor,
                    group.figures.rural_minor,
                )
            ),
            currency,
        ]
        for group in groups
    ]
    headings = [
        heading,
        _("Cooperatives"),
        _("Orders"),
        _("Sales"),
        _("Of which abroad"),
        _("Of which women's cooperatives"),
        _("Of which rural"),
        _("Currency"),
    ]
    return _written([headings, *rows])


def details_csv(
    programme: Programme,
    scope: ProgrammeScope,
    period: Period,
    language: str,
    *,
    progress: Progress = untold,
) -> bytes:
    """Sales by month, region, sector, area and kind, in the programme's base currency.

    No figure is of fewer cooperatives than the rule of the day allows, nor can such a one be
    computed from the others and the page's totals. What was withheld is said below the rows, and
    until when everything is counted.
    """
    currency = programme.base_currency
    rule = smallest_group(programme.slug, timezone.localdate())
    found = published_details(scope, period, rule, progress=progress)
    rows = [
        _detail(
            row,
            currency,
            language,
            with_abroad=found.key_of(row) not in found.without_abroad,
        )
        for row in found.rows
    ]
    rests = [_rest(rest, currency) for rest in found.rests]
    moment = Format(language).moment(counted_until().moment, zone=ZoneInfo(programme.time_zone))
    notes = [[_withheld(found)], [_("Counted until %(until)s.") % {"until": moment}]]
    return _written([_detail_headings(), *rows, *rests, [], *notes])


def _detail_headings() -> list[str]:
    return [
        _("Month"),
        _("Region code"),
        _("Region"),
        _("Sector"),
        _("Area"),
        _("Members"),
        _("Cooperatives"),
        _("Orders"),
        _("Sales"),
        _("Of which abroad"),
        _("Currency"),
    ]


def _detail(row: DetailRow, currency: str, language: str, *, with_abroad: bool) -> list[object]:
    everything = _("all together")
    return [
        f"{row['month']:%Y-%m}",
        row.get("region", ""),
        region_name(row["region"], language) if "region" in row else everything,
        sector_name(row["sector"]) if "sector" in row else everything,
        str(AREAS[row["rural"]]) if "rural" in row else everything,
        str(Kind(row["kind"]).label) if "kind" in row else everything,
        row["cooperative_count"],
        row["order_count"],
        plain_amount(row["sales_minor"], currency),
        plain_amount(row["abroad_minor"], currency) if with_abroad else "",
        currency,
    ]


def _rest(rest: Rest, currency: str) -> list[object]:
    """Withheld rows together; orders as their sum, so one of several groups counts in each."""
    month = f"{rest.month:%Y-%m}" if rest.month else ""
    counts = (rest.cooperative_count, rest.order_count)
    sales = plain_amount(rest.sales_minor, currency)
    return [month, "", _("other groups together"), "", "", "", *counts, sales, "", currency]


def _withheld(found: PublishedDetails) -> str:
    withheld = len(found.withheld)
    values = {"least": found.least, "rows": withheld, "all": withheld + len(found.rows)}
    is_whole = found.dimensions == DIMENSIONS
    if is_whole and not withheld and not found.without_abroad:
        return _("Nothing was withheld.")
    return (
        _(
            "Withheld: figures of fewer than %(least)s cooperatives, and those from which they "
            "could be computed (%(rows)s rows of %(all)s). An empty cell is withheld, not zero. "
            "Columns that say “all together” are not told apart: too much would be withheld."
        )
        % values
    )


def _written(rows: Sequence[Sequence[object]]) -> bytes:
    out = io.StringIO(newline="")
    csv_writer(out, lineterminator="\r\n").writerows(rows)
    return BYTE_ORDER_MARK + out.getvalue().encode()
