"""Being interrupted: the database refuses in the middle of something, as when a process dies."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import connection, transaction

Made = TypeVar("Made")


class Interrupted(Exception):
    """What would have been written next was not."""


@contextmanager
def interrupted(at_write: int) -> Iterator[None]:
    """Let so many statements that write through; the next one raises Interrupted."""
    written = 0

    def refuse(execute: Any, sql: str, *rest: Any) -> Any:
        nonlocal written
        if sql.lstrip().startswith(("INSERT", "UPDATE", "DELETE")) or "ledger_write" in sql:
            if written == at_write:
                raise Interrupted
            written += 1
        return execute(sql, *rest)

    with connection.execute_wrapper(refuse):
        yield


def insisting(act: Callable[[], Made], cut: int | None, snapshot: Callable[[], Any]) -> Made:
    """Do something; if it is to be cut, see that nothing of it stayed, and do it again."""
    if cut is not None:
        before = snapshot()
        try:
            with interrupted(cut), transaction.atomic():
                return act()
        except Interrupted:
            assert snapshot() == before
    return act()
