"""An order for a company: its number checked at the checkout, and on the invoice."""

import io

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.utils import translation
from pypdf import PdfReader

from marketplace.core.actors import Actor
from marketplace.core.worker import work_off
from marketplace.orders.models import CheckoutAttempt, Order
from marketplace.orders.services import checkout
from marketplace.orders.services.erasure import erase_buyer
from marketplace.payments import services as payments
from marketplace.payments.invoices.issuing import issue_due_invoices
from marketplace.payments.invoices.pdf import buyer_invoice_pdf
from marketplace.payments.models import BuyerInvoice
from tests.factories.addresses import ADDRESS
from tests.orders.conftest import made_world, world
from tests.orders.world import World
from vendors.scoping import Crossing

__all__ = ["made_world", "world"]

pytestmark = pytest.mark.django_db
ICE = "001561191000066"
COMPANY = {
    "company_name": "Atlas Cadeaux SARL",
    "company_number": "٠٠١ ٥٦١ ١٩١ ٠٠٠٠٦٦",
    "purchase_order": "BC-2026/17",
}


@pytest.fixture
def path(client: Client, world: World) -> str:
    """The pages of a checkout of two honeys."""
    client.post("/ma/fr/basket/add/", {"variant": str(world.honey), "quantity": 2})
    client.post("/ma/fr/checkout/", ADDRESS)
    return f"/ma/fr/checkout/{CheckoutAttempt.objects.get().pk}"


def add(client: Client, path: str, **given: str) -> HttpResponse:
    return client.post(f"{path}/delivery/", {"option": "standard", **given})  # type: ignore[return-value]


def invoice_text(invoice: BuyerInvoice, order: Order) -> str:
    out = io.BytesIO()
    with translation.override("fr"):
        buyer_invoice_pdf(out, invoice, order)
    return " ".join(page.extract_text() for page in PdfReader(out).pages)


def test_it_is_invoiced_and_named_to_everybody_who_needs_it(
    client: Client, path: str, world: World
) -> None:
    assert add(client, path, **COMPANY).status_code == 302
    attempt = CheckoutAttempt.objects.get()
    card = {"number": "4242 4242 4242 4242"}
    assert checkout.pay(attempt=attempt, method="card", data=card).is_settled
    order = checkout.complete(attempt=attempt)
    assert (order.company_name, order.company_number) == ("Atlas Cadeaux SARL", ICE)
    payments.capture_payments(order_id=order.pk)
    work_off()

    part = world.part(order, world.growers)
    member = Client()
    member.force_login(world.other_manager, backend="django.contrib.auth.backends.ModelBackend")
    page = member.get(f"/portal/{world.growers.slug}/orders/{part.pk}/").content.decode()
    assert all(text in page for text in ("Atlas Cadeaux SARL", ICE, "BC-2026/17"))
    (sent,) = [m for m in mail.outbox if "Factures établies au nom de" in m.body]
    assert f"ICE: {ICE}" in sent.body
    assert issue_due_invoices(by=Actor.system("test")) == 1
    invoice = BuyerInvoice.objects.crossing(Crossing.SCHEDULED_JOB).get()
    erase_buyer(order=order, by=Actor.system("test"))
    text = invoice_text(invoice, Order.objects.get())
    assert all(word in text for word in ("Atlas Cadeaux SARL", ICE, "BC-2026/17"))
    assert "Salma" not in text
    assert Order.objects.get().company_name == ""


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"company_name": "Atlas SARL", "company_number": "001561191000065"}, "company_number"),
        ({"company_name": "Atlas SARL"}, "company_number"),
        ({"company_number": ICE}, "company_name"),
        ({"company_name": "www.atlas.ma", "company_number": ICE}, "company_name"),
    ],
)
def test_what_cannot_stand_on_an_invoice_is_refused_beside_its_field(
    client: Client, path: str, given: dict[str, str], field: str
) -> None:
    answer = add(client, path, **given)

    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert CheckoutAttempt.objects.get().company_name == ""


def test_a_household_gives_nothing_and_what_was_given_can_be_taken_out(
    client: Client, path: str
) -> None:
    add(client, path, **COMPANY)
    assert ICE in client.get(f"{path}/delivery/").content.decode()
    assert add(client, path).status_code == 302
    assert CheckoutAttempt.objects.get().company_number == ""
