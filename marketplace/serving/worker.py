"""What a worker process of the web server loads: the application, and its own end.

All pages are loaded before the first request, not by whoever asks first. A worker whose main
process was killed would go on with the port, and an older version with it.
"""

import signal
from importlib import import_module

from django.conf import settings

from marketplace.core.child_processes import die_with_parent
from marketplace.serving.application import application

__all__ = ["application"]

die_with_parent(signal.SIGKILL)
import_module(settings.ROOT_URLCONF)
