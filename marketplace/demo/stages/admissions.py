"""Stage of cooperatives on their way in, and of an adviser who acts and visits."""

from dataclasses import asdict
from datetime import datetime, timedelta
from random import Random

from django.core import signing
from django.db import transaction
from django.utils import timezone

from marketplace.demo.accounts import ADVISER, PASSWORD
from marketplace.demo.signing_in import IN_OFFICE, prepare_signing_in
from marketplace.demo.stages import BY
from marketplace.demo.stages.cooperatives import by_slug
from marketplace.demo.world.bank_numbers import account_number
from marketplace.demo.world.chance import stream
from marketplace.demo.world.coming import ADVISED, COMING, VISITS, Coming
from marketplace.demo.world.cooperatives import MOROCCO, DemoCooperative, demo_cooperatives
from marketplace.demo.world.legal_numbers import ice, tax_number
from vendors import services
from vendors.accounts import User
from vendors.admission import applying, deciding, filling, inviting
from vendors.admission.queries import is_registered
from vendors.models import Cooperative, Invitation, Programme, StaffGrant, Visit
from vendors.policy import actor_for
from vendors.scoping import ProgrammeScope

COORDINATOR = "coordination@twiza.example"
COUNT = 1 + len(COMING)


def make(first: int, last: int, begun_at: datetime) -> None:
    """The adviser first, then each cooperative; what is there already is not made again."""
    programme = Programme.objects.get(slug=MOROCCO)
    for place in range(first, last):
        if place == 0:
            _advise(programme, begun_at)
        else:
            _bring_in(programme, COMING[place - 1])


def _advise(programme: Programme, begun_at: datetime) -> None:
    adviser = _adviser(begun_at)
    since = timezone.localdate() - timedelta(days=60)
    for slug, own in by_slug(ADVISED).items():
        if not StaffGrant.objects.filter(user=adviser, cooperative=own).exists():
            services.grant_role(
                programme=programme, user=adviser, role="adviser", cooperative=own,
                from_on=since, effective_at=begun_at - IN_OFFICE, by=BY,
            )  # fmt: skip
        if not Visit.objects.within(own.scope).exists() and slug in VISITS:
            for facts in VISITS[slug]():
                services.log_visit(cooperative=own, facts=facts, by=adviser.actor)


def _adviser(begun_at: datetime) -> User:
    """The account; in a world that an earlier version began it is opened now."""
    found = User.objects.filter(email=ADVISER).first()
    if found is not None:
        return found
    made = services.open_account(
        email=ADVISER, name="Amina Oulhaj", language="fr", proven=True, by=BY
    )
    made.set_password(PASSWORD)
    made.save(update_fields=["password"])
    prepare_signing_in(begun_at)
    return made


@transaction.atomic
def _bring_in(programme: Programme, coming: Coming) -> None:
    """At once: the worker that mails the invitation would give it another token before it is used.

    A step that failed half-way would leave a cooperative that the next one takes for whole.
    """
    near = next(one for one in demo_cooperatives() if one.slug == coming.near)
    if is_registered(ProgrammeScope(programme.pk), near.region, coming.name):
        return
    if coming.reached == "applied":
        _apply(programme, coming, near.region, near.place.fr)
        return
    coordinator = User.objects.get(email=COORDINATOR)
    own = _invite(programme, coming, near.region, coordinator)
    if coming.reached == "invited":
        return
    manager, chance = _accept(own), stream("coming", coming.email)
    _fill_identity(own, manager, chance)
    if coming.reached == "begun":
        return
    _fill_rest(own, near, manager, chance)
    deciding.submit(cooperative=own, by=manager.actor)
    if coming.reached == "returned":
        deciding.return_admission(
            cooperative=own,
            text="Presque complet : deux points à corriger.",
            remarks={
                "address_line": "Indiquez le douar et un repère pour le transporteur.",
                "founded_year": "Le registre donne 2018.",
            },
            by=coordinator.actor,
        )


def _invite(programme: Programme, coming: Coming, region: str, coordinator: User) -> Cooperative:
    admission = inviting.invite_cooperative(
        programme=programme,
        invited=inviting.InvitedCooperative(
            legal_name=coming.name, legal_name_latin=coming.latin, region_code=region,
            sector=coming.sector, kind="mixed", name=coming.person, email=coming.email,
            language=coming.language, phase=1, tranche="2026-2",
            adviser=inviting.Adviser(name="Amina Oulhaj", email=ADVISER),
        ),
        by=coordinator.actor,
        may_grant=True,
    )  # fmt: skip
    return admission.cooperative


def _fill_identity(own: Cooperative, manager: User, chance: Random) -> None:
    filling.write_identity(
        cooperative=own,
        facts={
            **filling.identity_of(own), "founded_year": 2016, "ice": ice(chance), "rc": "48213",
            "if": tax_number(chance),
        },
        by=manager.actor,
    )  # fmt: skip


def _accept(own: Cooperative) -> User:
    """The person accepts the invitation, as by the link of the mail."""
    invitation = Invitation.objects.opened().get(cooperative=own, staff_role="")
    token = services.issue_token(invitation) or ""
    return services.accept_invitation(token=token, user=None, password=PASSWORD)


def _fill_rest(own: Cooperative, near: DemoCooperative, manager: User, chance: Random) -> None:
    """The adviser fills in the place in the cooperative's name, its manager the rest."""
    adviser = User.objects.get(email=ADVISER)
    filling.write_place(
        cooperative=own,
        facts={
            **filling.place_of(own), "commune_code": near.commune, "place_name": near.place.fr,
            "place_name_ar": near.place.ar, "address_line": near.address,
            "postal_code": near.postal_code,
        },
        by=actor_for(adviser, own),
    )  # fmt: skip
    counts = {"under_35": (4, 1), "35_to_59": (9, 2), "60_and_over": (2, 0)}
    filling.write_members(cooperative=own, counts=counts, by=manager.actor)
    services.set_bank_account(
        cooperative=own,
        holder_name=own.legal_name_latin,
        number=account_number(chance, own.country_code),
        by=BY,
    )


def _apply(programme: Programme, coming: Coming, region: str, place: str) -> None:
    """Somebody nobody invited applied on the public page, and has opened the link."""
    application = applying.Application(
        programme=programme.slug, legal_name=coming.name, legal_name_latin=coming.latin,
        ice=ice(stream("coming", coming.email)), register_number="7715", sector=coming.sector,
        region_code=region, place_name=place, name=coming.person, email=coming.email, phone="",
        language=coming.language,
    )  # fmt: skip
    applying.begin_application(signing.dumps(asdict(application), salt=applying.SALT))
