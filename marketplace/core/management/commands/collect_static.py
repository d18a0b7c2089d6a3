"""``twiza manage collect_static``: static files for an image, at its build."""

from typing import Any

from django.core.management.base import BaseCommand

from marketplace.core.static_files import collect_static_files


class Command(BaseCommand):
    """Unlike Django's ``collectstatic``, it records what it collected, for `serve`."""

    help = "Collect static files under names with their hash, unless they are current."
    requires_system_checks: list[str] = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        done = collect_static_files()
        self.stdout.write("Collected." if done else "Static files are current.")
