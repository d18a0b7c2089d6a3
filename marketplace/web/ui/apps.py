from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "marketplace.web.ui"
    label = "ui"
