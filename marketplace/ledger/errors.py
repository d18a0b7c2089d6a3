"""Why the ledger or its accounts refuse."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import TwizaError


class KeyReused(TwizaError):
    """The same cause was posted with other amounts: a programming error, never overwritten."""

    code = "ledger_key_reused"
    message = _("This movement was already booked with other amounts.")


class RateMissing(TwizaError):
    """No exchange rate is known for the day; add one and the event is tried again."""

    code = "exchange_rate_missing"
    message = _("There is no exchange rate from %(source)s to %(target)s for that day.")
    retry = True


class PeriodNotOver(TwizaError):
    """A day that is not over cannot be closed."""

    code = "period_not_over"
    message = _("This period has not ended yet. It can be closed from the day after its last day.")


class PeriodOutOfOrder(TwizaError):
    """A later day is closed already."""

    code = "period_out_of_order"
    message = _("This period is already closed.")


class BooksWrong(TwizaError):
    """The books do not agree: nothing is closed before that is explained."""

    code = "books_wrong"
    message = _("The ledger does not balance. Run “twiza ledger check” before closing.")


class DayIsClosed(TwizaError):
    """What holds on a day of a closed period is not changed any more."""

    code = "day_is_closed"
    message = _("The accounts are closed up to %(day)s. Choose a later date.")


class CooperativeUnknown(TwizaError):
    """An amount of a cooperative names none of the programme, or another amount names one."""

    code = "cooperative_unknown"
    message = _("An amount owed to a cooperative must name a cooperative of this programme.")


class OpeningsUnreadable(TwizaError):
    """Lines of a file of opening balances are wrong; ``problems`` has each with its reason."""

    code = "openings_unreadable"
    message = _("Nothing was booked. Correct the lines listed below and upload the file again.")

    def __init__(self, problems: list[tuple[int, str]]) -> None:
        super().__init__()
        self.problems = problems
