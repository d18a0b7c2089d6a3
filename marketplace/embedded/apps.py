from django.apps import AppConfig


class EmbeddedConfig(AppConfig):
    name = "marketplace.embedded"
    label = "embedded"
