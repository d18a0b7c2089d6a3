"""Indicators as CSV for spreadsheets: amounts as plain numbers, no cell is run as a formula."""

import io
from collections.abc import Sequence

from django.utils.translation import gettext as _

from marketplace.core.formats import plain_amount
from marketplace.core.spreadsheets import csv_writer
from marketplace.impact.queries import AREAS, Group, Period, details
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


# long: a table of columns and their values
def details_csv(
    programme: Programme, scope: ProgrammeScope, period: Period, language: str
) -> bytes:
    """Sales by month, region, sector, area and kind, in the programme's base currency."""
    currency = programme.base_currency
    headings = [
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
    rows = [
        [
            f"{row['month']:%Y-%m}",
            row["region"],
            region_name(row["region"], language),
            sector_name(row["sector"]),
            str(AREAS[row["rural"]]),
            str(Kind(row["kind"]).label),
            row["cooperative_count"],
            row["order_count"],
            plain_amount(row["sales_minor"], currency),
            plain_amount(row["abroad_minor"], currency),
            currency,
        ]
        for row in details(scope, period)
    ]
    return _written([headings, *rows])


def _written(rows: Sequence[Sequence[object]]) -> bytes:
    out = io.StringIO(newline="")
    csv_writer(out, lineterminator="\r\n").writerows(rows)
    return BYTE_ORDER_MARK + out.getvalue().encode()
