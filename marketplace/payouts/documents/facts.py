"""The facts on a commission invoice or credit note, stored as JSON and drawn in any language.

Amounts are minor units of ``currency``; those of a credit note are negative.
"""

from datetime import datetime
from typing import Any, TypedDict

from marketplace.core.days import day_of
from marketplace.payouts.balances.commission_vat import country_of
from marketplace.payouts.documents.commission_due import MonthSales, PostedCommission
from vendors.models import Cooperative, Programme
from vendors.queries import payer_exemption, payer_identifiers, seller_identifiers


class Payer(TypedDict):
    """The issuer: a programme's legal payer, with its identifiers by kind."""

    name: str
    country: str
    ids: dict[str, str]
    vat_exemption: dict[str, Any]


class InvoicedCooperative(TypedDict):
    """The recipient, with its identifiers by kind."""

    name: str
    name_latin: str
    address: str
    place: str
    country: str
    ids: dict[str, str]


class Parties(TypedDict):
    """Issuer and recipient."""

    payer: Payer
    cooperative: InvoicedCooperative


class InvoiceLine(TypedDict):
    """Commission, net of tax, of the ``month`` or of ``earlier`` months."""

    of: str
    sales: int
    base_minor: int
    net_minor: int


class InvoiceFacts(Parties):
    """Everything on the document but its number, kind and day, added when it is written."""

    month: str
    currency: str
    lines: list[InvoiceLine]
    tax_rates_bp: list[int]
    net_minor: int
    tax_minor: int
    total_minor: int


class CreditNoteFacts(InvoiceFacts):
    """Also the number of the invoice that a credit note corrects, and why."""

    corrects: str
    reason: str


def invoice_lines(sold: MonthSales, due: PostedCommission) -> list[InvoiceLine]:
    """The month's commission, and on a line of its own that of earlier months; net of tax."""
    month = InvoiceLine(
        of="month", sales=sold.sales, base_minor=sold.base_minor, net_minor=sold.net_minor
    )
    earlier = due.commission_minor - sold.net_minor
    if not earlier:
        return [month]
    rest = InvoiceLine(of="earlier", sales=0, base_minor=0, net_minor=earlier)
    return [month, rest] if sold.net_minor else [rest]


def parties(programme: Programme, cooperative: Cooperative, now: datetime) -> Parties:
    """Issuer and recipient with their names and identifiers as of ``now``."""
    today = day_of(now, programme.time_zone)
    return {
        "payer": {
            "name": programme.legal_payer,
            "country": country_of(programme),
            "ids": payer_identifiers(programme, today),
            "vat_exemption": payer_exemption(programme, today),
        },
        "cooperative": {
            "name": cooperative.legal_name,
            "name_latin": cooperative.legal_name_latin,
            "address": cooperative.address_line,
            "place": cooperative.place_name,
            "country": cooperative.country_code,
            "ids": seller_identifiers(cooperative.pk, today),
        },
    }
