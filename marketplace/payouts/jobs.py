"""Scheduled jobs of this room; ``marketplace/jobs.py`` has their times."""

from marketplace.core.actors import Actor
from marketplace.payouts.documents.issue_commission_invoices import issue_last_month
from marketplace.payouts.reconciliation.reconcile_books import reconcile_books
from marketplace.payouts.runs.prepare_due import prepare_due
from marketplace.payouts.runs.send import resume_sent_runs


def prepare_due_payouts() -> None:
    """Prepare the payouts that are due, as drafts for review."""
    prepare_due()


def resume_sent_payouts() -> None:
    """Retry payments that a provider could not make, and poll those in transit."""
    resume_sent_runs()


def reconcile() -> None:
    """Reconcile every book with the engine, the card provider and the carriers."""
    reconcile_books()


def issue_commission_invoices() -> None:
    """Issue last month's commission invoices of each programme that is ready."""
    issue_last_month(by=Actor.system("monthly invoices"))
