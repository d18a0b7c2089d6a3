"""The list of a programme's orders: a row for each cooperative's part of an order."""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog.markets import MARKETS
from marketplace.orders import queries
from marketplace.orders.models import PaymentMethod, VendorOrderState
from marketplace.web.lists.columns import Column
from marketplace.web.lists.declared import RowList
from marketplace.web.lists.filters import AmountRange, Choice, DateRange, Rows, Search
from marketplace.web.staff.access import StaffAccess
from marketplace.web.staff.lists import common

SUM = F("goods_minor") + F("shipping_minor")


def rows(access: StaffAccess) -> Rows:
    """Orders within the scope, with what a buyer pays for each."""
    listed = queries.listed_vendor_orders(access.scope)
    return listed.annotate(sum_minor=SUM, undelivered_minor=queries.undelivered_minor(access.scope))


def finds(access: StaffAccess, word: str) -> Q:
    """Where a word stands in an order: its number, a parcel's, the cooperative's name."""
    tracked = queries.orders_tracked_by(access.scope, word)
    return Q(number__icontains=word) | Q(pk__in=tracked) | common.is_called(access, word)


ORDERS = RowList(
    name="orders",
    title=_("Orders"),
    permission="order:read",
    rows=rows,
    default="-placed",
    columns=(
        Column(
            key="number", heading=_("Order"), value="number", kind="code", sort=True,
            link=common.link("order", vendor_order_id="pk"),
        ),
        common.cooperative(),
        Column(key="placed", heading=_("Order date"), value="placed_at", kind="date", sort=True),
        Column(
            key="country", heading=_("Country"), value="order.country_code", kind="country",
            sort=True,
        ),
        Column(key="goods", heading=_("Goods"), value="goods_minor", kind="money", sort=True),
        Column(
            key="delivery", heading=_("Delivery"), value="shipping_minor", kind="money", sort=True
        ),
        Column(
            key="total", heading=_("Total"), value="total_minor", kind="money", sort=[SUM],
            shown=False, strong=True,
        ),
        Column(
            key="undelivered", heading=_("Cannot be delivered"), value="undelivered_minor",
            kind="money", sort=True, shown=False,
        ),
        Column(
            key="tax", heading=_("VAT"), value="tax_minor", kind="money", sort=True, shown=False
        ),
        Column(
            key="state", heading=_("State"), value="state", sort=True,
            template="staff/orders/state_cell.html",
            export=lambda row: row.get_state_display(),
        ),
        common.region(),
        Column(
            key="method", heading=_("Payment method"), shown=False,
            value=lambda row: row.order.get_payment_method_display(),
            sort=["order__payment_method"],
        ),
        Column(
            key="payment", heading=_("Payment"), shown=False, sort=["order__payment_status"],
            value=lambda row: row.order.payment_in_words,
        ),
        Column(
            key="ship_by", heading=_("Send by"), value="ship_by_on", kind="date", sort=True,
            shown=False,
        ),
        Column(
            key="confirmed", heading=_("Confirmed"), value="confirmed_at", kind="moment",
            sort=True, nullable=True, shown=False,
        ),
        Column(
            key="cancelled", heading=_("Reason for cancellation"), value="why_cancelled",
            shown=False,
        ),
    ),
    filters=(
        Search(
            key="q", label=_("Order or tracking number, or cooperative"), finds=finds,
            split=common.terms_of,
        ),
        Choice(
            key="state", label=_("State"),
            choices=[
                *VendorOrderState.choices,
                ("open", pgettext_lazy("orders", "Something still to send")),
                ("short", _("Exceeding stock")),
                ("unseen", _("Not seen by the cooperative")),
            ],
            special={
                "open": queries.still_open,
                "short": queries.exceeding_stock,
                "unseen": queries.unseen,
            },
        ),
        DateRange(key="placed", label=_("Order date"), path="placed_at", is_moment=True),
        AmountRange(
            key="total", label=_("Total"), path="sum_minor", currency_key="currency",
            home=common.home_currency,
        ),
        common.currency(),
        common.by_cooperative(),
        common.by_region(),
        Choice(
            key="method", label=_("Payment method"), path="order__payment_method",
            choices=PaymentMethod.choices,
        ),
        Choice(
            key="market", label=_("Market"), path="order__market",
            choices=[(market.code, market.name) for market in MARKETS],
        ),
    ),
)  # fmt: skip
