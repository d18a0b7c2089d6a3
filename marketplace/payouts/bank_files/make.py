"""Makes the bank files of an approved run, once; repeated calls return the same files."""

import hashlib
from collections.abc import Callable, Sequence

from django.db import transaction

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.ledger.permissions import require_permission
from marketplace.payouts.bank_files import pain001, transfer_csv
from marketplace.payouts.bank_files.names import UnpayableName
from marketplace.payouts.errors import (
    InvalidBankFile,
    PayerAccountMissing,
    RunChanged,
    WrongState,
)
from marketplace.payouts.models import (
    BankFile,
    FileFormat,
    PayoutLine,
    PayoutRun,
    Provider,
    RunState,
)
from marketplace.payouts.runs.digest import digest_of
from marketplace.payouts.runs.states import lines_to_pay, locked
from vendors.permissions import StaffPermission

_WRITERS: dict[FileFormat, tuple[str, Callable[[PayoutRun, Sequence[PayoutLine]], bytes]]] = {
    FileFormat.CSV: ("csv", transfer_csv.write),
    FileFormat.PAIN: ("xml", pain001.write),
    FileFormat.PAIN_OLD: ("v03.xml", pain001.write_old),
}


@transaction.atomic
def make_bank_file(*, run: PayoutRun, by: Actor) -> list[BankFile]:
    """The files of a run, one for each format; made by the first call.

    A file depends on the approved run alone, so that a call after a crash makes the same bytes.
    Raises WrongState, RunChanged, PayerAccountMissing, InvalidBankFile.
    """
    require_permission(by, run.programme, StaffPermission.PAYOUT_HANDLE)
    run = locked(run)
    if known := list(run.bank_files.order_by("format")):
        return known
    if run.state != RunState.APPROVED or run.provider != Provider.BANK_BATCH:
        raise WrongState
    if not run.programme.debtor_account:
        raise PayerAccountMissing
    lines = lines_to_pay(run)
    if digest_of(run, lines) != run.lines_hash:
        raise RunChanged
    made = [_make(run, format_, lines) for format_ in FileFormat]
    run.state = RunState.FILED
    run.save(update_fields=["state"])
    audit.record("payout.file", run, by=by, sha256={f.format: f.sha256 for f in made})
    return made


def _make(run: PayoutRun, format_: FileFormat, lines: Sequence[PayoutLine]) -> BankFile:
    ending, write = _WRITERS[format_]
    try:
        content = write(run, lines)
    except UnpayableName as error:
        raise InvalidBankFile(reason=str(error)) from error
    return BankFile.objects.create(
        run=run,
        format=format_,
        name=f"{run.reference}.{ending}",
        message_id=run.reference,
        content=content.decode("latin-1"),
        sha256=hashlib.sha256(content).hexdigest(),
    )
