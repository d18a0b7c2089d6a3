from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "marketplace.web.accounts"
    label = "accounts"

    def ready(self) -> None:
        from marketplace.web.accounts import sessions, signals

        sessions.connect()
        signals.connect()
