from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "marketplace.web.api"
    label = "api"
