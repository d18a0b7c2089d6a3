"""Everybody tries every door outside the portal and the staff's: shop, links, files, engine.

A buyer has no account there: a basket is known by a signed cookie, an order by its link. Every
address of the project that is not the portal's or the staff's has its place in a table below.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from marketplace.orders.models import BasketLine, CheckoutAttempt, Parcel, ParcelState
from marketplace.orders.services.tracking_links import issue_link, revoke_links
from marketplace.payments.models import BuyerInvoice
from marketplace.saleor import ids
from tests.orders.world import BY
from tests.rules.access_addresses import places
from tests.rules.access_walk import (
    BUYER,
    OTHER_BUYER,
    VISITORS,
    persons,
    signed_in,
    try_door,
    visitors,
    world,
)
from tests.rules.access_world import AccessWorld
from tests.rules.storefront_addresses import (
    ABSENT,
    ACCOUNTS,
    AT_A_PROVIDER,
    BEHIND_A_CONVERSATIONS_LINK,
    BEHIND_A_DATA_LINK,
    BEHIND_A_LINK,
    BEHIND_AN_APPLICATIONS_LINK,
    BUYERS,
    DOORS,
    NOT_SO,
    OF_A_DEMO,
    OF_A_PROVIDER,
    OF_THE_ATTEMPT,
    OF_THE_BASKET,
    OF_THE_BUYER,
    OF_THE_DASHBOARD,
    OF_THE_ENGINE,
    OF_THE_OPERATOR,
    OF_WHO_TYPED,
    ONLY_TOLD,
    OPEN,
    PHOTOS,
    SENT_BEHIND_A_LINK,
    UNKNOWN_PERSON,
    link_path,
    looked_at,
    other_places,
    read,
    shop_url,
)
from vendors.scoping import Crossing

__all__ = ["world"]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _an_external_provider(settings: Any) -> None:
    settings.CMI_CLIENT_ID, settings.CMI_STORE_KEY = "600001234", "key"
    settings.CMI_GATEWAY_URL = "https://payment.cmi.example/"


USED_UP = 410


def test_every_other_address_has_its_place() -> None:
    told = {*OPEN, *OF_THE_BASKET, *OF_THE_ATTEMPT, *BEHIND_A_LINK, *OF_A_DEMO, *PHOTOS}
    told |= BEHIND_A_CONVERSATIONS_LINK | BEHIND_A_DATA_LINK
    told |= OF_THE_BUYER | BEHIND_AN_APPLICATIONS_LINK
    told |= OF_THE_ENGINE | OF_THE_DASHBOARD | OF_THE_OPERATOR | OF_A_PROVIDER | OF_WHO_TYPED
    named = {place.name for place in other_places()}
    assert {name for name in named if not name.startswith(ACCOUNTS)} == told


def test_every_kind_of_file_is_in_a_walk() -> None:
    """The files of the portal and of the staff are doors of their own walk."""
    named = {place.name for place in places()}
    assert named >= {
        "portal:order-slip",
        "portal:money-statement-csv",
        "portal:money-statement-xlsx",
        "staff:payout-download",
    }


def test_open_pages_are_everybodys_and_name_no_buyer(world: AccessWorld) -> None:
    faults = []
    for name, client in persons(world):
        for place, filling in OPEN.items():
            path = reverse(place, kwargs=filling(world))
            response, written = looked_at(client, path)
            wanted = {NOT_SO} if place in ONLY_TOLD else {200, 302}
            if response.status_code not in wanted or written:
                faults.append(f"{name}: {place}: {response.status_code} {written}")
            content = b"".join(response) if response.streaming else response.content
            if any(words in content.decode() for words in BUYERS):
                faults.append(f"{name}: {place}: names a buyer")
    assert faults == []


def attempts_tried(world: AccessWorld) -> list[str]:
    """What went wrong when everybody tried one buyer's checkout."""
    faults = []
    for name, client in persons(world):
        for place in sorted(OF_THE_ATTEMPT):
            more = {"provider": "cmi"} if place in AT_A_PROVIDER else {}
            path = shop_url(place, attempt_id=world.attempt.pk, **more)
            if name == BUYER:
                if try_door(client, "get", path)[0] not in {200, 302}:
                    faults.append(f"{name}: {place}: closed")
                continue
            for method in ("get", "post"):
                status, written = try_door(client, method, path, POSTED)
                if status != ABSENT or written:
                    faults.append(f"{name}: {method} {place}: {status} {written}")
    return faults


POSTED = {"option": "standard", "method": "cod", "number": "4242 4242 4242 4242", "code": "1"}


def test_a_checkout_is_its_buyers_alone(world: AccessWorld) -> None:
    assert attempts_tried(world) == []


def test_the_walk_notices_a_checkout_without_its_basket(
    world: AccessWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Take the filter by basket away by hand: the walk must not stay green."""

    def anybodys(attempt_id: UUID, **_basket: object) -> CheckoutAttempt | None:
        return CheckoutAttempt.objects.filter(pk=attempt_id).first()

    monkeypatch.setattr("marketplace.orders.queries.find_attempt", anybodys)
    assert any(fault.startswith(OTHER_BUYER) for fault in attempts_tried(world))


def test_a_basket_is_changed_in_its_own_browser_only(world: AccessWorld) -> None:
    basket = world.attempt.basket
    before = list(basket.lines.order_by("pk").values("variant_id", "quantity"))
    rug = world.shop.rug
    for name, client in persons(world):
        if name == BUYER:
            continue
        own = read(client, shop_url("storefront:basket")) + read(
            client, shop_url("storefront:checkout")
        )
        assert "Zineb Tazi" not in own
        client.post(shop_url("storefront:basket-change", variant_id=rug), {"quantity": "4"})
        client.post(shop_url("storefront:basket-change", variant_id=rug), {"remove": "1"})
        client.post(shop_url("storefront:basket-add"), {"variant": str(rug)})
    assert (
        list(
            BasketLine.objects.filter(basket=basket).order_by("pk").values("variant_id", "quantity")
        )
        == before
    )


def test_a_cookie_that_was_not_signed_here_opens_no_basket(world: AccessWorld) -> None:
    client = Client()
    client.cookies["twiza_basket_ma"] = f"{world.attempt.basket_id}:forged:signature"
    path = shop_url("storefront:checkout-delivery", attempt_id=world.attempt.pk)
    assert try_door(client, "get", path) == (ABSENT, set())


def test_whoever_holds_the_link_sees_the_least(world: AccessWorld) -> None:
    path = shop_url("storefront:tracking", token=world.token)
    for name, client in persons(world):
        status, written = try_door(client, "get", path)
        assert (name, status, written) == (name, 200, set())
    content = read(visitors(world)["holder of a tracking link"], path)
    assert [words for words in BUYERS if words in content] == []
    assert world.order.number in content


def test_an_order_is_in_the_account_of_who_placed_it_alone(world: AccessWorld) -> None:
    """Nobody here has proven the buyer's address, whatever else they may see of the order."""
    faults = []
    for name, client in persons(world):
        is_stranger = name in VISITORS
        page = client.get(shop_url("storefront:account"))
        if page.status_code != (302 if is_stranger else 200):
            faults.append(f"{name}: {page.status_code}")
        if world.order.number in page.content.decode():
            faults.append(f"{name}: sees the order")
        for place, method in (("account-order", "get"), ("account-buy-again", "post")):
            path = shop_url(f"storefront:{place}", order_id=world.order.pk)
            status, written = try_door(client, method, path)
            if status != (302 if is_stranger else ABSENT) or written:
                faults.append(f"{name}: {place}: {status} {written}")
    assert faults == []


def dead_links(world: AccessWorld) -> dict[str, str]:
    """Links that must open nothing: never given out, run out, withdrawn."""
    expired = issue_link(order=world.order)
    link = world.order.tracking_links.order_by("-pk").first()
    assert link is not None
    link.expires_at = timezone.now() - timedelta(seconds=1)
    link.save(update_fields=["expires_at"])
    other = world.on_its_way.vendor_order.order
    withdrawn = issue_link(order=other)
    revoke_links(order=other, by=BY)
    return {"unknown": "A" * 22, "expired": expired, "withdrawn": withdrawn}


def test_a_dead_link_opens_nothing_for_anybody(world: AccessWorld) -> None:
    parcel = world.on_its_way
    faults = []
    tokens = dead_links(world)
    for name, client in persons(world):
        for why, token in tokens.items():
            for place in sorted(BEHIND_A_LINK):
                method = "post" if place in SENT_BEHIND_A_LINK else "get"
                path = link_path(place, token, world, parcel)
                status, written = try_door(client, method, path)
                if status != ABSENT or written:
                    faults.append(f"{name}: {why} {place}: {status} {written}")
    assert faults == []
    assert still_on_its_way(parcel)


OF_A_LINE = {"storefront:tracking-review", "storefront:tracking-review-withdraw"}


def test_a_link_answers_for_its_own_order_only(world: AccessWorld) -> None:
    parcel = world.on_its_way
    stranger = issue_link(order=parcel.vendor_order.order)
    faults = []
    for name, client in persons(world):
        for place in ("storefront:tracking-received", "storefront:tracking-missing"):
            path = shop_url(place, token=world.token, parcel_id=parcel.pk)
            status, written = try_door(client, "post", path)
            if status != ABSENT or written:
                faults.append(f"{name}: {place}: {status} {written}")
        document = document_of_another_order(world)
        path = shop_url("storefront:tracking-document", token=world.token, document_id=document.pk)
        assert (name, try_door(client, "get", path)) == (name, (ABSENT, set()))
        for place in sorted(BEHIND_A_LINK):
            if "complaint" in place or "cancel" in place or place in OF_A_LINE:
                method = "post" if place in SENT_BEHIND_A_LINK else "get"
                path = link_path(place, stranger, world, parcel)
                assert (name, place, try_door(client, method, path)) == (
                    name, place, (ABSENT, set())
                )  # fmt: skip
    assert faults == []
    assert still_on_its_way(parcel)


def test_a_conversation_is_read_and_written_by_who_has_its_link(world: AccessWorld) -> None:
    conversation = world.conversation_of(world.shop.weavers)
    token = world.conversation_token
    link = conversation.links.latest("pk")
    path = shop_url("storefront:conversation", token=token)
    for name, client in persons(world):
        assert (name, try_door(client, "get", path)[0]) == (name, 200)
    link.expires_at = timezone.now() - timedelta(seconds=1)
    link.save(update_fields=["expires_at"])
    faults = []
    for name, client in persons(world):
        for dead in (token, "A" * 22, world.token, str(conversation.pk)):
            for place in sorted(BEHIND_A_CONVERSATIONS_LINK):
                door = shop_url(place, token=dead)
                status, written = try_door(client, "post", door, {"text": "mine", "reason": "x"})
                if status != ABSENT or written:
                    faults.append(f"{name}: {place}: {status} {written}")
    assert faults == []


def test_data_are_seen_and_erased_by_who_has_their_link(world: AccessWorld) -> None:
    token = world.data_token
    for name, client in persons(world):
        path = shop_url("storefront:data", token=token)
        assert (name, try_door(client, "get", path)[0]) == (name, 200)
    faults = []
    for name, client in persons(world):
        for dead in ("A" * 22, world.token, world.conversation_token):
            for place in sorted(BEHIND_A_DATA_LINK):
                method = "post" if place == "storefront:data-erase" else "get"
                door = shop_url(place, token=dead)
                status, written = try_door(client, method, door, {"sure": "yes"})
                if status != ABSENT or written:
                    faults.append(f"{name}: {place}: {status} {written}")
    assert faults == []


def test_an_application_that_nobody_signed_begins_nothing(world: AccessWorld) -> None:
    faults = []
    for name, client in persons(world):
        for place in sorted(BEHIND_AN_APPLICATIONS_LINK):
            for method in ("get", "post"):
                status, written = try_door(client, method, shop_url(place, token="A" * 40))
                if status != USED_UP or written:
                    faults.append(f"{name}: {method} {place}: {status} {written}")
    assert faults == []


def document_of_another_order(world: AccessWorld) -> BuyerInvoice:
    """The invoice of the order whose parcel is on its way."""
    documents = BuyerInvoice.objects.crossing(Crossing.POLICY)
    found: BuyerInvoice = documents.get(vendor_order_id=world.on_its_way.vendor_order_id)
    return found


def still_on_its_way(parcel: Parcel) -> bool:
    parcel.refresh_from_db()
    return parcel.state == ParcelState.SHIPPED and parcel.missed_at is None


def test_a_photograph_that_is_not_published_is_nobodys(world: AccessWorld) -> None:
    photo = world.listing(world.shop.weavers).media.first()
    keys = (photo.pk, uuid4())
    paths = [reverse("photos:photo", args=[key]) for key in keys]
    paths += [reverse("photos:in-width", args=[key, 400]) for key in keys]
    # Nothing serves what lies in the folder of uploads under its own name.
    paths.append(f"/media/{photo.file.name}")
    for name, client in persons(world):
        for path in paths:
            assert (name, path, try_door(client, "get", path)) == (name, path, (ABSENT, set()))


def test_pages_of_a_demo_and_of_the_operator_are_not_there(world: AccessWorld) -> None:
    for name, client in persons(world):
        for place in sorted(OF_A_DEMO | OF_THE_OPERATOR):
            path = reverse(place, kwargs={"mail_id": 1} if place == "demo:mail" else {})
            assert (name, place, try_door(client, "get", path)[0]) == (name, place, ABSENT)


def test_only_the_engine_and_providers_speak_at_their_doors(world: AccessWorld) -> None:
    faults = []
    for name, client in persons(world):
        for place in sorted(OF_THE_ENGINE | OF_A_PROVIDER):
            filling = DOORS.get(place, {})
            status, written = try_door(client, "post", reverse(place, kwargs=filling))
            if status not in range(400, 500) or written:
                faults.append(f"{name}: {place}: {status} {written}")
    assert faults == []


def test_content_for_saleors_dashboard_is_for_its_tokens_only(world: AccessWorld) -> None:
    faults = []
    asked = {
        "orderId": ids.global_id(ids.ORDER, world.order.pk),
        "productId": ids.global_id(ids.PRODUCT, world.listing(world.shop.weavers).pk),
    }
    for name, client in persons(world):
        for place in sorted(OF_THE_DASHBOARD):
            for token in ("", "Bearer ", "Bearer nonsense", "Bearer a.b.c"):
                headers = {"Authorization": token} if token else {}
                response = client.get(reverse(place), asked, headers=headers)
                if response.status_code != UNKNOWN_PERSON or world.order.number in str(
                    response.content
                ):
                    faults.append(f"{name}: {place}: {token}: {response.status_code}")
    assert faults == []


def test_an_account_is_ones_own(world: AccessWorld) -> None:
    """No address of an account names whose it is: keys that were mailed, one's own sessions."""
    keys = {
        "account_reset_password_from_key", "account-invitation", "account-phone-link",
        "account-session-end", "mfa_remove_webauthn", "mfa_edit_webauthn",
    }  # fmt: skip
    accounts = [place for place in other_places() if place.name.startswith(ACCOUNTS)]
    assert {place.name for place in accounts if place.parameters} == keys
    private = ["account-home", "account_email", "account_change_password", "mfa_index"]
    for name in VISITORS:
        for place in private:
            status, _written = try_door(visitors(world)[name], "get", reverse(place))
            assert (name, place, status) == (name, place, 302)
    own = read(signed_in(world.people["seller"]), reverse("account_email"))
    assert world.people["seller"].email in own
    assert world.people["manager"].email not in own
