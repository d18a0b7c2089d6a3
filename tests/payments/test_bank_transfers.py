"""Orders paid by bank transfer: placed, kept, paid by a statement of the bank, or given up."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from marketplace.core.actors import Actor
from marketplace.core.models import DomainEvent
from marketplace.core.worker import work_off
from marketplace.orders.errors import AwaitsTransfer
from marketplace.orders.models import Order
from marketplace.orders.services import checkout
from marketplace.orders.services.ship import ship_parcel
from marketplace.payments import services
from marketplace.payments.errors import (
    AmountDiffers,
    BankStatementKnown,
    EntryResolved,
    NoSuchTransfer,
)
from marketplace.payments.models import BankEntry, BankTransfer, Payment
from marketplace.payments.services.bank_matching import references_in
from marketplace.saleor import ids
from marketplace.saleor.gateway import app_client
from tests.factories.vendors import make_programme
from tests.orders.conftest import made_world
from tests.orders.world import World

__all__ = ["made_world"]

pytestmark = pytest.mark.django_db
BY = Actor.system("test")


@pytest.fixture
def world(made_world: World, db: None, settings: Any) -> World:
    settings.BANK_ACCOUNTS = "MAD=011810000012345678901242|Programme Tajriba|Banque Tajriba"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    return made_world


@pytest.fixture
def order(world: World) -> Order:
    """Placed, and to be paid by transfer."""
    attempt = world.begun(rug=1)
    data = {"provider": "bank-transfer"}
    outcome = checkout.pay(attempt=attempt, method="bank", data=data)
    assert (outcome.state, outcome.is_settled) == ("awaited", True)
    placed = checkout.complete(attempt=attempt)
    work_off()
    return placed


def awaited() -> BankTransfer:
    return BankTransfer.objects.select_related("payment").get()


def statement(*rows: tuple[str, str]) -> bytes:
    lines = [f"2026-11-{20 + n};{amount};{text}" for n, (amount, text) in enumerate(rows)]
    return "\n".join(["date;montant;libelle", *lines]).encode()


def take_in(world: World, content: bytes) -> Any:
    kept = services.import_statement(programme=world.programme, content=content, by=BY)
    work_off()
    return kept


def amount_of(order: Order) -> str:
    return f"{order.total_minor // 100},{order.total_minor % 100:02}"


def engine_order(order: Order) -> Any:
    return app_client().order_by_id(ids.global_id(ids.ORDER, order.pk)).order


def letters(subject: str) -> list[Any]:
    return [letter for letter in mail.outbox if subject in letter.subject]


def test_until_the_money_is_there_nothing_is_sent(world: World, order: Order) -> None:
    part = world.part(order, world.weavers)
    lines = {line.pk: line.quantity for line in part.lines.all()}

    with pytest.raises(AwaitsTransfer):
        ship_parcel(vendor_order=part, lines=lines, by=BY)

    order.refresh_from_db()
    assert (order.payment_method, order.payment_status) == ("bank", "pending")
    assert int(engine_order(order).total_charged.fractional_amount) == 0
    assert not part.parcels.exists()
    assert not DomainEvent.objects.filter(name="PaymentCaptured").exists()
    part.refresh_from_db()
    assert part.notified_at is None
    (how,) = letters("Comment payer")
    assert awaited().reference in how.body
    assert "011810000012345678901242" in how.body


def test_a_statement_with_the_reference_pays_the_order(world: World, order: Order) -> None:
    # given
    reference = awaited().reference.replace("-", " ").lower()

    # when
    take_in(world, statement((amount_of(order), f"VIR RECU {reference} MERCI"), ("5,00", "x")))

    # then
    order.refresh_from_db()
    assert order.payment_status == "paid"
    assert int(engine_order(order).total_charged.fractional_amount) == order.total_minor
    (captured,) = DomainEvent.objects.filter(name="PaymentCaptured")
    assert captured.payload["method"] == "bank"
    states = list(BankEntry.objects.order_by("booked_on").values_list("state", flat=True))
    assert states == ["matched", "unmatched"]
    part = world.part(order, world.weavers)
    assert part.notified_at is not None
    lines = {line.pk: line.quantity for line in part.lines.all()}
    assert ship_parcel(vendor_order=part, lines=lines, by=BY).state == "shipped"


def test_the_same_payment_in_two_files_counts_once(world: World, order: Order) -> None:
    row = (amount_of(order), awaited().reference)
    take_in(world, statement(row))

    with pytest.raises(BankStatementKnown):
        take_in(world, statement(row))
    take_in(world, statement(row, ("7,00", "other")))

    assert BankEntry.objects.count() == 2
    assert Payment.objects.get().charged_minor == order.total_minor
    assert DomainEvent.objects.filter(name="PaymentCaptured").count() == 1


def test_another_amount_waits_for_a_person(world: World, order: Order) -> None:
    reference = awaited().reference
    take_in(world, statement(("1,00", reference), ("99999,00", "sans motif")))
    little, much = BankEntry.objects.order_by("booked_on")
    assert (little.state, much.state) == ("unmatched", "unmatched")

    with pytest.raises(AmountDiffers):
        services.accept_entry(entry=little, reference=reference, by=BY)
    with pytest.raises(NoSuchTransfer):
        services.accept_entry(entry=much, reference="TWZ-3333-3333", by=BY)
    services.set_entry_aside(entry=little, note="Rendu", by=BY)
    services.accept_entry(entry=much, reference=reference.lower(), by=BY)
    work_off()

    with pytest.raises(EntryResolved):
        services.accept_entry(entry=much, reference=reference, by=BY)
    order.refresh_from_db()
    assert order.payment_status == "paid"
    assert Payment.objects.get().charged_minor == order.total_minor


def test_another_programmes_statement_pays_nothing(world: World, order: Order) -> None:
    other = make_programme("tawassol")

    services.import_statement(
        programme=other, content=statement((amount_of(order), awaited().reference)), by=BY
    )

    assert BankEntry.objects.get().state == "unmatched"
    assert awaited().state == "waiting"


def test_not_paid_in_time_the_order_is_given_up_and_its_goods_are_free(
    world: World, order: Order
) -> None:
    # given
    part = world.part(order, world.weavers)
    assert services.expire_transfers(by=BY) == 0
    BankTransfer.objects.update(expires_at=timezone.now() - timedelta(minutes=1))

    # when
    done = services.expire_transfers(by=BY)
    work_off()
    take_in(world, statement((amount_of(order), awaited().reference)))

    # then
    part.refresh_from_db()
    assert (done, part.state, awaited().state) == (1, "cancelled", "expired")
    assert engine_order(order).status.value == "CANCELED"
    assert BankEntry.objects.get().state == "unmatched"
    assert Payment.objects.get().charged_minor == 0
    assert services.expire_transfers(by=BY) == 0


@pytest.mark.parametrize(
    "text",
    ["TWZ-4K7Q-8M9X", "vir twz4k7q8m9x merci", "TWZ 4K7Q/8M9X", "refTWZ-4K7Q-\n8M9X,fin"],
)
def test_references_are_found_however_a_bank_writes_them(text: str) -> None:
    assert references_in(text) == ["TWZ-4K7Q-8M9X"]
