"""Work of this room that runs by the clock; when, stands in ``marketplace/jobs.py``."""

from marketplace.core.actors import Actor
from marketplace.payouts.documents.commission_invoices import issue_last_month
from marketplace.payouts.reconciliation.daily import reconcile_books
from marketplace.payouts.runs.schedule import prepare_due
from marketplace.payouts.runs.sending import look_after_sent_runs


def prepare_due_payouts() -> None:
    """Prepare the payouts that are due, as drafts for a person to look at."""
    prepare_due()


def go_on_with_sent_payouts() -> None:
    """Pay what a provider could not pay before, and ask after what is on its way."""
    look_after_sent_runs()


def reconcile() -> None:
    """Compare every book with the shop, the provider and the carriers."""
    reconcile_books()


def issue_commission_invoices() -> None:
    """Invoice the month that ended last, for each programme that has what an invoice needs."""
    issue_last_month(by=Actor.system("monthly invoices"))
