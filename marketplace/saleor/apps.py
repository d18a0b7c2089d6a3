from django.apps import AppConfig
from django.conf import settings

from marketplace.core.production import refuse_in_production


class SaleorConfig(AppConfig):
    name = "marketplace.saleor"
    label = "saleor"

    def ready(self) -> None:
        refuse_in_production(
            "embedded-engine",
            "No SALEOR_API_URL: the embedded commerce engine would run the shop.",
            lambda: not settings.SALEOR_API_URL,
        )
