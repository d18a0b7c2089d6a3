"""Scheduled work of this room (the schedule is in ``marketplace/jobs.py``)."""

from marketplace.core.actors import Actor
from marketplace.payments import services
from marketplace.payments.invoices import issuing
from marketplace.payments.provider_notifications import handle_notifications
from marketplace.saleor.sweeps import UNDER_WAY, is_behind

BY = Actor.system("payments sweep")


def handle_provider_news() -> int:
    """A worker's loop: handle what providers said, and report it to the engine."""
    told = handle_notifications() + services.report_settled_payments()
    return told + services.report_received_transfers()


def send_refunds() -> int:
    """A worker's loop: refunds and returned payments, until the engine has made them."""
    return services.settle_open_refunds(by=BY) + services.settle_returns(by=BY)


def expire_transfers() -> int:
    """Cancel orders whose bank transfer did not arrive in time."""
    return services.expire_transfers(by=BY)


def expire_refund_proposals() -> int:
    """End proposed refunds that nobody confirmed in time."""
    return services.expire_refund_proposals(by=BY)


def refund_complaints() -> int:
    """Write down refunds of complaints that had to wait, as for cash that a carrier had.

    And of what was refused before its card was charged.
    """
    return services.request_due_refunds() + services.request_due_refusals()


def close_abandoned_payments() -> int:
    """Close abandoned external payments."""
    return services.close_abandoned_payments(by=BY)


def sweep() -> None:
    """Find payments that changed in the engine without a webhook."""
    if not is_behind():
        services.sweep_transactions(young=UNDER_WAY)


def return_payments_without_order() -> int:
    """Return payments without an order."""
    return services.return_payments_without_order(by=BY)


def charge_all_collected() -> int:
    """Charge in the engine the cash that carriers remitted."""
    return services.charge_all_collected()


def issue_due_invoices() -> int:
    """Buyers' invoices of what was paid, and credit notes of what was given back."""
    return issuing.issue_due_invoices(by=Actor.system("buyers' invoices"))
