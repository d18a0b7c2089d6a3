from django.apps import AppConfig


class MovingConfig(AppConfig):
    name = "marketplace.moving"
    label = "moving"
