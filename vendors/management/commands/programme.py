"""``twiza programme create|cooperatives SLUG``: set up a new marketplace."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from marketplace.core.actors import Actor
from marketplace.core.errors import Invalid, TwizaError
from vendors.models import Programme, StaffRole
from vendors.register_file import read_register
from vendors.services import (
    create_programme,
    grant_role,
    open_account,
    register_from_file,
)

BY = Actor.system("twiza programme")


class Command(BaseCommand):
    """Create a programme with its first coordinator; register its cooperatives from a file."""

    help = (
        "create: a programme, and the account of its coordinator, who sets a password by the mail "
        "of “forgotten password”. cooperatives: register the new ones of a CSV table (columns "
        "slug, name, kind, sector, region, place, address; and, where known, name_ar, name_en, "
        "legal_name, country, currency, phone, email), and open their pages. Both may be repeated."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["create", "cooperatives"])
        parser.add_argument("slug", help="the programme's, as it stands in addresses")
        parser.add_argument("--name", default="", help="for create: its name")
        parser.add_argument("--name-ar", default="", help="the same in Arabic")
        parser.add_argument("--payer", default="", help="for create: who pays the cooperatives out")
        parser.add_argument("--country", default="MA", help="default: %(default)s")
        parser.add_argument("--currency", default="MAD", help="default: %(default)s")
        parser.add_argument("--coordinator", default="", metavar="EMAIL")
        parser.add_argument("--csv", type=Path, metavar="FILE")
        parser.add_argument("--json", action="store_true", help="for a program to read")

    def handle(self, *, action: str, **options: Any) -> None:
        try:
            told = _create(options) if action == "create" else _cooperatives(options)
        except Invalid as error:
            raise CommandError(" ".join(str(m) for m in error.errors.values())) from error
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from error
        except TwizaError as error:
            raise CommandError(str(error)) from error
        except DatabaseError as error:
            raise CommandError(f"The database refused it: {error}") from error
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
        else:
            self.stdout.writelines(f"{key}: {value}\n" for key, value in told.items())


def _create(options: dict[str, Any]) -> dict[str, Any]:
    if not options["name"] or not options["coordinator"]:
        raise CommandError("--name and --coordinator are needed.")
    programme = Programme.objects.filter(slug=options["slug"]).first()
    is_new = programme is None
    if programme is None:
        name = options["name"]
        programme = create_programme(
            slug=options["slug"],
            names={"ar": options["name_ar"] or name, "fr": name, "en": name},
            legal_payer=options["payer"] or name,
            country_codes=[options["country"]],
            base_currency=options["currency"],
            by=BY,
        )
    user = open_account(email=options["coordinator"], name=options["coordinator"], by=BY)
    grant_role(programme=programme, user=user, role=StaffRole.COORDINATOR, by=BY)
    return {"new": is_new, "address": f"/staff/{programme.slug}/", "coordinator": user.email}


def _cooperatives(options: dict[str, Any]) -> dict[str, Any]:
    programme = Programme.objects.filter(slug=options["slug"]).first()
    if programme is None:
        raise CommandError(f"There is no programme {options['slug']!r}.")
    if not options["csv"]:
        raise CommandError("--csv FILE is needed.")
    rows = read_register(options["csv"].read_bytes(), programme)
    made, known = register_from_file(programme=programme, rows=rows, by=BY)
    return {"registered": made, "known before": known}
