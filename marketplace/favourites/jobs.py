"""Scheduled work of this room; the schedule is in ``marketplace/jobs.py``."""

from marketplace.favourites.news import tell_news


def tell() -> None:
    """Tell of new products of followed cooperatives, at most once a week."""
    tell_news()
