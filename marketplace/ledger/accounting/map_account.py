"""Sets the number and label of an account in the programme's own chart."""

from datetime import date

from django.db import transaction

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.ledger.accounting.periods import closed_until
from marketplace.ledger.chart import AccountCode
from marketplace.ledger.errors import DayIsClosed
from marketplace.ledger.models import MappedAccount
from marketplace.ledger.permissions import require_permission
from marketplace.ledger.post import book_of
from vendors.models import Programme
from vendors.permissions import StaffPermission


@transaction.atomic
def map_account(
    *,
    programme: Programme,
    code: AccountCode,
    number: str,
    label: str,
    valid_from: date,
    source: str,
    by: Actor,
) -> MappedAccount:
    """Set the number and label of an account in the programme's chart from a day on.

    Raises DayIsClosed for a day in a closed period, Forbidden.
    """
    require_permission(by, programme, StaffPermission.BOOKS_KEEP)
    book = book_of(programme.pk)
    closed = closed_until(book)
    if closed is not None and valid_from <= closed:
        raise DayIsClosed(day=closed)
    row, _made = MappedAccount.objects.update_or_create(
        book=book,
        code=code,
        valid_from=valid_from,
        defaults={"number": number, "label": label, "source": source},
    )
    audit.record("books.map", row, by=by, code=code.value, number=number, source=source)
    return row
