"""Why a bank's file is not imported."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import TwizaError


class StatementUnreadable(TwizaError):
    """The file is no statement, or not one that can be trusted; ``line`` and ``why`` say where."""

    code = "statement_unreadable"
    message = _("The bank's file cannot be read (line %(line)s: %(why)s). Nothing was recorded.")

    def __init__(self, why: object, line: int = 0) -> None:
        super().__init__(why=str(why), line=line)
