"""How a long command says which step it is at."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

Progress = Callable[[str], None]
_BEGIN_ANEW = "\r\x1b[K"


def say_nothing(_step: str) -> None:
    """The progress of a command that nobody watches."""


@contextmanager
def steps(stream: TextIO) -> Iterator[Progress]:
    """Say each step: on a terminal in one line, which is empty again at the end; else a line each.

    Nothing is written when no step is said.
    """
    on_terminal = stream.isatty()

    def say(step: str) -> None:
        stream.write(f"{_BEGIN_ANEW}{step}" if on_terminal else f"{step}\n")
        stream.flush()
        said.append(step)

    said: list[str] = []
    try:
        yield say
    finally:
        if on_terminal and said:
            stream.write(_BEGIN_ANEW)
            stream.flush()
