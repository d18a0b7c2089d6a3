"""What each kind of command does, by the services of the rooms below."""

from django.utils.translation import gettext as _

from catalog.errors import StockChanged
from catalog.services import correct_stock
from marketplace.core.versions import last_entry
from marketplace.direct_sales.queries import find_product
from marketplace.direct_sales.remarks import remarks_of
from marketplace.direct_sales.services import record_sale
from marketplace.direct_sales.services.settle_stock import settle
from marketplace.direct_sales.wanted import Wanted
from marketplace.offline.answers import DONE, Answer
from marketplace.offline.commands import Command, Count, Draft, Sale
from marketplace.offline.errors import CountedOtherwise
from marketplace.offline.services.drafts import change_draft, start_draft
from vendors.permissions import MemberPermission
from vendors.policy import MemberAccess

# The kinds that only write our own tables.
WRITTEN = frozenset({"draft", "edit"})


def do(access: MemberAccess, command: Command) -> Answer:
    """Do a command; raises Forbidden without its permission, Conflict, and what services raise."""
    if isinstance(command, Sale):
        access.require(MemberPermission.SALE_RECORD)
        return _sell(access, command)
    if isinstance(command, Count):
        access.require(MemberPermission.STOCK_EDIT)
        return _count(access, command)
    access.require(MemberPermission.LISTING_EDIT)
    if isinstance(command, Draft):
        return start_draft(access, command)
    return change_draft(access, command)


def _sell(access: MemberAccess, command: Sale) -> Answer:
    sale = record_sale(
        cooperative=access.cooperative,
        key=command.key,
        variant_id=command.variant,
        wanted=Wanted(
            quantity=command.quantity,
            unit_price_minor=command.unit_price_minor,
            paid_by=command.paid_by,
            place=command.place,
            sold_at=command.sold_at,
        ),
        by=access.by,
    )
    words = remarks_of(access.scope, sale)
    counted = last_entry(sale.variant, "stock.corrected")
    if counted is not None and counted.at > sale.sold_at:
        words.append(
            _("The stock was counted after this sale and before it was sent. Count it again.")
        )
    return Answer(DONE, words, {"sale": str(sale.pk), "short": sale.short})


def _count(access: MemberAccess, command: Count) -> Answer:
    """Set what was counted, if the shop's number is the one that the phone expected.

    Sales of which the engine does not know yet come first: they were before the count. A number
    that is already the counted one stays.
    """
    find_product(access.cooperative, command.variant)
    settle(command.variant)
    try:
        correct_stock(
            variant_id=command.variant,
            quantity=command.quantity,
            seen=command.seen,
            scope=access.scope,
            by=access.by,
        )
    except StockChanged as changed:
        facts = {name: changed.params[name] for name in ("seen", "now", "entered")}
        raise CountedOtherwise(facts) from changed
    return Answer(DONE, [], {"quantity": command.quantity})
