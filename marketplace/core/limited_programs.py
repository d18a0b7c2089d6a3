"""Programs of ours that read a stranger's file in a process of their own, within limits.

The program sets its limits itself (memory, processor time) before it reads standard input.
"""

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO


class Ended(Exception):
    """The program was ended by its limits, or by our patience."""


def answer_of(program: Path, content: bytes, *, seconds: float) -> bytes:
    """What the program wrote; raises Ended.

    It is named by its path, so that it starts with no other of our modules than those which it
    imports itself.
    """
    answer: bytes = _run(program, content, seconds, subprocess.PIPE).stdout
    return answer


def file_of(program: Path, content: bytes, *, seconds: float) -> tuple[int, IO[bytes]]:
    """What the program wrote, as a temporary file to read, and its exit status; raises Ended.

    For answers that nobody should hold in memory; the program limits their size itself.
    """
    target = tempfile.TemporaryFile()  # noqa: SIM115 -- whoever asks closes it
    try:
        status = _run(program, content, seconds, target).returncode
    except Ended:
        target.close()
        raise
    target.seek(0)
    return status, target


def _run(
    program: Path, content: bytes, seconds: float, target: int | IO[bytes]
) -> subprocess.CompletedProcess[bytes]:
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(program)],
            input=content,
            stdout=target,
            stderr=subprocess.DEVNULL,
            check=False,
            timeout=seconds,
        )
    except subprocess.TimeoutExpired as error:
        raise Ended from error
    if done.returncode < 0:
        raise Ended
    return done
