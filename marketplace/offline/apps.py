from django.apps import AppConfig


class OfflineConfig(AppConfig):
    name = "marketplace.offline"
    label = "offline"
