from django.apps import AppConfig


class DashboardConfig(AppConfig):
    name = "marketplace.web.dashboard"
    label = "dashboard"
