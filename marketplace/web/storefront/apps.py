from django.apps import AppConfig


class StorefrontConfig(AppConfig):
    name = "marketplace.web.storefront"
    label = "storefront"
