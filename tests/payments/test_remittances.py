"""A carrier's file of cash: booked whole or not at all, each order once."""

from datetime import date
from typing import Any

import pytest
from django.utils import translation

from marketplace.core.actors import Actor
from marketplace.core.models import DomainEvent
from marketplace.payments import services, sync
from marketplace.payments.errors import RemittanceInvalid, RemittanceKnown
from marketplace.payments.models import Payment, Remittance
from tests.factories.vendors import make_programme
from tests.payments.world import Sale, make_sale

pytestmark = pytest.mark.django_db
BY = Actor.system("test")


@pytest.fixture
def sale(settings: Any) -> Sale:
    """Two parcels to be paid at the door: 130.00 and 545.00 MAD."""
    settings.TEST_PAYMENTS = True
    found = make_sale(method="cod")
    sync.transaction_initialize(found.pay_payload(method="cod"))
    found.place()
    return found


def record(sale: Sale, content: str, *, reference: str = "VIR-1", programme: Any = None) -> Any:
    return services.record_remittance(
        programme=programme or sale.programme,
        carrier="Amana",
        reference=reference,
        received_on=date(2026, 11, 23),
        content=content.encode(),
        by=BY,
    )


def told() -> list[dict[str, Any]]:
    return [e.payload for e in DomainEvent.objects.filter(name="CashRemitted").order_by("id")]


def test_each_row_tells_of_its_vendor_order(sale: Sale) -> None:
    remittance = record(sale, "order;amount;tracking\n1001-1;130,00;A1\n1001-2;545,00;A2\n")

    assert (remittance.total_minor, remittance.currency) == (67_500, "MAD")
    assert [(e["goods_minor"], e["shipping_minor"]) for e in told()] == [
        (10_000, 3_000),
        (50_000, 4_500),
    ]
    assert told()[0]["cooperative_id"] == str(sale.weavers.pk)


@pytest.mark.parametrize(
    ("content", "row"),
    [
        ("order,amount\n1001-1,130\n9999-9,1\n", 3),
        ("order,amount\n1001-1,129.99\n", 2),
        ("order,amount\n1001-1,130\n1001-1,130\n", 3),
        ("order,amount\n1001-1,a lot\n", 2),
        ("number,amount\n1001-1,130\n", 1),
        ("", 1),
    ],
)
def test_one_bad_row_and_nothing_is_booked(sale: Sale, content: str, row: int) -> None:
    with pytest.raises(RemittanceInvalid) as caught:
        record(sale, content)

    assert [number for number, _words in caught.value.problems] == [row]
    assert not Remittance.objects.exists()
    assert told() == []


@pytest.mark.parametrize(
    "content",
    [
        "commande;montant\n1001-1;130,00 DH\n1001-2;545\n",
        "\ufeff\ufeffOrder;Amount\r1001-1;130.00\r1001-2;٥٤٥\r",
        "sep=;\r\nالطلبية;المبلغ\r\n1001-1;١٣٠٫٠٠\r\n1001-2;545,00 درهم\r\n",
    ],
)
def test_a_file_is_read_as_carriers_save_it(sale: Sale, content: str) -> None:
    with translation.override("fr"):
        assert record(sale, content).total_minor == 67_500


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        ("order,amount\n\n1001-1,a lot\n", 3, "column “amount”, “a lot”: Enter the amount"),
        ("order,amount\n1001-1,130 €\n", 2, "Enter the amount in Moroccan Dirham"),
        ("order,amount\n1001-1,131\n", 2, "MAD\u00a0130.00 was expected"),
        ('order,amount\n1001-1,"130\n1001-2,545\n', 2, "quotation mark"),
        ("order,amount\n1001-1,130,00\n", 2, "more fields than the heading"),
    ],
)
def test_what_is_wrong_is_told_with_line_column_and_value(
    sale: Sale, content: str, line: int, said: str
) -> None:
    with pytest.raises(RemittanceInvalid) as caught, translation.override("en"):
        record(sale, content)

    ((number, text),) = caught.value.problems
    assert number == line
    assert said in text


def test_the_same_file_or_reference_is_booked_once(sale: Sale) -> None:
    record(sale, "order,amount\n1001-1,130\n")

    with pytest.raises(RemittanceKnown):
        record(sale, "order,amount\n1001-1,130\n", reference="VIR-2")
    with pytest.raises(RemittanceKnown):
        record(sale, "order,amount\n1001-2,545\n")
    with pytest.raises(RemittanceInvalid):
        record(sale, "order,amount\n1001-1,130.00\n", reference="VIR-3")
    assert len(told()) == 1


def test_another_programme_does_not_know_the_order(sale: Sale) -> None:
    with pytest.raises(RemittanceInvalid):
        record(sale, "order,amount\n1001-1,130\n", programme=make_programme("other"))
    assert told() == []


def test_the_engine_is_told_of_the_cash_once(sale: Sale, monkeypatch: pytest.MonkeyPatch) -> None:
    # given
    charged: list[int] = []
    monkeypatch.setattr(
        "marketplace.payments.engine.charge", lambda _payment, amount: charged.append(amount)
    )
    record(sale, "order,amount\n1001-1,130\n")

    # when
    first, second = services.charge_all_collected(), services.charge_all_collected()

    # then
    assert (first, second) == (1, 0)
    assert charged == [13_000]
    payment = Payment.objects.get()
    assert (payment.charged_minor, payment.authorized_minor) == (13_000, 54_500)
    # and again once the engine's transaction says that it has not charged it
    Payment.objects.update(charged_minor=0, authorized_minor=67_500, state="authorized")
    assert (services.charge_all_collected(), services.charge_all_collected()) == (1, 0)
    assert charged == [13_000, 13_000]
