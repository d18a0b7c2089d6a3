"""Scheduled work of this room; the schedule is in ``marketplace/jobs.py``."""

from marketplace.reviews.ratings import recount_all
from marketplace.reviews.services.asking import ask_for_reviews


def ask() -> None:
    """Ask buyers for a review of what arrived."""
    ask_for_reviews()


def settle_scores() -> None:
    """Bring scores up to date: after a new rule, and where a listing's page was made anew."""
    recount_all()
