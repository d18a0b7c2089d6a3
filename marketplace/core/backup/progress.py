"""How a long command says what it is doing."""

from collections.abc import Callable

Progress = Callable[[str], None]
