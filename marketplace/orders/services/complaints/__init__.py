"""What may be done with a buyer's complaint: by the buyer, the cooperative, the mediator, a job."""

from marketplace.orders.services.complaints.ask import ask
from marketplace.orders.services.complaints.choosing import (
    accept_offer,
    ask_mediator,
    confirm_done,
    withdraw,
)
from marketplace.orders.services.complaints.deciding import (
    Decision,
    close_refunded,
    decide,
    reopen,
)
from marketplace.orders.services.complaints.overdue import close_or_pass_on_overdue
from marketplace.orders.services.complaints.replying import accept, offer, refuse
from marketplace.orders.services.complaints.settling import carried_out, confirm_returned

__all__ = [
    "Decision",
    "accept",
    "accept_offer",
    "ask",
    "ask_mediator",
    "carried_out",
    "close_or_pass_on_overdue",
    "close_refunded",
    "confirm_done",
    "confirm_returned",
    "decide",
    "offer",
    "refuse",
    "reopen",
    "withdraw",
]
