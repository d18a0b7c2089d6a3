"""Downloads a bank file; each download is recorded."""

import hashlib

from django.db import transaction

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.ledger.permissions import require_permission
from marketplace.payouts.errors import (
    InvalidBankFile,
    WrongState,
)
from marketplace.payouts.models import (
    PayoutRun,
)
from vendors.permissions import StaffPermission


@transaction.atomic
def download_bank_file(*, run: PayoutRun, format_: str, by: Actor) -> tuple[str, bytes]:
    """Name and bytes of a file; the download is recorded in the audit log.

    Raises WrongState before the file was made, InvalidBankFile if its hash differs, Forbidden.
    """
    require_permission(by, run.programme, StaffPermission.PAYOUT_HANDLE)
    found = run.bank_files.filter(format=format_).first()
    if found is None:
        raise WrongState
    content = found.content.encode("latin-1")
    if hashlib.sha256(content).hexdigest() != found.sha256:
        raise InvalidBankFile(reason="hash")
    audit.record("payout.download", run, by=by, file=found.name, sha256=found.sha256)
    return found.name, content
