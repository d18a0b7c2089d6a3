"""A pool of processes, for work that is too slow on one core.

Imports nothing that needs Django: a new process reads this file before Django is ready in it.
"""

import gc
import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context


def process_pool(count: int) -> ProcessPoolExecutor:
    """``count`` processes with Django set up for this process's database; close it after use."""
    from django.conf import settings

    url = settings.DATABASE_ADDRESS.url
    return ProcessPoolExecutor(count, get_context("spawn"), _make_ready, (url,))


def _make_ready(database_url: str) -> None:
    os.environ["DATABASE_URL"] = database_url
    import django

    django.setup()
    # These processes make few reference cycles and keep most objects: collecting garbage at the
    # usual rate took a quarter of their time.
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)
