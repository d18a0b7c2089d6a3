"""``twiza saleor install|plan|apply|status``: our App and the store at the engine."""

import getpass
import json
import os
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from marketplace.core.actors import Actor
from marketplace.core.errors import TwizaError
from marketplace.saleor import setup
from marketplace.saleor.installing import install
from marketplace.saleor.status import status

BY = Actor.system("twiza saleor")


class Command(BaseCommand):
    """Compare the store with the plan, make what is missing, or tell how things stand."""

    help = "Set the store up at Saleor (or at the embedded engine), and show what differs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "action",
            choices=["install", "plan", "apply", "status"],
            help="install: install our App there; plan: show what apply would do; apply: do it; "
            "status: installation and inbox",
        )
        parser.add_argument(
            "--email",
            default="",
            help="for install: an administrator of Saleor; the password is asked for, or taken "
            "from SALEOR_ADMIN_PASSWORD",
        )
        parser.add_argument("--json", action="store_true", help="for a program to read")

    def handle(self, *, action: str, **options: Any) -> None:
        actions = {"plan": _plan, "apply": _apply, "status": _status}
        try:
            result = _install(options["email"]) if action == "install" else actions[action]()
        except TwizaError as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(result, ensure_ascii=False, indent=2))
            return
        for key, value in result.items():
            if isinstance(value, list):
                self.stdout.write(f"{key}: {len(value)}")
                self.stdout.writelines(f"  {line}\n" for line in value)
            else:
                self.stdout.write(f"{key}: {value}")


def _install(email: str) -> dict[str, Any]:
    if not email:
        raise CommandError("--email is needed: an administrator of Saleor.")
    password = os.environ.get("SALEOR_ADMIN_PASSWORD") or getpass.getpass("Password: ")
    return {"installed now": install(email=email, password=password, by=BY)}


def _plan() -> dict[str, Any]:
    return {"to do": setup.plan()}


def _apply() -> dict[str, Any]:
    return {"done": setup.apply(by=BY).changes}


def _status() -> dict[str, Any]:
    return asdict(status())
