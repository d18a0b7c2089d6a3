from django.apps import AppConfig


class ImpactConfig(AppConfig):
    name = "marketplace.impact"
    label = "impact"
