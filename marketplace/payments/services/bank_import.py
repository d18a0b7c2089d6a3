"""Import a bank's statement: looked at first, then its incoming entries stored, each once."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from marketplace.core.actors import Actor
from marketplace.core.audit import record
from marketplace.payments.bank_statements import Entry, Statement, read_statements
from marketplace.payments.bank_statements.errors import BankBalancesDiffer
from marketplace.payments.errors import BankStatementKnown
from marketplace.payments.models import (
    BankEntry,
    BankStatement,
    BankTransfer,
    EntryState,
    StagedBankStatement,
)
from marketplace.payments.services.bank_matching import match_entry, transfers_paid_by
from vendors.accounts import User
from vendors.models import Programme

_KEPT_FOR = timedelta(days=1)


class Effect(models.TextChoices):
    """What importing a statement would do with one entry."""

    MATCHED = "matched", pgettext_lazy("bank entry", "pays an order")
    WAITS = "waits", pgettext_lazy("bank entry", "waits for you")
    KNOWN = "known", pgettext_lazy("bank entry", "already recorded")
    NOT_INCOMING = "not_incoming", pgettext_lazy("bank entry", "not recorded: no payment received")


@dataclass(frozen=True)
class PreviewedEntry:
    """An entry, what importing it would do, and the transfer that it pays."""

    entry: Entry
    effect: Effect
    transfer: BankTransfer | None = None


@dataclass(frozen=True)
class StatementPreview:
    """All entries of a file; ``is_balanced`` is None where the file has no balances."""

    statements: Sequence[Statement]
    rows: Sequence[PreviewedEntry]
    is_known: bool
    is_balanced: bool | None


def stage_statement(
    *, programme: Programme, content: bytes, name: str, by: Actor
) -> StagedBankStatement:
    """Store a file for its preview, for a day. Raises StatementUnreadable."""
    _read(programme, content)
    StagedBankStatement.objects.filter(staged_at__lt=timezone.now() - _KEPT_FOR).delete()
    return StagedBankStatement.objects.create(
        programme=programme,
        name=name[:120],
        content=content.decode("latin-1"),
        staged_by=User.objects.of_actor(by),
    )


def preview_statement(*, programme: Programme, content: bytes) -> StatementPreview:
    """What importing a file would do now; nothing changes. Raises StatementUnreadable."""
    statements = _read(programme, content)
    marks = {id(entry): mark for mark, entry in _incoming(statements)}
    known = set(
        BankEntry.objects.filter(programme=programme, mark__in=marks.values()).values_list(
            "mark", flat=True
        )
    )
    entries = [entry for statement in statements for entry in statement.entries]
    unmarked_or_known = {"", *known}
    new = [entry for entry in entries if marks.get(id(entry), "") not in unmarked_or_known]
    paid = transfers_paid_by(programme, [_row(programme, entry, "") for entry in new])
    transfers = {id(entry): transfer for entry, transfer in zip(new, paid, strict=True)}
    return StatementPreview(
        statements,
        [_previewed(entry, marks.get(id(entry)), transfers) for entry in entries],
        BankStatement.objects.filter(programme=programme, file_hash=_hash(content)).exists(),
        _is_balanced(statements),
    )


def import_statement(*, programme: Programme, content: bytes, by: Actor) -> BankStatement:
    """Store incoming entries, each once, and match those that can be matched.

    Raises StatementUnreadable, BankBalancesDiffer, and BankStatementKnown for the same file again.
    """
    statements = _read(programme, content)
    if _is_balanced(statements) is False:
        raise BankBalancesDiffer
    with transaction.atomic():
        kept, new = BankStatement.objects.get_or_create(
            programme=programme,
            file_hash=_hash(content),
            defaults={
                "account": statements[0].account[:40],
                "statement_ids": ", ".join(s.statement_id for s in statements)[:300],
                "imported_by": User.objects.of_actor(by),
            },
        )
        if not new:
            raise BankStatementKnown
        rows = [_row(programme, entry, mark, kept) for mark, entry in _incoming(statements)]
        BankEntry.objects.bulk_create(rows, ignore_conflicts=True)
        record("bank_statement.imported", kept, by=by, entries=len(rows))
    for row in kept.entries.filter(state=EntryState.UNMATCHED).order_by("booked_on", "pk"):
        match_entry(row, by)
    return kept


def _read(programme: Programme, content: bytes) -> list[Statement]:
    zone = ZoneInfo(programme.time_zone)
    return read_statements(content, zone=zone, currency=programme.base_currency)


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _is_balanced(statements: Sequence[Statement]) -> bool | None:
    told = [statement.is_complete for statement in statements]
    if False in told:
        return False
    return True if any(told) else None


def _incoming(statements: Sequence[Statement]) -> Iterator[tuple[str, Entry]]:
    """Incoming entries by their marks; two equal ones in one file are told apart by a number."""
    seen: Counter[str] = Counter()
    for statement in statements:
        for entry in statement.entries:
            if entry.is_credit and not entry.is_reversal and entry.amount_minor:
                content = entry.content_hash
                seen[content] += 1
                yield f"{content}:{seen[content]}", entry


def _previewed(
    entry: Entry, mark: str | None, transfers: dict[int, BankTransfer | None]
) -> PreviewedEntry:
    """``transfers`` has the new entries, by identity, with the transfers that they pay."""
    if mark is None:
        return PreviewedEntry(entry, Effect.NOT_INCOMING)
    if id(entry) not in transfers:
        return PreviewedEntry(entry, Effect.KNOWN)
    transfer = transfers[id(entry)]
    return PreviewedEntry(entry, Effect.MATCHED if transfer else Effect.WAITS, transfer)


def _row(
    programme: Programme, entry: Entry, mark: str, statement: BankStatement | None = None
) -> BankEntry:
    return BankEntry(
        programme=programme,
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
