"""The lists of a cooperative's statements and commission invoices."""

from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marketplace.payouts.documents.models import CommissionInvoiceKind
from marketplace.payouts.documents.queries import listed_commission_invoices
from marketplace.payouts.statements import lines as statements
from marketplace.web.lists.columns import Column
from marketplace.web.lists.declared import RowList
from marketplace.web.lists.filters import AmountRange, Choice, DateRange
from marketplace.web.portal.access import MemberAccess

TOTAL = F("net_minor") + F("tax_minor")


def _statement(row: Any, access: MemberAccess) -> str:
    own = {"cooperative": access.cooperative.slug, "year": row.year, "month": row.month}
    return reverse("portal:money-statement", kwargs=own)


STATEMENTS = RowList(
    name="money-statements",
    title=_("Statements"),
    permission="money:read",
    rows=lambda access: statements.months(access.scope),
    columns=(
        Column(
            key="month", heading=_("Month"), value=lambda month: month, kind="month",
            link=_statement,
        ),
        Column(key="pdf", heading="PDF", template="portal/money/pdf_cell.html"),
        Column(key="xlsx", heading="Excel", template="portal/money/xlsx_cell.html"),
    ),
)  # fmt: skip

INVOICES = RowList(
    name="money-invoices",
    title=_("Commission invoices"),
    permission="money:read",
    rows=lambda access: listed_commission_invoices(access.scope).annotate(sum_minor=TOTAL),
    default="-issued",
    columns=(
        Column(key="number", heading=_("Number"), value="number", kind="code", sort=True),
        Column(
            key="kind", heading=pgettext_lazy("paper", "Kind"), value="get_kind_display",
            sort=["kind"],
        ),
        Column(key="month", heading=_("Month"), value="month", kind="month", sort=True),
        Column(
            key="issued", heading=pgettext_lazy("document", "Issued"), value="issued_at",
            kind="moment", sort=["issued_at", "sequence"], shown=False,
        ),
        Column(
            key="net", heading=_("Excluding VAT"), value="net_minor", kind="money", sort=True,
            shown=False,
        ),
        Column(key="tax", heading=_("VAT"), value="tax_minor", kind="money", sort=True),
        Column(
            key="total", heading=_("Total"), value="total_minor", kind="money", sort=[TOTAL],
            strong=True,
        ),
        Column(key="pdf", heading="PDF", template="portal/money/invoice_cell.html"),
    ),
    filters=(
        DateRange(key="month", label=_("Month")),
        Choice(
            key="kind", label=pgettext_lazy("paper", "Kind"),
            choices=CommissionInvoiceKind.choices,
        ),
        AmountRange(
            key="total", label=_("Total"), path="sum_minor",
            home=lambda access: access.cooperative.payout_currency,
        ),
    ),
)  # fmt: skip
