"""``twiza saleor install|rotate|plan|apply|status``: our App and the store in the engine."""

import getpass
import json
import os
import sys
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from marketplace.core.actors import Actor
from marketplace.core.errors import TwizaError
from marketplace.core.steps import steps
from marketplace.saleor import setup
from marketplace.saleor.installing import install, rotate
from marketplace.saleor.status import status

BY = Actor.system("twiza saleor")


class Command(BaseCommand):
    """Compare the store with the plan, create what is missing, or show the status."""

    help = "Set the store up at Saleor (or at the embedded engine), and show what differs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "action",
            choices=["install", "rotate", "plan", "apply", "status"],
            help="install: install our App there, or bring an installed one up to date; rotate: "
            "replace its token; plan: show what apply would do; apply: do it; "
            "status: installation and inbox",
        )
        parser.add_argument(
            "--email",
            default="",
            help="for install and rotate: an administrator of Saleor; the password is asked for, "
            "or taken from SALEOR_ADMIN_PASSWORD; the embedded engine needs neither",
        )
        parser.add_argument("--json", action="store_true", help="for a program to read")

    def handle(self, *, action: str, **options: Any) -> None:
        actions = {"plan": _plan, "apply": _apply, "status": _status}
        asking = {"install": _install, "rotate": _rotate}
        try:
            result = asking[action](options["email"]) if action in asking else actions[action]()
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


def _password(email: str) -> str:
    if not email and not settings.SALEOR_API_URL:
        return ""
    if not email:
        raise CommandError("--email is needed: an administrator of Saleor.")
    return os.environ.get("SALEOR_ADMIN_PASSWORD") or getpass.getpass("Password: ")


def _install(email: str) -> dict[str, Any]:
    done = install(email=email, password=_password(email), by=BY)
    return {
        "installed now": done.is_new,
        "permissions given": done.granted,
        "new token": done.has_new_token,
    }


def _rotate(email: str) -> dict[str, Any]:
    rotate(email=email, password=_password(email), by=BY)
    return {"new token": True}


def _plan() -> dict[str, Any]:
    return {"to do": setup.plan()}


def _apply() -> dict[str, Any]:
    with steps(sys.stderr) as progress:
        report = setup.apply(by=BY, progress=progress)
    return {"done": report.changes, "left to an administrator": report.left}


def _status() -> dict[str, Any]:
    return asdict(status())
