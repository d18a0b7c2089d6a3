"""The Django app of the embedded engine."""

from django.apps import AppConfig


class EmbeddedConfig(AppConfig):
    """The engine's models; their tables begin with ``embedded_``."""

    name = "marketplace.embedded"
    label = "embedded"
