"""A process of its own for each attempt: forked, so that it can be killed, and looked at after."""

import os
import signal
import sys
import traceback
from collections.abc import Callable

from django.db import connections


def in_child(act: Callable[[], None]) -> bool:
    """Run it in a forked process; true if it came to its end, false if it was killed.

    Raises AssertionError with the child's traceback when it failed otherwise.
    """
    connections.close_all()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        status = 0
        try:
            act()
            connections.close_all()
        except BaseException:  # noqa: BLE001 -- told to the parent
            os.write(writing, traceback.format_exc()[-6000:].encode())
            status = 1
        finally:
            sys.stdout.flush()
            os._exit(status)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        told = pipe.read().decode()
    _, code = os.waitpid(child, 0)
    if os.WIFSIGNALED(code):
        assert os.WTERMSIG(code) == signal.SIGKILL
        return False
    assert os.WEXITSTATUS(code) == 0, told
    return True
