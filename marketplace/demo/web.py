"""What the demo's web server loads: the whole shop, while its world is still being prepared.

The port is taken meanwhile, so whoever asks too early waits, and is answered when the world is
open. Static files are collected by then, too: the middleware that serves them lists them once.
"""

import signal
from importlib import import_module

import django
from django.conf import settings

from marketplace.core.collecting import collect_seldom
from marketplace.demo.folder import wait_until_open

# A demo that is stopped before it is open does not wait for this; the web server takes the signal
# over later.
signal.signal(signal.SIGTERM, signal.SIG_DFL)
collect_seldom()
django.setup()
import_module(settings.ROOT_URLCONF)
wait_until_open(settings.DATA_DIR)
application = import_module("marketplace.serving.worker").application
