from django.apps import AppConfig

from marketplace.core.production import warn_in_production


def _is_unapproved() -> bool:
    from catalog.markets import MARKETS
    from marketplace.legal.queries import missing_texts

    return bool(missing_texts(MARKETS))


class LegalConfig(AppConfig):
    name = "marketplace.legal"
    label = "legal"

    def ready(self) -> None:
        warn_in_production(
            "legal-texts",
            "Buyers read standard legal texts that nobody of the programme has approved.",
            "Publish your own on the staff page “Legal texts”; `twiza doctor` names which.",
            _is_unapproved,
        )
