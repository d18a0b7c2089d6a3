"""Whatever the engine writes in a refusal, no page shows it, in any language."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import translation
from django.utils.html import escape

from catalog.models import ListingRevision, RevisionState
from catalog.services import approve_by_rule, start_listing
from catalog.services.applying import apply_now_or_later
from marketplace.saleor.client import SaleorClient
from marketplace.saleor.errors import EngineRefused
from tests.factories import vendors as make
from tests.factories.addresses import ADDRESS
from tests.factories.shop import BY, content
from tests.orders.conftest import made_world, world
from tests.orders.world import World
from vendors.scoping import CooperativeScope

__all__ = ["made_world", "world"]

pytestmark = pytest.mark.django_db

ENGINE = "Zorblatt: this value is invalid for the address"
LANGUAGES = pytest.mark.parametrize("language", ["ar", "fr", "en"])
CODES = ("INVALID", "REQUIRED", "UNIQUE", "INSUFFICIENT_STOCK", "NOT_FOUND", "SOMETHING_NEW", "")
Refusing = Callable[[str, str, str], None]


@pytest.fixture
def refusing(monkeypatch: pytest.MonkeyPatch) -> Refusing:
    """Make the engine refuse a call of ours, with a code and a field."""

    def refuse(call: str, code: str, field: str) -> None:
        def refused(*_given: object, **_more: object) -> None:
            raise EngineRefused([{"code": code, "field": field, "message": ENGINE}])

        monkeypatch.setattr(SaleorClient, call, refused)

    return refuse


def of_user(user: object, language: str) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")  # type: ignore[arg-type]
    client.cookies["twiza_language"] = language
    return client


@LANGUAGES
@pytest.mark.parametrize("field", ["postalCode", "phone", "somethingNew"])
def test_the_checkout(
    client: Client, world: World, refusing: Refusing, language: str, field: str
) -> None:
    client.post(f"/ma/{language}/basket/add/", {"variant": str(world.honey), "quantity": 1})
    for code in CODES:
        refusing("create_checkout", code, field)

        page = client.post(f"/ma/{language}/checkout/", ADDRESS)

        html = page.content.decode()
        assert page.status_code == 200
        assert "Zorblatt" not in html
        assert 'role="alert"' in html
        if field == "somethingNew" and code == "SOMETHING_NEW":
            assert page["X-Request-Id"] in html
        if field == "phone" and code == "INVALID":
            # in Arabic with spaces that do not break
            assert "06 50 12 34 56" in html.replace("\u00a0", " ")


@LANGUAGES
def test_sending_a_parcel(world: World, refusing: Refusing, language: str) -> None:
    weaving = world.part(world.placed(rug=1), world.weavers)
    client = of_user(world.manager, language)
    pages = f"/portal/{world.weavers.slug}/orders/{weaving.pk}/"
    client.post(f"{pages}confirm/")
    for code in CODES:
        refusing("fulfill_order", code, "orderLineId")

        page = client.post(f"{pages}ship/", {f"line-{weaving.lines.get().pk}": "1"}, follow=True)

        assert "Zorblatt" not in page.content.decode()
        assert not weaving.parcels.exists()


@LANGUAGES
@pytest.mark.parametrize("stored", ["now", "before"])
def test_a_listing_that_the_engine_does_not_take(
    monkeypatch: pytest.MonkeyPatch, world: World, language: str, stored: str
) -> None:
    def refuse(*_given: object) -> str:
        raise EngineRefused([{"code": "INVALID", "field": "input.name", "message": ENGINE}])

    monkeypatch.setattr("catalog.services.applying.write_product", refuse)
    draft = start_listing(cooperative_id=world.weavers.pk, content=content(), quantity=3, by=BY)
    revision = approve_by_rule(revision=draft, by=BY)
    apply_now_or_later(revision.pk)
    rows = ListingRevision.objects.within(CooperativeScope(world.weavers.pk))
    rows.update(apply_attempts=5)
    if stored == "before":
        rows.update(apply_error=f"The shop's engine rejected this request. (INVALID: {ENGINE})")
    revision = rows.get(pk=revision.pk)
    assert revision.state == RevisionState.APPROVED
    coordinator = make.make_staff(world.programme, "coordinator")

    member = of_user(world.manager, language).get(
        f"/portal/{world.weavers.slug}/listings/{revision.listing_id}/"
    )
    client = of_user(coordinator, language)
    told = client.get(f"/staff/{world.programme.slug}/moderation/")
    review = client.get(f"/staff/{world.programme.slug}/moderation/{revision.pk}/")

    with translation.override(language):
        words = revision.why_not_applied
    for page in (member, told, review):
        html = page.content.decode()
        assert "Zorblatt" not in html
        assert page.status_code == 200
        assert escape(words.split(":")[0]) in html
