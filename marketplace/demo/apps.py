from django.apps import AppConfig
from django.conf import settings

from marketplace.core.production import refuse_in_production


class DemoConfig(AppConfig):
    name = "marketplace.demo"
    label = "demo"

    def ready(self) -> None:
        refuse_in_production(
            "demo-data",
            "This database holds the demo world (invented cooperatives and orders).",
            self._holds_demo_world,
        )
        refuse_in_production(
            "demo-codes",
            "Accounts of this database have the demo's second factor, whose codes a command tells.",
            self._holds_demo_codes,
        )

    def _holds_demo_world(self) -> bool:
        from marketplace.demo.models import DemoProgress

        return bool(settings.DEMO) or DemoProgress.objects.exists()

    def _holds_demo_codes(self) -> bool:
        from marketplace.demo.codes import are_known

        return are_known()
