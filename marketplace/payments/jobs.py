"""What this room does by the clock (the schedule stands in ``marketplace/jobs.py``)."""

from marketplace.core.actors import Actor
from marketplace.payments import services
from marketplace.payments.invoices import issuing
from marketplace.payments.notices import take_in_notices

BY = Actor.system("payments sweep")


def pass_on_news() -> int:
    """A worker's loop: what providers tell, until the engine knows it."""
    told = take_in_notices() + services.tell_what_is_settled()
    return told + services.tell_received_transfers()


def give_money_back() -> int:
    """A worker's loop: refunds and payments that go back, until the engine has them."""
    return services.settle_open_refunds(by=BY) + services.settle_returns(by=BY)


def expire_transfers() -> int:
    """Give up orders whose bank transfer has not come in time."""
    return services.expire_transfers(by=BY)


def give_up_left_lying() -> int:
    """Close payments at providers that their buyers left lying."""
    return services.give_up_left_lying(by=BY)


def sweep() -> None:
    """Money that moved in the engine and of which no webhook told."""
    services.sweep_transactions()


def return_payments_without_order() -> int:
    """Give back payments of which no order came."""
    return services.return_payments_without_order(by=BY)


def charge_all_collected() -> int:
    """Tell the engine of the cash that carriers brought back."""
    return services.charge_all_collected()


def issue_due_invoices() -> int:
    """Buyers' invoices of what was paid, and credit notes of what was given back."""
    return issuing.issue_due_invoices(by=Actor.system("buyers' invoices"))
