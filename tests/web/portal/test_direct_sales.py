"""Pages of direct sales: a tap on a picture, what is wrong beside its field, who may what."""

import csv
import io
import re
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from marketplace.direct_sales.models import DirectSale, DirectSaleDocument
from tests.factories.vendors import make_adviser, make_member
from tests.orders.conftest import made_world, world
from tests.orders.world import World
from tests.web.browsers import browser
from vendors.scoping import Crossing

__all__ = ["made_world", "world"]
pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def everything() -> list[DirectSale]:
    return list(DirectSale.objects.crossing(Crossing.POLICY).order_by("recorded_at"))


def path_of(world: World) -> str:
    return f"/portal/{world.weavers.slug}/sales/"


def filled_in(page: bytes) -> dict[str, str]:
    """The form as the page fills it in."""
    text = page.decode()
    form = text[text.index("enctype=") : text.rindex("</form>")]
    found = dict(re.findall(r'name="([a-z_]+)" value="([^"]*)"', form))
    found |= dict(re.findall(r'type="radio" name="(\w+)" value="(\w+)"[^>]*checked', form))
    found.pop("csrfmiddlewaretoken", None)
    return found


@pytest.fixture
def phone(world: World) -> Client:
    return browser(world.manager, "en")


def test_two_taps_and_the_sale_is_recorded(world: World, phone: Client) -> None:
    home = phone.get(f"/portal/{world.weavers.slug}/").content.decode()
    assert path_of(world) in home
    chosen = phone.get(f"{path_of(world)}new/").content.decode()
    record = f"{path_of(world)}new/{world.rug}/"
    assert record in chosen
    assert str(world.honey) not in chosen
    form = filled_in(phone.get(record).content)
    assert form["unit_price"].replace(",", "") == "1500.00"
    assert form["sold_on"] == timezone.localdate().isoformat()
    # Double tap.
    for _tap in range(2):
        assert phone.post(record, form | {"quantity": "٢"})["Location"] == f"{path_of(world)}new/"
    [sale] = everything()
    assert (sale.quantity, sale.amount_minor, sale.currency) == (2, 300_000, "MAD")
    assert (sale.paid_by, sale.place, sale.taken) == ("cash", "fair", 2)
    assert sale.recorded_by == world.manager
    listed = phone.get(path_of(world)).content.decode()
    assert "Tapis" in listed
    assert f"{path_of(world)}{sale.pk}/" in listed


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"quantity": "0"}, "quantity"),
        ({"quantity": "1e3"}, "quantity"),
        ({"quantity": "999999999"}, "quantity"),
        ({"unit_price": "-5"}, "unit_price"),
        ({"unit_price": ""}, "unit_price"),
        ({"paid_by": "card"}, "paid_by"),
        ({"place": ""}, "place"),
        ({"sold_on": "2035-01-01"}, "sold_on"),
        ({"sold_on": "2024-01-01"}, "sold_on"),
        ({"key": "x"}, "key"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(
    world: World, phone: Client, changes: dict[str, str], field: str
) -> None:
    record = f"{path_of(world)}new/{world.rug}/"
    answer = phone.post(record, filled_in(phone.get(record).content) | changes)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {field}
    assert everything() == []


def test_a_form_sent_again_with_other_numbers_asks(world: World, phone: Client) -> None:
    record = f"{path_of(world)}new/{world.rug}/"
    form = filled_in(phone.get(record).content)
    phone.post(record, form)
    answer = phone.post(record, form | {"quantity": "3"})
    assert answer.status_code == 422
    [sale] = everything()
    assert f"{path_of(world)}{sale.pk}/" in answer.content.decode()
    assert sale.quantity == 1


def test_a_document_is_kept_encrypted_and_given_back(
    world: World, phone: Client, media_folder: object
) -> None:
    record = f"{path_of(world)}new/{world.rug}/"
    form = filled_in(phone.get(record).content)
    bad = SimpleUploadedFile("receipt.pdf", b"MZ nothing")
    answer = phone.post(record, form | {"document": bad})
    assert set(answer.context["form"].errors) == {"document"}
    assert everything() == []
    phone.post(record, form | {"document": SimpleUploadedFile("receipt.pdf", PDF)})
    [sale] = everything()
    [kept] = DirectSaleDocument.objects.crossing(Crossing.POLICY)
    file = phone.get(f"{path_of(world)}files/{kept.pk}/")
    assert b"".join(file.streaming_content) == PDF  # type: ignore[attr-defined]
    assert file["Content-Disposition"].startswith("attachment")
    # The same once more is kept once; another one beside it.
    add = f"{path_of(world)}{sale.pk}/document/"
    for content in (PDF, PDF.replace(b"1.4", b"1.5")):
        phone.post(add, {"document": SimpleUploadedFile("receipt.pdf", content)})
    assert sale.documents.count() == 2
    assert browser(world.other_manager).get(f"{path_of(world)}files/{kept.pk}/").status_code == 404
    own = f"/portal/{world.growers.slug}/sales/files/{kept.pk}/"
    assert browser(world.other_manager).get(own).status_code == 404


def test_corrected_and_cancelled_on_its_page(world: World, phone: Client) -> None:
    record = f"{path_of(world)}new/{world.rug}/"
    phone.post(record, filled_in(phone.get(record).content))
    [sale] = everything()
    page = f"{path_of(world)}{sale.pk}/"
    said = {
        "key": str(uuid4()), "quantity": "3", "unit_price": "1400", "paid_by": "transfer",
        "place": "phone", "sold_on": sale.sold_on.isoformat(), "seen": "1", "reason": "",
    }  # fmt: skip
    answer = phone.post(f"{page}correct/", said)
    assert set(answer.context["form"].errors) == {"reason"}
    assert phone.post(f"{page}correct/", said | {"reason": "Three"})["Location"] == page
    overtaken = phone.post(f"{page}correct/", said | {"reason": "Mine", "key": str(uuid4())})
    assert overtaken.status_code == 409
    assert 'value="2"' in overtaken.content.decode()
    assert phone.post(f"{page}cancel/", {"key": str(uuid4())}).status_code == 422
    phone.post(f"{page}cancel/", {"key": str(uuid4()), "reason": "Not sold"})
    text = phone.get(page).content.decode()
    assert "Three" in text
    assert "Not sold" in text
    assert f"{page}cancel/" not in text
    assert phone.get(f"{page}correct/")["Location"] == page
    [sale] = everything()
    assert (sale.is_cancelled, sale.quantity, sale.taken) == (True, 3, 0)


def test_an_adviser_acts_by_name_for_the_cooperative(world: World) -> None:
    adviser = make_adviser(world.weavers)
    client = browser(adviser, "en")
    record = f"{path_of(world)}new/{world.rug}/"
    client.post(record, filled_in(client.get(record).content))
    [sale] = everything()
    text = browser(world.manager, "en").get(f"{path_of(world)}{sale.pk}/").content.decode()
    assert f"{adviser.name} for {world.weavers.legal_name}" in text


def test_who_may(world: World) -> None:
    record = f"{path_of(world)}new/{world.rug}/"
    reader = browser(world.accountant)
    assert reader.get(path_of(world)).status_code == 200
    assert reader.get(f"{path_of(world)}new/").status_code == 403
    assert reader.post(record, {"quantity": "1"}).status_code == 403
    assert browser(make_member(world.weavers, "seller")).get(record).status_code == 200
    assert browser(world.other_manager).get(path_of(world)).status_code == 404
    other = f"/portal/{world.growers.slug}/sales/new/{world.rug}/"
    assert browser(world.other_manager).get(other).status_code == 404
    assert everything() == []


def test_all_sales_as_a_table(world: World, phone: Client) -> None:
    record = f"{path_of(world)}new/{world.rug}/"
    phone.post(record, filled_in(phone.get(record).content) | {"quantity": "2"})
    file = phone.get(f"{path_of(world)}direct-sales.csv")
    content = b"".join(file.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    [row] = list(csv.DictReader(io.StringIO(content)))
    assert (row["Product"], row["Quantity"], row["Amount"], row["Currency"]) == (
        "Tapis", "2", "3000.00", "MAD",
    )  # fmt: skip
    assert row["Document"] == "without a document"
