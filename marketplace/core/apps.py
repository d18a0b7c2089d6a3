from django.apps import AppConfig

from marketplace.core import production


class CoreConfig(AppConfig):
    name = "marketplace.core"
    label = "core"

    def ready(self) -> None:
        production.register_checks()
