"""What pages read of bank statements and their incoming entries."""

from uuid import UUID

from django.core.paginator import Page, Paginator

from marketplace.core.errors import NotFound
from marketplace.payments.models import BankEntry, EntryState, StagedBankStatement
from vendors.models import Programme

PAGE_SIZE = 25


def bank_entries(programme: Programme, *, state: str = "", page: int | str = 1) -> Page[BankEntry]:
    """Incoming bank entries, newest first; of one state if named."""
    found = BankEntry.objects.filter(programme=programme).select_related("transfer", "resolved_by")
    if state in EntryState.values:
        found = found.filter(state=state)
    return Paginator(found.order_by("-booked_on", "pk"), PAGE_SIZE).get_page(page)


def bank_entry(programme: Programme, entry_id: UUID) -> BankEntry:
    """One entry of a programme; raises NotFound."""
    found = BankEntry.objects.filter(programme=programme, pk=entry_id).first()
    if found is None:
        raise NotFound
    return found


def staged_statement(programme: Programme, statement_id: UUID) -> StagedBankStatement:
    """A bank's file that waits for its import; raises NotFound."""
    found = StagedBankStatement.objects.filter(programme=programme, pk=statement_id).first()
    if found is None:
        raise NotFound
    return found
