"""What a worker process of the web server loads: the application, and its own end.

All pages are loaded before the first request, not by whoever asks first, and so is what speaks to
the engine. A worker whose main process was killed would go on with the port, and an older version
with it.
"""

import signal
from importlib import import_module

from django.conf import settings

from marketplace.core.child_processes import die_with_parent
from marketplace.core.collecting import collect_seldom, keep_loaded

die_with_parent(signal.SIGKILL)
collect_seldom()
application = import_module("marketplace.serving.application").application
import_module(settings.ROOT_URLCONF)
import_module("marketplace.saleor.transport").engine_transport()
keep_loaded()
