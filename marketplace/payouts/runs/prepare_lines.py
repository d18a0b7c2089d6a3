"""The lines of a run that is being prepared."""

from collections.abc import Iterator
from datetime import date, datetime
from uuid import uuid4

from marketplace.ledger.models import Book
from marketplace.payouts.models import (
    BY_STRIPE,
    PayoutLine,
    PayoutRun,
    Provider,
)
from marketplace.payouts.runs.book_lines import BATCH_SIZE
from marketplace.payouts.runs.eligibility import Eligibility, assess
from marketplace.payouts.runs.payable_amounts import PayableAmount, withheld
from marketplace.payouts.runs.recipients import Recipient, recipients
from marketplace.payouts.runs.terms import PayoutTerms, find_terms
from vendors.models import Cooperative
from vendors.scoping import ProgrammeScope

# What a line keeps of how its amount comes about.
_BREAKDOWN = (
    *("sale_count", "gross_minor", "refunded_minor", "commission_minor", "tax_minor"),
    *("delivery_minor", "converted_minor", "corrected_minor", "returned_minor"),
    "brought_forward_minor",
)


def prepare_lines(
    run: PayoutRun, book: Book, found: list[PayableAmount], day: date, now: datetime
) -> Iterator[list[PayoutLine]]:
    """The lines of the run in the order of the cooperatives' names, some hundreds at a time."""
    scope, position = ProgrammeScope(run.programme_id), 0
    ordered = _in_order(scope, found)
    for start in range(0, len(ordered), BATCH_SIZE):
        chunk = ordered[start : start + BATCH_SIZE]
        known = recipients(scope, [share.cooperative_id for share in chunk])
        mine = [s for s in chunk if known[s.cooperative_id].provider == run.provider]
        terms = {
            s.cooperative_id: rule
            for s in mine
            if (rule := _terms(run, known[s.cooperative_id], day)) is not None
        }
        waiting = withheld(book, run.currency, until=day, terms=terms)
        lines = []
        for share in mine:
            position += 1
            recipient, rule = known[share.cooperative_id], terms.get(share.cooperative_id)
            back = waiting.get(share.cooperative_id, 0)
            eligibility = assess(run, share, recipient, rule, back, now)
            lines.append(_line(run, position, share, recipient, eligibility))
        yield lines


def _in_order(scope: ProgrammeScope, found: list[PayableAmount]) -> list[PayableAmount]:
    slugs = dict(Cooperative.objects.within(scope).values_list("pk", "slug"))
    mine = [share for share in found if share.cooperative_id in slugs]
    return sorted(mine, key=lambda share: slugs[share.cooperative_id])


def _terms(run: PayoutRun, recipient: Recipient, day: date) -> PayoutTerms | None:
    country = recipient.cooperative.country_code
    return find_terms(programme=run.programme.slug, country=country, currency=run.currency, on=day)


def _line(
    run: PayoutRun,
    position: int,
    share: PayableAmount,
    recipient: Recipient,
    eligibility: Eligibility,
) -> PayoutLine:
    line = PayoutLine(
        id=uuid4(),
        run=run,
        cooperative=recipient.cooperative,
        position=position,
        amount_minor=eligibility.payable_minor,
        **{name: getattr(share, name) for name in _BREAKDOWN},
        withheld_minor=max(0, share.amount_minor - eligibility.payable_minor),
        end_to_end_id=f"{run.reference}-{position:04d}",
        state=eligibility.state,
        reason=eligibility.reason,
    )
    _set_destination(line, run, recipient)
    return line


def _set_destination(line: PayoutLine, run: PayoutRun, recipient: Recipient) -> None:
    """Where the line is paid: an account at the provider, or a bank account if there is one."""
    if run.provider in BY_STRIPE:
        line.holder_name = recipient.cooperative.legal_name_latin
        line.destination = recipient.route.destination if recipient.route else ""
    elif (account := recipient.account) is not None:
        line.bank_account = account
        line.holder_name = recipient.cooperative.legal_name_latin
        line.account_number = account.number
        line.account_digits = account.last_digits
        line.account_bic = account.bic
        line.account_country = account.country_code
    elif run.provider == Provider.MANUAL:
        line.holder_name = recipient.cooperative.legal_name_latin
