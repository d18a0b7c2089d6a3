"""What can go wrong with a review, with a message for the reader."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Invalid, NotFound, TwizaError


class ReviewNotFound(NotFound):
    """No such review, or it is not the caller's."""

    code = "review_not_found"


class NotReceived(TwizaError):
    """What has not arrived, came back unopened or never came cannot be reviewed."""

    code = "review_not_received"
    message = _("You can review a product once it has arrived.")


class TooLateToReview(TwizaError):
    """The time for a review is over."""

    code = "review_too_late"
    message = _("The time to review this product is over.")


class OwnProduct(TwizaError):
    """Members of a cooperative do not review what it sells."""

    code = "review_of_own_product"
    message = _("Members of a cooperative cannot review its own products.")


class ReviewedBefore(TwizaError):
    """The same buyer has reviewed the same product after another purchase."""

    code = "reviewed_before"
    message = _(
        "You have already reviewed this product with the order %(number)s. Change that review on "
        "the page of that order."
    )


class NoStars(Invalid):
    """A review without one to five stars."""

    code = "review_without_stars"
    message = _("Choose one to five stars.")


class ReviewTooLong(Invalid):
    """Words above the limit of their length."""

    code = "review_too_long"
    message = _("A review has at most 2,000 characters.")


class AnsweredBefore(TwizaError):
    """The cooperative answers a review once; again only after it was changed."""

    code = "review_answered"
    message = _("This review is answered already.")


class NotShown(TwizaError):
    """Only a review that the shop shows can be answered or reported."""

    code = "review_not_shown"
    message = _("The shop does not show this review.")


class AddressInAnswer(Invalid):
    """A public answer names a way around the shop."""

    code = "address_in_review_answer"
    message = _("Leave out telephone numbers, e-mail addresses and links: everybody reads this.")


class ReportedBefore(TwizaError):
    """The same reader has a report of this review that waits for staff."""

    code = "review_reported"
    message = _("You have already reported this review. The programme will look at it.")


class ReviewDecided(TwizaError):
    """Somebody else changed or decided on it meanwhile."""

    code = "review_changed"
    message = _("This review was changed meanwhile. Read it again before you decide.")
