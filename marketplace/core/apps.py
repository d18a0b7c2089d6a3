from django.apps import AppConfig

from marketplace.core import production
from marketplace.core.temporary_files import settle_temporary_folder


class CoreConfig(AppConfig):
    name = "marketplace.core"
    label = "core"

    def ready(self) -> None:
        # Fields of encrypted columns are known only once all models are.
        from marketplace.core.keys import refusals

        settle_temporary_folder()
        production.register_checks()
        refusals.register_checks()
