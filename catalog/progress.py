"""How far a long command is: one line that moves on a terminal, a line now and then in a log."""

from typing import TextIO

STEP = 500


def show_progress(stream: TextIO, done: int, total: int, noun: str) -> None:
    """Say ``done of total noun``; at the end the line is closed."""
    if stream.isatty():
        stream.write(f"\r{done} of {total} {noun}" + ("\n" if done >= total else ""))
    elif done >= total or done % STEP == 0:
        stream.write(f"{done} of {total} {noun}\n")
    stream.flush()
