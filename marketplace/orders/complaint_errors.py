"""What can go wrong with a buyer's complaint, with a message for the reader."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Forbidden, Invalid, NotFound, TwizaError


class TooManyClaimed(Invalid):
    """More units than arrived, or some of them are returned, refunded or complained about."""

    code = "too_many_claimed"
    message = _("Choose at least one item, and no more than arrived and are still to be settled.")


class TooLateToComplain(TwizaError):
    """The time for this reason is over."""

    code = "too_late_to_complain"
    message = _("For this reason the request was possible until %(day)s.")


class ConfirmedByBuyer(TwizaError):
    """The buyer has said that all of it arrived."""

    code = "confirmed_by_buyer"
    message = _("You confirmed that these parcels arrived. Choose another reason.")


class ComplaintNotFound(NotFound):
    """No such complaint, or it is not the caller's."""

    code = "complaint_not_found"


class ComplaintChanged(TwizaError):
    """The complaint is no longer in a state in which this may be done."""

    code = "complaint_changed"
    message = _("This request has changed in the meantime: see below what can be done now.")


class OfferNotPossible(Invalid):
    """A partial refund is above zero and below the price of the units."""

    code = "offer_not_possible"
    message = _("A partial refund is more than zero and less than %(most)s.")


class OtherMemberSettles(Forbidden):
    """A member of today, or one of the programme's staff, agrees to no refund."""

    code = "other_member_settles"
    message = _(
        "You joined less than a day ago or belong to the programme's staff: another member settles "
        "this request."
    )
