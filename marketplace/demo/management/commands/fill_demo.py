"""``twiza manage fill_demo``: completes the demo's world, then ends."""

import logging
import time
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from marketplace.demo.loader import fill_world, is_whole, prepare_rows, skip_step

logger = logging.getLogger(__name__)

PAUSE_SECONDS = 2.0
# Failures of a step before it is skipped.
PATIENCE = 5


class Command(BaseCommand):
    """Runs beside the worker, in a process of its own, so that neither waits for the other."""

    help = "Make what is still missing of the demo's world; may be stopped and started at any time."

    def handle(self, *_args: Any, **_options: Any) -> None:
        # A world that is open already was not given the stages of this version.
        prepare_rows()
        failures = 0
        while not is_whole():
            close_old_connections()
            try:
                made, failures = fill_world(), 0
            except Exception:
                logger.exception("A step of the demo's world failed; it is tried again")
                made, failures = 0, failures + 1
            if failures >= PATIENCE:
                skip_step()
                failures = 0
            if not made:
                time.sleep(PAUSE_SECONDS)
