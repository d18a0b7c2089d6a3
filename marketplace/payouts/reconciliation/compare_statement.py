"""Compares an uploaded bank statement with the book; the file is not stored."""

import hashlib
from zoneinfo import ZoneInfo

from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.ledger.permissions import require_permission
from marketplace.ledger.post import book_of
from marketplace.payments.bank_statements import read_statements
from marketplace.payouts.errors import WrongBankStatement
from marketplace.payouts.reconciliation.bank import bank_differences
from marketplace.payouts.reconciliation.models import Counterpart
from marketplace.payouts.reconciliation.note_differences import note_differences
from vendors.models import Programme
from vendors.permissions import StaffPermission


def compare_statement(*, programme: Programme, content: bytes, by: Actor) -> int:
    """Compare a camt.053 or CSV statement with the book; returns how many differences are open.

    Raises StatementUnreadable, WrongBankStatement (of another account), Forbidden.
    """
    require_permission(by, programme, StaffPermission.BOOKS_KEEP)
    zone = ZoneInfo(programme.time_zone)
    found = read_statements(content, zone=zone, currency=programme.base_currency)
    own = _plain(programme.debtor_account)
    if any(each.account and own and _plain(each.account) not in own for each in found):
        raise WrongBankStatement
    book = book_of(programme.pk)
    count = note_differences(book, Counterpart.BANK, bank_differences(book, found), timezone.now())
    digest = hashlib.sha256(content).hexdigest()
    audit.record("books.compare", book, by=by, sha256=digest, differences=count)
    return count


def _plain(number: str) -> str:
    return "".join(character for character in number if character.isalnum())
