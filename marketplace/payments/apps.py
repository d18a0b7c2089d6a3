from django.apps import AppConfig
from django.conf import settings

from marketplace.core.production import refuse_in_production


class PaymentsConfig(AppConfig):
    name = "marketplace.payments"
    label = "payments"

    def ready(self) -> None:
        refuse_in_production(
            "test-payments",
            "The test payment provider is on: anyone could pay with a test card.",
            lambda: bool(settings.TEST_PAYMENTS),
        )
