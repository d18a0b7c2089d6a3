"""Programs of ours that read a stranger's file in a process of their own, within limits.

The program sets its limits itself (memory, processor time) before it reads standard input.
"""

import subprocess
import sys
from pathlib import Path


class Ended(Exception):
    """The program was ended by its limits, or by our patience."""


def answer_of(program: Path, content: bytes, *, seconds: float) -> bytes:
    """What the program wrote; raises Ended.

    It is named by its path, so that it starts without any other of our modules.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(program)],
            input=content,
            capture_output=True,
            check=False,
            timeout=seconds,
        )
    except subprocess.TimeoutExpired as error:
        raise Ended from error
    if done.returncode < 0:
        raise Ended
    return done.stdout
