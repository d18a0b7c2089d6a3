"""The WSGI entry point."""

import os

from django.core.wsgi import get_wsgi_application

from marketplace.core import tracing

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings")
tracing.start("twiza-web")
application = get_wsgi_application()
