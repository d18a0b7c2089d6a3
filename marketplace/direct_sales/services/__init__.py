"""Use cases of direct sales."""

from marketplace.direct_sales.services.add_document import add_document
from marketplace.direct_sales.services.cancel import cancel_sale
from marketplace.direct_sales.services.correct import correct_sale
from marketplace.direct_sales.services.record import record_sale
from marketplace.direct_sales.services.settle_stock import settle_now_or_later, settle_waiting

__all__ = [
    "add_document",
    "cancel_sale",
    "correct_sale",
    "record_sale",
    "settle_now_or_later",
    "settle_waiting",
]
