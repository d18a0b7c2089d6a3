"""What a person does with long jobs, and how the worker does them."""

from marketplace.long_jobs.services.asking import ask_again, ask_for
from marketplace.long_jobs.services.cancelling import cancel_job
from marketplace.long_jobs.services.noting import note_download, note_seen
from marketplace.long_jobs.services.running import run_long_jobs

__all__ = ["ask_again", "ask_for", "cancel_job", "note_download", "note_seen", "run_long_jobs"]
