from django.apps import AppConfig


class DirectSalesConfig(AppConfig):
    name = "marketplace.direct_sales"
    label = "direct_sales"
