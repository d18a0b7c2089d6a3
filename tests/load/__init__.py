"""Runs against a real Saleor, for figures and faults: each script says what it needs.

They speak to the shop by its own use cases, so Django is made ready before any of them is read.
"""

import os

import django

from marketplace.process import use_data_folder

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings")
if os.environ.get("TWIZA_DATA_DIR"):
    use_data_folder()
django.setup()
