from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "marketplace.web.portal"
    label = "portal"
