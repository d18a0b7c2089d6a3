"""What a worker process of the web server loads: the application, and its own end.

A worker whose main process was killed would go on with the port, and an older version with it.
"""

import signal

from marketplace.core.child_processes import die_with_parent
from marketplace.serving.application import application

__all__ = ["application"]

die_with_parent(signal.SIGKILL)
