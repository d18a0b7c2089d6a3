"""Errors of the ledger and its accounting periods."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import TwizaError


class KeyReused(TwizaError):
    """A key was posted before with other amounts: a programming error, nothing is overwritten."""

    code = "ledger_key_reused"
    message = _("This movement was already booked with other amounts.")


class RateMissing(TwizaError):
    """No exchange rate is known for the day; once one is added, a retry succeeds."""

    code = "exchange_rate_missing"
    message = _("There is no exchange rate from %(source)s to %(target)s for that day.")
    retry = True


class PeriodNotOver(TwizaError):
    """The period's last day is not over."""

    code = "period_not_over"
    message = _("This period has not ended yet. It can be closed from the day after its last day.")


class PeriodOutOfOrder(TwizaError):
    """The period, or a later one, is closed already."""

    code = "period_out_of_order"
    message = _("This period is already closed.")


class BooksWrong(TwizaError):
    """The checks of the books found violations."""

    code = "books_wrong"
    message = _("The ledger does not balance. Run “twiza ledger check” before closing.")


class DayIsClosed(TwizaError):
    """The day is in a closed period."""

    code = "day_is_closed"
    message = _("The accounts are closed up to %(day)s. Choose a later date.")


class CooperativeUnknown(TwizaError):
    """A cooperative's account names no cooperative of the programme, or another account does."""

    code = "cooperative_unknown"
    message = _("An amount owed to a cooperative must name a cooperative of this programme.")


class OpeningsUnreadable(TwizaError):
    """A file of opening balances has invalid lines; ``problems`` has (line, reason)."""

    code = "openings_unreadable"
    message = _("Nothing was booked. Correct the lines listed below and upload the file again.")

    def __init__(self, problems: list[tuple[int, str]]) -> None:
        super().__init__()
        self.problems = problems
