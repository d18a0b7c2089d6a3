"""Processes of our own for work that one core is too slow for.

Imports nothing that needs Django: a new process reads this file before Django is ready in it.
"""

import gc
import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context


def process_pool(count: int) -> ProcessPoolExecutor:
    """So many processes with Django ready, for the database of this one; close it after use."""
    from django.conf import settings

    url = settings.DATABASE_ADDRESS.url
    return ProcessPoolExecutor(count, get_context("spawn"), _make_ready, (url,))


def _make_ready(database_url: str) -> None:
    os.environ["DATABASE_URL"] = database_url
    import django

    django.setup()
    # What such a process makes has no cycles and much of it is kept: looking for garbage at the
    # usual pace was a quarter of the time.
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)
