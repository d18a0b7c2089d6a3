"""What belongs to one region: its rows, the words and ids that give them away, and more of it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.utils import timezone

from catalog.content import ListingText, RevisionContent
from catalog.services.revisions import start_listing, submit_revision
from marketplace.core.worker import work_off
from marketplace.orders.models import Parcel, VendorOrder
from marketplace.orders.services.confirm import confirm_vendor_order
from marketplace.orders.services.ship import ship_parcel
from marketplace.payouts.models import PayoutHold, PayoutRoute
from tests.factories.vendors import make_member
from tests.orders.world import BY, open_warehouse, sell
from tests.payouts.world import RIBS, add_account, make_cooperative
from tests.rules.access_making import deliver, refund_one, show_marks_and_photos
from tests.rules.access_world import AccessWorld
from vendors.models import AccountNotice, BankAccount, Cooperative, CooperativeText, User
from vendors.scoping import ProgrammeScope, ScopedModel

HERE, THERE = "MA-09", "MA-08"
# Shorter words are in every page: "card", "MAD", "women".
LEAST = 7


def scoped_models() -> list[type[ScopedModel]]:
    """Every table of data that belong to a cooperative."""
    found = [model for model in apps.get_models() if issubclass(model, ScopedModel)]
    assert len(found) > 20
    return found


def rows(world: AccessWorld, region: str) -> Iterator[models.Model]:
    """Everything of a region's cooperatives, in all tables."""
    scope = ProgrammeScope(world.shop.programme.pk, (region,))
    for model in scoped_models():
        yield from model.objects.within(scope).order_by("pk")


def fingerprint(world: AccessWorld, region: str = THERE) -> list[tuple[str, ...]]:
    """The state of a region, to be compared after somebody of another one tried to change it."""
    return [
        (type(row).__name__, *(str(getattr(row, field.attname)) for field in row._meta.fields))
        for row in rows(world, region)
    ]


def marks(world: AccessWorld) -> set[str]:
    """Words and ids of the other region that occur in no row of this one, nor in the programme's.

    An id, a reference, a name or an address that a page shows gives its row away.
    """
    here = {word for row in rows(world, HERE) for word in _words(row)}
    shared = {word for row in (world.order, world.shop.programme) for word in _words(row)}
    found = {word for row in rows(world, THERE) for word in _words(row)} - here - shared
    assert len(found) > 25, sorted(found)
    return {word for word in found if not any(word in known for known in here | shared)}


def _words(row: models.Model) -> Iterator[str]:
    for field in row._meta.fields:
        value: Any = getattr(row, field.attname)
        if isinstance(value, UUID) or (isinstance(value, str) and len(value) >= LEAST):
            yield str(value)


def grow(world: AccessWorld) -> None:
    """More of everything in the other region: people, listings, sales, refunds, delays, payments.

    With amounts and names that occur nowhere else.
    """
    shop, newcomer = world.shop, _newcomer(world)
    shop.__dict__["oil"] = sell(
        newcomer, "Huile de Tata", "زيت طاطا", "oils", {"ma-mad": 78_731, "eu-eur": 7_313}, 50, 700
    )
    show_marks_and_photos(newcomer)
    _waiting_listing(newcomer)
    for quantities in ({"oil": 3}, {"oil": 2, "honey": 1}):
        order = shop.placed(**quantities)
        work_off()
        for part in order.vendor_orders.within(ProgrammeScope(shop.programme.pk)):
            deliver(part)
        work_off()
        refund_one(shop.part(order, newcomer), world.people["coordinator"])
        world.manual_refund_of(shop.part(order, newcomer))
    late = shop.part(shop.placed(oil=1), newcomer)
    _ship_late(late)
    work_off()
    _holds_and_routes(newcomer, world.people["preparer"])


def _newcomer(world: AccessWorld) -> Cooperative:
    found = make_cooperative(
        world.shop.programme, "tata-oils", rib="", region_code=THERE, member_count=97
    )
    CooperativeText.objects.create(
        cooperative=found, language="fr", name="Huiliers de Tata", source_language="fr"
    )
    make_member(found)
    open_warehouse(found)
    account = add_account(found, RIBS[1], days_ago=1)
    BankAccount.objects.within(found.scope).filter(pk=account.pk).update(confirmed_at=None)
    AccountNotice.objects.create(account=account, channel="phone", address="+212655443322")
    return found


def _waiting_listing(owner: Cooperative) -> None:
    """A listing that waits for review."""
    revision = start_listing(
        cooperative_id=owner.pk,
        content=RevisionContent(
            texts={"fr": ListingText(name="Savon de Tata", confirmed=True)},
            source_language="fr",
            category_slug="oils",
            origin_country="MA",
            weight_grams=100,
            prices={"ma-mad": 4_747},
        ),
        quantity=3,
        by=BY,
    )
    submit_revision(revision=revision, by=BY)


def _ship_late(part: VendorOrder) -> None:
    confirm_vendor_order(vendor_order=part, by=BY)
    lines = {line.pk: line.quantity for line in part.lines.all()}
    parcel = ship_parcel(
        vendor_order=part, lines=lines, tracking_number="TATA-77", carrier="amana", by=BY
    )
    Parcel.objects.within(part.cooperative.scope).filter(pk=parcel.pk).update(
        promised_on=timezone.localdate() - timedelta(days=9), missed_at=timezone.now()
    )


def _holds_and_routes(owner: Cooperative, by: User) -> None:
    PayoutHold.objects.create(
        cooperative=owner, reason="inquiry of Tata", placed_by=by, placed_at=timezone.now()
    )
    PayoutRoute.objects.create(
        cooperative=owner, provider="manual", added_by=by, valid_from=timezone.now()
    )
