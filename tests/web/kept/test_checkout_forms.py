"""In the middle of the checkout a stale token or an ended session loses nothing that was typed."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from marketplace.orders.models import CheckoutAttempt
from marketplace.web.kept.models import KeptForm
from tests.factories.vendors import make_user
from tests.rules.access_addresses import places
from tests.rules.access_walk import with_basket, world
from tests.rules.access_world import AccessWorld
from tests.web.kept.every_form import Form, missing, posted_forms, sent

pytestmark = pytest.mark.django_db

__all__ = ["world"]

ADDRESS = {
    "name": "Itto Oubella", "email": "itto@example.org", "phone": "0661223355",
    "line1": "9 rue du Souk", "city": "Tiznit", "country_code": "MA", "region_code": "MA-09",
}  # fmt: skip

# To keep the address in the account, and under which name.
OF_THE_ACCOUNT = {"keep", "keep_as"}


def pages(attempt: CheckoutAttempt) -> list[str]:
    """Every page of the checkout, of one attempt."""
    known = {"market": "ma", "language": "fr", "attempt_id": attempt.pk}
    return [
        reverse(place.name, kwargs={name: known[name] for name in place.parameters})
        for place in places()
        if place.name.startswith("storefront:checkout")
    ]


def forms(client: Client, attempt: CheckoutAttempt) -> Iterator[Form]:
    """What can be typed or chosen on them."""
    for page in pages(attempt):
        answer = client.get(page)
        if answer.status_code == 200:
            yield from (form for form in posted_forms(page, answer.content) if form.typed())


def with_stale_token(client: Client, form: Form, typed: list[tuple[str, str]]) -> bytes:
    """The page that tells of it."""
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    answer = strict.post(form.action, sent(form, typed) | {"csrfmiddlewaretoken": ["a" * 64]})
    assert answer.status_code == 403, form.path
    return bytes(answer.content)


def end_session(client: Client) -> None:
    del client.cookies[settings.SESSION_COOKIE_NAME]


def test_after_a_stale_token_every_form_comes_back(world: AccessWorld) -> None:
    found = list(forms(with_basket(world.attempt), world.attempt))
    assert {form.path for form in found} >= {
        "/ma/fr/checkout/",
        f"/ma/fr/checkout/{world.attempt.pk}/delivery/",
        f"/ma/fr/checkout/{world.attempt.pk}/payment/",
    }
    for form in found:
        client, typed = with_basket(world.attempt), form.typed()
        told = with_stale_token(client, form, typed)
        assert f'href="{form.page}"'.encode() in told
        assert missing(form, typed, client.get(form.page).content) == []
        # Another browser is not shown it, not even with the same basket.
        assert b"data-kept" not in with_basket(world.attempt).get(form.page).content


def test_after_an_ended_session_a_buyer_with_an_account_goes_on(world: AccessWorld) -> None:
    """The page of the checkout is open longer than the session, and than its token."""
    client = with_basket(world.attempt)
    user = make_user("Itto")
    client.force_login(user)
    form = next(forms(client, world.attempt))
    typed = form.typed()
    end_session(client)

    told = with_stale_token(client, form, typed)

    assert f'href="{form.page}"'.encode() in told
    # Without the account there is no place for what only an account can keep.
    of_everybody = [pair for pair in typed if pair[0] not in OF_THE_ACCOUNT]
    assert len(typed) - len(of_everybody) == len(OF_THE_ACCOUNT)
    assert missing(form, of_everybody, client.get(form.page).content) == []
    assert KeptForm.objects.get().owner is None
    # Signed in again, all of it is there.
    client.force_login(user)
    assert missing(form, typed, client.get(form.page).content) == []


def test_an_ended_session_alone_stops_no_checkout(world: AccessWorld) -> None:
    client = with_basket(world.attempt)
    client.force_login(make_user("Itto"))
    address, delivery = list(forms(client, world.attempt))[:2]
    end_session(client)

    refused = client.post(address.action, sent(address, list((ADDRESS | {"phone": ""}).items())))
    assert missing(address, [("line1", "9 rue du Souk")], refused.content) == []
    answer = client.post(address.action, sent(address, list(ADDRESS.items())))
    assert answer["Location"] == delivery.page
    world.attempt.refresh_from_db()
    assert world.attempt.address.line1 == "9 rue du Souk"

    answer = client.post(delivery.action, sent(delivery, [("option", "standard")]))
    assert answer["Location"].endswith("/payment/")
    assert not KeptForm.objects.exists()
