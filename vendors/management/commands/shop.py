"""``twiza shop list|appoint|propose|end``: who administers the whole shop."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from marketplace.core.actors import Actor
from marketplace.core.errors import TwizaError
from vendors import services
from vendors.models import ShopGrant, User
from vendors.shop_access import shop_grants_in_force


class Command(BaseCommand):
    """Give and end the role above the programmes; every call is in the audit trail."""

    help = (
        "list: who administers the shop. appoint: the first two persons, at once; closed as soon "
        "as anybody has the role. propose: one more person, whom somebody in office confirms on "
        "the page “Shop administrators”, and who begins a day later. end: a role or a proposal. "
        "Persons need an account that has proven its address."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["list", "appoint", "propose", "end"])
        parser.add_argument("emails", nargs="*", metavar="EMAIL")
        parser.add_argument("--by", default="", metavar="NAME", help="who runs the command")

    def handle(self, *, action: str, emails: list[str], by: str, **_options: Any) -> None:
        if action == "list":
            self._list()
            return
        if not by:
            raise CommandError("--by NAME is needed: it is written into the audit trail.")
        actor = Actor.system(f"twiza shop, {by}")
        persons = [_person(email) for email in emails]
        try:
            if action == "appoint":
                services.appoint_first(users=persons, by=actor)
            for person in persons if action == "propose" else ():
                services.propose_shop_grant(user=person, by=actor)
            for person in persons if action == "end" else ():
                services.end_shop_grant(grant=_grant(person), by=actor)
        except TwizaError as error:
            raise CommandError(str(error)) from error
        self._list()

    def _list(self) -> None:
        in_force = set(shop_grants_in_force().values_list("pk", flat=True))
        for grant in ShopGrant.objects.select_related("user").order_by("granted_at"):
            if grant.pk in in_force:
                state = "in office"
            elif grant.confirmed_by_id is None:
                state = "waits for confirmation"
            else:
                state = f"begins {grant.effective_at:%Y-%m-%d %H:%M} UTC"
            self.stdout.write(f"{grant.user.email}: {state}")


def _person(email: str) -> User:
    found = services.owner_of(email)
    if found is None:
        raise CommandError(f"Nobody has an account that has proven the address {email}.")
    return found


def _grant(person: User) -> ShopGrant:
    found = ShopGrant.objects.filter(user=person).first()
    if found is None:
        raise CommandError(f"{person.email} does not administer the shop.")
    return found
