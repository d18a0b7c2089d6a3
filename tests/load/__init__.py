"""Runs against a real Saleor, for figures and faults: each script says what it needs.

They speak to the shop by its own use cases, so Django is made ready before any of them is read.
"""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings")
django.setup()
