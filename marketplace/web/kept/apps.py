from django.apps import AppConfig


class KeptConfig(AppConfig):
    name = "marketplace.web.kept"
    label = "kept"
