"""Errors of direct sales, with messages for the person who can act on them."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Invalid, NotFound, TwizaError


class SaleNotFound(NotFound):
    """No such sale or product, or it belongs to another cooperative."""

    code = "direct_sale_not_found"


class NotSold(NotFound):
    """The product is not in the shop, so that it has no stock to sell from."""

    code = "direct_sale_not_sold"


class ImpossibleSale(Invalid):
    """Something of it cannot be; ``errors`` maps a field to a message."""

    code = "direct_sale_impossible"
    message = _("Some fields need correcting.")


class OtherSaleRecorded(TwizaError):
    """The key is that of a sale which said something else: nothing new was recorded."""

    code = "direct_sale_recorded_otherwise"
    message = _(
        "This sale is recorded already, with other details. Correct it, or start a new one."
    )

    def __init__(self, sale_id: object) -> None:
        self.sale_id = sale_id
        super().__init__()


class AlreadyCancelled(TwizaError):
    """A cancelled sale is not corrected any more."""

    code = "direct_sale_cancelled"
    message = _("This sale is cancelled. Record it again if it did take place.")


class ChangedMeanwhile(TwizaError):
    """Somebody else corrected it since the page was opened."""

    code = "direct_sale_changed"
    message = _("Someone has corrected this sale in the meantime. Check it and try again.")


class ReasonMissing(TwizaError):
    """A correction or cancellation without a reason."""

    code = "direct_sale_reason_missing"
    message = _("Say why, for example: wrong quantity.")


class TooManyDocuments(TwizaError):
    """A sale has at most so many documents."""

    code = "direct_sale_too_many_documents"
    message = _("This sale has all the documents that it can have: %(most)s.")
