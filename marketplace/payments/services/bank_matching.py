"""Match a bank's statement with awaited transfers.

An entry is matched automatically if its text has the reference of one awaited transfer and the
amount is exactly what is due. Everything else waits for a person.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from django.db import transaction
from django.utils import timezone

from marketplace.core.actors import Actor
from marketplace.core.audit import record
from marketplace.core.money import Money
from marketplace.orders.models import VendorOrder
from marketplace.payments.bank_statements import Entry, Statement, read_statements
from marketplace.payments.errors import (
    AmountDiffers,
    BankStatementKnown,
    EntryResolved,
    NoSuchTransfer,
)
from marketplace.payments.models import (
    BankEntry,
    BankStatement,
    BankTransfer,
    EntryState,
    TransferState,
)
from marketplace.payments.services.bank_transfers import mark_received
from vendors.accounts import User
from vendors.models import Programme
from vendors.scoping import Crossing

# Banks cut, join and change marks: only letters and digits count.
REFERENCE = re.compile(r"TWZ([0-9A-Z]{4})([0-9A-Z]{4})")


def import_statement(*, programme: Programme, content: bytes, by: Actor) -> BankStatement:
    """Store incoming entries, each once, and match those that can be matched.

    Raises StatementUnreadable, and BankStatementKnown for the same file again.
    """
    statements = read_statements(content)
    fingerprint = hashlib.sha256(content).hexdigest()
    with transaction.atomic():
        kept, new = BankStatement.objects.get_or_create(
            programme=programme,
            file_hash=fingerprint,
            defaults={
                "account": statements[0].account[:40],
                "statement_ids": ", ".join(s.statement_id for s in statements)[:300],
                "imported_by": User.objects.of_actor(by),
            },
        )
        if not new:
            raise BankStatementKnown
        rows = [_row(kept, entry, mark) for entry, mark in _incoming(statements)]
        BankEntry.objects.bulk_create(rows, ignore_conflicts=True)
        record("bank_statement.imported", kept, by=by, entries=len(rows))
    for row in kept.entries.filter(state=EntryState.UNMATCHED).order_by("booked_on", "pk"):
        _match(row, by)
    return kept


def accept_entry(*, entry: BankEntry, reference: str, by: Actor) -> BankEntry:
    """Match an entry with the transfer of a reference; a surplus is for staff to return.

    Raises EntryResolved, NoSuchTransfer, and AmountDiffers when it does not cover the order.
    """
    with transaction.atomic():
        row = _open_entry(entry)
        found = next(iter(_awaited(row.programme, references_in(reference))), None)
        if found is None:
            raise NoSuchTransfer
        due = Money(found.payment.amount_minor, found.payment.currency)
        if row.currency != due.currency or row.amount_minor < due.amount_minor:
            raise AmountDiffers(due=f"{due.decimal} {due.currency}")
        if not mark_received(found, by=by):
            raise NoSuchTransfer
        _resolve(row, EntryState.MATCHED, by, transfer=found)
    return row


def set_entry_aside(*, entry: BankEntry, note: str, by: Actor) -> BankEntry:
    """Set aside an entry that is no buyer's payment; ``note`` says why. Raises EntryResolved."""
    with transaction.atomic():
        row = _open_entry(entry)
        _resolve(row, EntryState.SET_ASIDE, by, note=note)
    return row


def references_in(text: str) -> list[str]:
    """The references in a text, however a bank formats it."""
    plain = re.sub(r"[^0-9A-Z]", "", text.upper())
    return [f"TWZ-{first}-{last}" for first, last in REFERENCE.findall(plain)]


def _match(entry: BankEntry, by: Actor) -> None:
    due = [
        transfer
        for transfer in _awaited(entry.programme, references_in(entry.remittance))
        if (transfer.payment.amount_minor, transfer.payment.currency)
        == (entry.amount_minor, entry.currency)
    ]
    if len(due) != 1:
        return
    with transaction.atomic():
        row = BankEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
        if row.state == EntryState.UNMATCHED and mark_received(due[0], by=by):
            _resolve(row, EntryState.MATCHED, by, transfer=due[0])


def _awaited(programme: Programme, references: Iterable[str]) -> list[BankTransfer]:
    """Awaited transfers by their references, of orders in which the programme has a part."""
    found = BankTransfer.objects.select_related("payment").filter(
        reference__in=list(references), state=TransferState.WAITING
    )
    parts = VendorOrder.objects.crossing(Crossing.LEDGER_POSTING).filter(programme=programme)
    ours = set(
        parts.filter(order_id__in=[t.payment.order_id for t in found]).values_list(
            "order_id", flat=True
        )
    )
    return [transfer for transfer in found if transfer.payment.order_id in ours]


def _incoming(statements: list[Statement]) -> Iterator[tuple[Entry, str]]:
    """Incoming entries; two equal ones in one file are told apart by their number."""
    seen: Counter[str] = Counter()
    for statement in statements:
        for entry in statement.entries:
            if entry.is_credit and not entry.is_reversal and entry.amount_minor:
                content = entry.content_hash
                seen[content] += 1
                yield entry, f"{content}:{seen[content]}"


def _row(statement: BankStatement, entry: Entry, mark: str) -> BankEntry:
    return BankEntry(
        programme=statement.programme,
        statement=statement,
        mark=mark,
        booked_on=entry.booked_on,
        currency=entry.currency,
        amount_minor=entry.amount_minor,
        bank_reference=entry.bank_reference[:80],
        remittance=f"{entry.remittance} {entry.end_to_end_id}".strip()[:500],
        sender_name=entry.counterparty_name[:200],
        sender_account=entry.counterparty_iban[:60],
    )


def _open_entry(entry: BankEntry) -> BankEntry:
    row: BankEntry = BankEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    if row.state != EntryState.UNMATCHED:
        raise EntryResolved
    return row


def _resolve(
    row: BankEntry,
    state: EntryState,
    by: Actor,
    *,
    transfer: BankTransfer | None = None,
    note: str = "",
) -> None:
    row.state, row.transfer, row.note = state, transfer, note[:300]
    row.resolved_by, row.resolved_at = User.objects.of_actor(by), timezone.now()
    row.save(update_fields=["state", "transfer", "note", "resolved_by", "resolved_at"])
    record(f"bank_entry.{state}", row, by=by, note=row.note)
