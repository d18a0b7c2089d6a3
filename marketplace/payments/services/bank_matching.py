"""Match a bank's statement with awaited transfers.

An entry is matched automatically if its text has the reference of one awaited transfer and the
amount is exactly what is due. Everything else waits for a person.
"""

import re
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils import timezone

from marketplace.core.actors import Actor
from marketplace.core.audit import record
from marketplace.core.money import Money
from marketplace.orders.models import VendorOrder
from marketplace.payments.errors import AmountDiffers, EntryResolved, NoSuchTransfer
from marketplace.payments.models import BankEntry, BankTransfer, EntryState, TransferState
from marketplace.payments.services.bank_transfers import mark_received
from vendors.accounts import User
from vendors.models import Programme
from vendors.scoping import Crossing

# Banks cut, join and change marks: only letters and digits count.
REFERENCE = re.compile(r"TWZ([0-9A-Z]{4})([0-9A-Z]{4})")


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


def match_entry(entry: BankEntry, by: Actor) -> None:
    """Match a stored entry with the one awaited transfer that it pays exactly, if there is one."""
    (due,) = transfers_paid_by(entry.programme, [entry])
    if due is None:
        return
    with transaction.atomic():
        row = BankEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
        if row.state == EntryState.UNMATCHED and mark_received(due, by=by):
            _resolve(row, EntryState.MATCHED, by, transfer=due)


def transfers_paid_by(
    programme: Programme, entries: Sequence[BankEntry]
) -> list[BankTransfer | None]:
    """For each entry the one awaited transfer whose reference it names and whose amount it has."""
    named = [references_in(entry.remittance) for entry in entries]
    awaited = {t.reference: t for t in _awaited(programme, {r for each in named for r in each})}
    found: list[BankTransfer | None] = []
    for entry, references in zip(entries, named, strict=True):
        amount = (entry.amount_minor, entry.currency)
        due = {
            reference: transfer
            for reference in references
            if (transfer := awaited.get(reference))
            and (transfer.payment.amount_minor, transfer.payment.currency) == amount
        }
        found.append(next(iter(due.values())) if len(due) == 1 else None)
    return found


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
