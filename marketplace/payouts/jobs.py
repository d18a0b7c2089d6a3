"""Work of this room that runs by the clock; when, stands in ``marketplace/jobs.py``."""

from marketplace.core.actors import Actor
from marketplace.payouts.documents.issue_commission_invoices import issue_last_month
from marketplace.payouts.reconciliation.reconcile_books import reconcile_books
from marketplace.payouts.runs.prepare_due import prepare_due
from marketplace.payouts.runs.send import resume_sent_runs


def prepare_due_payouts() -> None:
    """Prepare the payouts that are due, as drafts for a person to look at."""
    prepare_due()


def resume_sent_payouts() -> None:
    """Pay what a provider could not pay before, and ask after what is on its way."""
    resume_sent_runs()


def reconcile() -> None:
    """Compare every book with the shop, the provider and the carriers."""
    reconcile_books()


def issue_commission_invoices() -> None:
    """Invoice the month that ended last, for each programme that has what an invoice needs."""
    issue_last_month(by=Actor.system("monthly invoices"))
