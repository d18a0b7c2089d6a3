"""A child process that does not outlive the one that started it. Standard library only."""

import ctypes
import signal
import sys

PR_SET_PDEATHSIG = 1


def die_with_parent(sign: signal.Signals) -> None:
    """On Linux this process gets the signal when the one that started it is killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, sign)
