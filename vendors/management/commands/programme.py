"""``twiza programme create|appoint|cooperatives SLUG``: set up a new marketplace."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from marketplace.core.actors import Actor
from marketplace.core.errors import Invalid, TwizaError
from marketplace.core.mail_outages import MailServerUnavailable
from vendors.appointment_mails import link_of, send_appointment
from vendors.models import Programme
from vendors.register_file import read_register
from vendors.services import appoint_coordinators, create_programme, register_from_file

BY = Actor.system("twiza programme")


class Command(BaseCommand):
    """Create a programme, appoint its first two coordinators, register its cooperatives."""

    help = (
        "create: a programme. appoint: its first two coordinators (two addresses), who get a "
        "mail with a link each; closed once they are in office. cooperatives: register the new "
        "ones of a CSV table (columns "
        "slug, name, kind, sector, region, place, address; and, where known, name_ar, name_en, "
        "legal_name, country, currency, postal_code, phone, email), and open their pages. All may "
        "be repeated."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["create", "appoint", "cooperatives"])
        parser.add_argument("slug", help="the programme's, as it stands in addresses")
        parser.add_argument("emails", nargs="*", metavar="EMAIL", help="for appoint: two persons'")
        parser.add_argument("--language", choices=["ar", "fr", "en"], default="fr")
        parser.add_argument(
            "--print-links", action="store_true",
            help="for appoint without a mail server: print the links; hand each to its owner alone",
        )  # fmt: skip
        parser.add_argument("--name", default="", help="for create: its name")
        parser.add_argument("--name-ar", default="", help="the same in Arabic")
        parser.add_argument("--payer", default="", help="for create: who pays the cooperatives out")
        parser.add_argument("--country", default="MA", help="default: %(default)s")
        parser.add_argument("--currency", default="MAD", help="default: %(default)s")
        parser.add_argument("--csv", type=Path, metavar="FILE")
        parser.add_argument("--json", action="store_true", help="for a program to read")

    def handle(self, *, action: str, **options: Any) -> None:
        try:
            told = _ACTIONS[action](options)
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
    if not options["name"]:
        raise CommandError("--name is needed.")
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
    return {"new": is_new, "address": f"/staff/{programme.slug}/"}


def _appoint(options: dict[str, Any]) -> dict[str, Any]:
    programme = _programme(options["slug"])
    appointed = appoint_coordinators(
        programme=programme, emails=options["emails"], language=options["language"], by=BY
    )
    if options["print_links"]:
        return {
            one.user.email: "in office" if one.is_in_office else link_of(one.user)
            for one in appointed
        }
    for one in appointed:
        try:
            send_appointment(programme, one)
        except (OSError, MailServerUnavailable) as error:
            why = error.__cause__ or error
            raise CommandError(
                f"Appointed, but the mail to {one.user.email} could not be sent ({why}). Mend "
                "TWIZA_EMAIL_URL and repeat the command, or repeat it with --print-links."
            ) from error
    return {one.user.email: "in office" if one.is_in_office else "mailed" for one in appointed}


def _cooperatives(options: dict[str, Any]) -> dict[str, Any]:
    programme = _programme(options["slug"])
    if not options["csv"]:
        raise CommandError("--csv FILE is needed.")
    rows = read_register(options["csv"].read_bytes(), programme)
    made, known = register_from_file(programme=programme, rows=rows, by=BY)
    return {"registered": made, "known before": known}


def _programme(slug: str) -> Programme:
    programme = Programme.objects.filter(slug=slug).first()
    if programme is None:
        raise CommandError(f"There is no programme {slug!r}.")
    return programme


_ACTIONS = {"create": _create, "appoint": _appoint, "cooperatives": _cooperatives}
