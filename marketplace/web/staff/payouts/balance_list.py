"""The list of what each cooperative has: a row for each of its currencies."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from marketplace.payouts.balances import cooperative_balances as balances
from marketplace.web.lists.columns import Column
from marketplace.web.lists.declared import RowList
from marketplace.web.lists.filters import Choice, Choices, Rows, Search
from marketplace.web.staff.access import StaffAccess
from marketplace.web.staff.cooperatives.cooperative_list import finds
from marketplace.web.staff.lists import common
from vendors import queries
from vendors.models import Cooperative


@dataclass(frozen=True)
class Row:
    """A cooperative's balance in one currency."""

    cooperative: Cooperative
    balance: balances.CurrencyBalance


def rows(access: StaffAccess) -> Rows:
    """The cooperatives within the scope."""
    return queries.cooperative_rows(access.scope).select_related("programme")


def dress(found: list[Cooperative], access: StaffAccess) -> list[Row]:
    """The balances of some cooperatives, by a number of queries that does not grow with them."""
    shown = balances.balances_of_all(access.scope, found)
    return [Row(each.cooperative, balance) for each in shown for balance in each.balances]


def in_state(rows: Rows, access: StaffAccess, state: str) -> Rows:
    """The cooperatives with something in a state."""
    return rows.filter(pk__in=balances.filtered_by(access.scope, state))


def _amount(key: str, heading: Any, attribute: str, **more: Any) -> Column:
    return Column(
        key=key, heading=heading, value=f"balance.{attribute}", kind="money",
        currency="balance.currency", **more,
    )  # fmt: skip


CHOICES: Choices = [
    ("negative", _("with a negative balance")),
    ("available", _("with an available amount")),
    ("held", _("with a pending amount")),
    ("in_run", _("being paid")),
    ("disputed", _("with a disputed amount")),
    ("on_hold", _("put on hold by the programme")),
]


@dataclass(frozen=True, kw_only=True)
class StateChoice(Choice):
    """What the balances are narrowed to; the rows of one state are asked of the ledger."""

    narrowing: Callable[[Rows, Any, str], Rows]

    def narrow(self, rows: Rows, cleaned: Any, access: Any) -> Rows:
        """The cooperatives with something in the chosen state."""
        state = cleaned.get(self.key)
        return partial(self.narrowing, rows, access)(state) if state else rows


BALANCES = RowList(
    name="cooperatives-money",
    title=_("Cooperative balances"),
    permission="payout:read",
    rows=rows,
    dress=dress,
    default="cooperative",
    columns=(
        Column(
            key="cooperative", heading=_("Cooperative"), value="cooperative.legal_name",
            sort=["legal_name"], link=common.link("cooperative-money", slug="cooperative.slug"),
        ),
        _amount("held", _("Pending"), "held_minor"),
        _amount("available", _("Available"), "released_minor"),
        _amount("payable", _("Payable now"), "payable_minor", strong=True),
        _amount("in_run", _("Being paid"), "in_run_minor"),
        _amount("disputed", _("Disputed"), "disputed_minor"),
        _amount("paid", _("Paid to date"), "paid_minor"),
        Column(
            key="reason", heading=_("Reason for waiting"), value="balance.why",
            template="staff/payouts/reason_cell.html",
        ),
        Column(
            key="region", heading=_("Region"), sort=["region_code"], shown=False,
            value=lambda row: common.region_label(row.cooperative.region_code),
        ),
    ),
    filters=(
        Search(key="q", label=_("Name or place"), finds=finds, split=common.terms_of),
        StateChoice(key="only", label=_("Show only"), choices=CHOICES, narrowing=in_state),
        common.by_region(""),
    ),
)  # fmt: skip
