"""Why a voucher is not taken, in the buyer's words; and why one cannot be made or stopped."""

from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import NotFound, TwizaError
from marketplace.core.formats import Format
from marketplace.core.money import Money


class VoucherProblem(TwizaError):
    """Base: a voucher takes nothing off here; nothing was charged."""

    code = "voucher"


class VoucherUnknown(VoucherProblem):
    """There is no such code."""

    code = "voucher_unknown"
    message = _("We do not know this code. Check how it is spelt.")


class VoucherNotYet(VoucherProblem):
    """Its period has not begun."""

    code = "voucher_not_yet"
    message = _("This voucher can be used from %(day)s.")

    def __init__(self, *, starts_at: datetime) -> None:
        self.starts_at = starts_at
        super().__init__(day=Format(get_language() or "en").day(starts_at.date()))


class VoucherEnded(VoucherProblem):
    """Its period is over, or it was stopped."""

    code = "voucher_ended"
    message = _("This voucher is no longer valid.")


class VoucherNotHere(VoucherProblem):
    """It is for other markets."""

    code = "voucher_not_here"
    message = _("This voucher is not for this country's shop.")


class VoucherNotForThese(VoucherProblem):
    """None of the goods are those that it is for."""

    code = "voucher_not_for_these"
    message = _("This voucher is not for any of the products in your basket.")


class VoucherBelowMinimum(VoucherProblem):
    """The goods that it is for cost too little together."""

    code = "voucher_below_minimum"
    message = _("The products that this voucher is for must cost at least %(least)s together.")

    def __init__(self, *, least: Money) -> None:
        self.least = least
        written = Format(get_language() or "en").money(least.amount_minor, least.currency)
        super().__init__(least=written)


class VoucherUsedUp(VoucherProblem):
    """Others had its last use."""

    code = "voucher_used_up"
    message = _("This voucher has been used as often as it can be.")


class VoucherUsedByYou(VoucherProblem):
    """It is for one use of each buyer, and this one had it."""

    code = "voucher_used_by_you"
    message = _("You have used this voucher already.")


class VoucherUnavailable(VoucherProblem):
    """The engine does not take vouchers from us now; tried again next time."""

    code = "voucher_unavailable"
    message = _("Vouchers cannot be used at the moment. Try again later, or buy without it.")
    retry = True


class VoucherTakenOut(VoucherProblem):
    """A voucher in the basket no longer holds: it was taken out before anything was paid."""

    code = "voucher_taken_out"
    message = _(
        "%(why)s It was taken out of your basket and nothing was charged. Check the new total."
    )


class VoucherGoneWhilePaying(VoucherProblem):
    """The engine gave its last use away after this buyer paid: the payment is refunded."""

    code = "voucher_gone_while_paying"
    message = _(
        "The voucher can no longer be used. You had already paid: you will be refunded in full "
        "automatically."
    )


class CodeTaken(TwizaError):
    """Another voucher has the code."""

    code = "voucher_code_taken"
    message = _("Another voucher has this code already. Choose another.")


class VoucherDecided(TwizaError):
    """It was confirmed, withdrawn or stopped meanwhile."""

    code = "voucher_decided"
    message = _("This voucher was decided on already.")


class VoucherNotFound(NotFound):
    """There is no such voucher here."""

    code = "voucher_not_found"
