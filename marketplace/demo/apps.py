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

    def _holds_demo_world(self) -> bool:
        from marketplace.demo.models import DemoProgress

        return bool(settings.DEMO) or DemoProgress.objects.exists()
