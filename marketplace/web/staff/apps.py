from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "marketplace.web.staff"
    label = "staff"
