"""Scheduled work of this room; the schedule is in ``marketplace/jobs.py``."""

from marketplace.orders.buyer_keys import fill_in_keys
from marketplace.orders.services.baskets import purge_baskets
from marketplace.orders.services.cancel import finish_cancellations
from marketplace.orders.services.collect import finish_collections
from marketplace.orders.services.complaints import close_or_pass_on_overdue
from marketplace.orders.services.erasure import purge_personal_data
from marketplace.orders.services.look_up import purge_lookups
from marketplace.orders.services.record_delivery import apply_time_out
from marketplace.orders.services.record_return import finish_returns
from marketplace.orders.services.refuse import finish_refusals
from marketplace.orders.services.remind_to_collect import remind_to_collect
from marketplace.orders.services.ship import finish_parcels
from marketplace.orders.services.stock_check import mark_short_orders
from marketplace.orders.services.tell_of_late import tell_of_late_parcels
from marketplace.orders.services.tracking_links import purge_links
from marketplace.orders.sweeps import finish_checkouts, sweep_orders
from marketplace.saleor.sweeps import UNDER_WAY, is_behind


def sweep() -> None:
    """Project orders that changed in the engine without a webhook."""
    if not is_behind():
        sweep_orders(young=UNDER_WAY)


def finish_what_was_begun() -> None:
    """Finish checkouts, parcels, returns, refusals and cancellations whose answer was lost."""
    finish_checkouts()
    finish_parcels()
    finish_collections()
    finish_returns()
    finish_refusals()
    finish_cancellations()


def check_stock() -> None:
    """Mark orders beyond the stock."""
    mark_short_orders()


def time_out() -> None:
    """Record parcels shipped long ago without a complaint as delivered."""
    apply_time_out()


def tell_of_late() -> None:
    """Mail buyers whose parcels are late, or who have not collected their orders."""
    tell_of_late_parcels()
    remind_to_collect()


def move_complaints_on() -> None:
    """Pass complaints on, or close them, whose date has passed."""
    close_or_pass_on_overdue()


def purge() -> None:
    """Delete expired baskets, links and look-ups, and buyers' data past its retention."""
    purge_baskets()
    purge_links()
    purge_lookups()
    purge_personal_data()


def key_addresses() -> None:
    """Let buyers find their earlier orders by the address that they prove."""
    fill_in_keys()
