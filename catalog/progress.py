"""Progress of a long command: an updated line on a terminal, occasional lines in a log."""

from typing import TextIO

STEP = 500


def show_progress(stream: TextIO, done: int, total: int, noun: str) -> None:
    """Show ``done of total noun``; ends the line when done."""
    if stream.isatty():
        stream.write(f"\r{done} of {total} {noun}" + ("\n" if done >= total else ""))
    elif done >= total or done % STEP == 0:
        stream.write(f"{done} of {total} {noun}\n")
    stream.flush()
