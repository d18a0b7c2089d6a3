"""What pages read of bank statements and their incoming entries."""

from uuid import UUID

from django.db.models import QuerySet

from marketplace.core.errors import NotFound
from marketplace.payments.models import BankEntry, StagedBankStatement
from vendors.models import Programme


def bank_entries(programme: Programme) -> QuerySet[BankEntry]:
    """Incoming bank entries, for a list."""
    return BankEntry.objects.filter(programme=programme).select_related("transfer", "resolved_by")


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
