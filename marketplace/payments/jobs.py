"""What this room does by the clock (the schedule stands in ``marketplace/jobs.py``)."""

from procrastinate.contrib.django import app

from marketplace.core.actors import Actor
from marketplace.payments import services

BY = Actor.system("payments sweep")


@app.task(queueing_lock="payments-refunds")
def settle_open_refunds(timestamp: int) -> int:  # noqa: ARG001 -- given by the scheduler
    """Finish refunds whose answer was lost, and send those that were only asked for."""
    return services.settle_open_refunds(by=BY)


@app.task(queueing_lock="payments-returns")
def return_payments_without_order(timestamp: int) -> int:  # noqa: ARG001 -- given by the scheduler
    """Give back payments of which no order came."""
    return services.return_payments_without_order(by=BY)


@app.task(queueing_lock="payments-cash")
def charge_all_collected(timestamp: int) -> int:  # noqa: ARG001 -- given by the scheduler
    """Tell the engine of the cash that carriers brought back."""
    return services.charge_all_collected()
