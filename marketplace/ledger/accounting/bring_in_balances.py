"""Books opening balances: assets and liabilities of a programme when its book begins."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.days import beginning_of
from marketplace.core.money import Money
from marketplace.ledger.chart import COOPERATIVE_ACCOUNTS, AccountCode, Cause
from marketplace.ledger.errors import CooperativeUnknown
from marketplace.ledger.models import LedgerTransaction
from marketplace.ledger.movement import About, Leg, Posting
from marketplace.ledger.permissions import require_permission
from marketplace.ledger.post import book_of, post_all
from vendors.models import Cooperative, Programme
from vendors.permissions import StaffPermission
from vendors.scoping import ProgrammeScope


class Opening(NamedTuple):
    """An opening balance: debit positive, credit negative."""

    code: AccountCode
    money: Money
    cooperative_id: UUID | None = None


@transaction.atomic
def bring_in_balances(
    *, programme: Programme, on: date, balances: Sequence[Opening], source: str, by: Actor
) -> list[LedgerTransaction]:
    """Book balances of a day against the account ``opening``, once for each day and account.

    Their difference remains on ``opening``: the programme's equity. Repeating the call changes
    nothing; other amounts for the same day raise KeyReused. Raises CooperativeUnknown if a
    cooperative's account names no cooperative of the programme; Forbidden.
    """
    require_permission(by, programme, StaffPermission.BOOKS_KEEP)
    book = book_of(programme.pk)
    known = set(
        Cooperative.objects.within(ProgrammeScope(programme.pk)).values_list("pk", flat=True)
    )
    moment = beginning_of(on, programme.time_zone)
    postings = []
    for code, money, owner in balances:
        if (owner in known) != (code in COOPERATIVE_ACCOUNTS):
            raise CooperativeUnknown
        key = f"opening:{book.pk}:{on}:{code.value}:{owner or ''}:{money.currency}"
        legs = [Leg(code, money), Leg(AccountCode.OPENING, -money)]
        about = About(cooperative_id=owner, memo=source[:200])
        postings.append(Posting(book, key, Cause.OPENING, legs, moment, on, about))
    post_all(postings)
    audit.record("books.open", book, by=by, on=str(on), balances=len(postings), source=source)
    keys = [posting.key for posting in postings]
    return list(book.transactions.filter(key__in=keys).order_by("id"))
