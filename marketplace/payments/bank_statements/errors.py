"""Why a bank's file is not imported."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import TwizaError


class StatementUnreadable(TwizaError):
    """The file is no statement, or not one that can be trusted; ``line`` and ``why`` say where."""

    code = "statement_unreadable"
    message = _("The bank's file cannot be read (line %(line)s: %(why)s). Nothing was recorded.")

    whole_message = _("The bank's file cannot be read: %(why)s. Nothing was recorded.")

    def __init__(self, why: object, line: int = 0) -> None:
        super().__init__(why=str(why), line=line)

    def __str__(self) -> str:
        """The line is named where the fault has one."""
        return super().__str__() if self.params["line"] else str(self.whole_message) % self.params


class BankBalancesDiffer(TwizaError):
    """The entries of a statement do not lead from its first balance to its last."""

    code = "bank_balances_differ"
    message = _(
        "The entries in this file do not add up to its balances, so some are missing or doubled. "
        "Nothing was recorded. Download the file from the bank again."
    )
