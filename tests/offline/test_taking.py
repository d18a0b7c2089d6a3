"""Commands of a phone are done once, in their order, and what cannot be is said."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from catalog.models import Listing, ListingRevision, RevisionState
from marketplace.direct_sales.models import DirectSale
from marketplace.offline.models import TakenCommand
from tests.direct_sales.selling import count, engine_unavailable, everything, later, sell, stock
from tests.offline.sending import counted, draft, edit, path_of, sale, send, states
from tests.orders.world import World
from tests.web.browsers import browser
from vendors.scoping import Crossing

pytestmark = pytest.mark.django_db


@pytest.fixture
def phone(world: World) -> Client:
    return browser(world.manager, "en")


def drafts(world: World) -> list[ListingRevision]:
    rows = ListingRevision.objects.within(world.weavers.scope)
    return list(rows.filter(listing__status="draft").order_by("listing__created_at", "number"))


def kept() -> int:
    return TakenCommand.objects.crossing(Crossing.POLICY).count()


def test_the_phone_asks_whose_it_is_before_it_sends(world: World, phone: Client) -> None:
    said = phone.get(path_of(world))
    assert said.json()["person"] == str(world.manager.pk)
    assert said.json()["token"]
    assert said["Cache-Control"] == "private, no-store"


def test_a_sale_again_is_one_sale_and_one_answer(world: World, phone: Client) -> None:
    one = sale(world, 2)
    answers = [send(world, phone, one, one).json()["answers"] for _time in range(2)]
    assert answers[0][0] == answers[0][1] == answers[1][0] == answers[1][1]
    [recorded] = everything()
    assert (recorded.key, recorded.quantity, recorded.recorded_by) == (
        UUID(one["key"]), 2, world.manager,
    )  # fmt: skip
    assert stock(world) == 3
    assert kept() == 1


def test_more_than_the_stock_is_kept_and_said(world: World, phone: Client) -> None:
    answer = send(world, phone, sale(world, 7)).json()["answers"][0]
    assert (answer["state"], answer["facts"]["short"]) == ("done", 2)
    assert answer["words"] == ["The stock lacked 2 pieces. Count it and correct it."]
    assert stock(world) == 0


def test_a_count_comes_after_the_sales_before_it(world: World, phone: Client) -> None:
    answer = send(world, phone, sale(world, 2), counted(world, 4, seen=3))
    assert states(answer) == ["done", "done"]
    assert stock(world) == 4
    assert [one["on_hand"] for one in answer.json()["products"]] == [4]


def test_a_count_of_another_stock_is_a_conflict_for_a_person(world: World, phone: Client) -> None:
    sell(world, 1)
    one = counted(world, 4, seen=5)
    answer = send(world, phone, one).json()["answers"][0]
    # The very number that was counted is there: nothing to change.
    assert (answer["state"], stock(world)) == ("done", 4)
    other = counted(world, 2, seen=5)
    answer = send(world, phone, other).json()["answers"][0]
    assert answer["state"] == "conflict"
    assert answer["facts"] == {"seen": 5, "now": 4, "entered": 2}
    assert "Count again" in answer["words"][0]
    assert stock(world) == 4
    # The stock that it expected comes later: its answer stays.
    count(world, 5)
    assert send(world, phone, other).json()["answers"][0] == answer
    assert stock(world) == 5


def test_a_sale_that_a_count_may_have_included_asks_to_count(world: World, phone: Client) -> None:
    one = sale(world, 1)
    assert send(world, phone, sale(world, 1)).json()["answers"][0]["words"] == []
    # Counted when the piece was gone already.
    count(world, 3)
    answer = send(world, phone, one).json()["answers"][0]
    assert (answer["state"], stock(world)) == ("done", 2)
    assert answer["words"] == [
        "The stock was counted after this sale and before it was sent. Count it again."
    ]


def test_what_waits_for_the_engine_is_not_overtaken(world: World, phone: Client) -> None:
    first, second = counted(world, 3, seen=5), counted(world, 2, seen=3)
    with engine_unavailable():
        assert states(send(world, phone, first, second, draft())) == ["later", "later", "done"]
    assert kept() == 1
    assert states(send(world, phone, first, second)) == ["done", "done"]
    assert stock(world) == 2


def test_a_count_whose_answer_of_the_engine_was_lost_counts_once(
    world: World, phone: Client
) -> None:
    one = counted(world, 3, seen=5)
    with engine_unavailable(after=True):
        assert states(send(world, phone, one)) == ["later"]
    assert states(send(world, phone, one)) == ["done"]
    assert stock(world) == 3


def test_sales_of_which_the_engine_does_not_know_are_before_a_count(
    world: World, phone: Client
) -> None:
    with engine_unavailable():
        answer = send(world, phone, sale(world, 2))
        assert states(answer) == ["done"]
        assert [one["on_hand"] for one in answer.json()["products"]] == [3]
    assert states(send(world, phone, counted(world, 1, seen=3))) == ["done"]
    assert stock(world) == 1
    later()
    assert stock(world) == 1


def test_a_draft_is_a_draft_and_can_be_changed_from_the_phone(world: World, phone: Client) -> None:
    first = draft()
    second = edit(first["key"], first["key"], name="Tapis vert")
    third = edit(first["key"], second["key"], name="Tapis vert", price_minor=0)
    for _time in range(2):
        assert states(send(world, phone, first, second, third)) == ["done"] * 3
    [revision] = drafts(world)
    assert revision.state == RevisionState.DRAFT
    proposed = revision.proposed
    assert (proposed.texts["fr"].name, proposed.prices, proposed.quantity) == ("Tapis vert", {}, 2)
    shown = send(world, phone).json()["drafts"]
    assert [(one["listing"], one["name"]) for one in shown] == [
        (str(revision.listing_id), "Tapis vert")
    ]


def test_a_draft_is_changed_in_the_language_in_which_it_is_written(
    world: World, phone: Client
) -> None:
    send(world, phone, draft(language="ar", name="زربية"))
    # This phone shows English, the draft has none.
    known = send(world, phone).json()["drafts"][0]
    assert (known["language"], known["name"]) == ("ar", "زربية")
    one = edit(known["listing"], known["version"], language=known["language"], name=known["name"])
    assert states(send(world, phone, one | {"price_minor": 100})) == ["done"]
    [revision] = drafts(world)
    assert set(revision.proposed.texts) == {"ar"}


def test_of_two_phones_the_second_change_of_a_draft_is_a_conflict(
    world: World, phone: Client
) -> None:
    send(world, phone, draft())
    seen = send(world, phone).json()["drafts"][0]
    one = edit(seen["listing"], seen["version"], name="A")
    other = edit(seen["listing"], seen["version"], name="B")
    assert states(send(world, phone, one)) == ["done"]
    answer = send(world, phone, other).json()["answers"][0]
    assert (answer["state"], answer["facts"]["name"]) == ("conflict", "A")
    assert drafts(world)[0].proposed.texts["fr"].name == "A"


@pytest.mark.parametrize("seen", ["", "x", "00000000-0000-4000-8000-000000000000"])
def test_a_change_that_saw_nothing_is_a_conflict(world: World, phone: Client, seen: str) -> None:
    send(world, phone, draft())
    known = send(world, phone).json()["drafts"][0]
    assert states(send(world, phone, edit(known["listing"], seen, name="A"))) == ["conflict"]
    assert states(send(world, phone, edit(str(uuid4()), seen))) == ["conflict"]


def test_what_is_in_the_shop_or_with_the_reviewer_is_not_changed_from_a_phone(
    world: World, phone: Client
) -> None:
    published = Listing.objects.within(world.weavers.scope).get(variants=world.rug)
    assert states(send(world, phone, edit(str(published.pk), "x"))) == ["conflict"]
    send(world, phone, draft())
    known = send(world, phone).json()["drafts"][0]
    rows = ListingRevision.objects.within(world.weavers.scope)
    rows.filter(listing=known["listing"]).update(state=RevisionState.SUBMITTED)
    one = edit(known["listing"], known["version"], name="A")
    assert states(send(world, phone, one)) == ["conflict"]
    assert send(world, phone).json()["drafts"] == []


@pytest.mark.parametrize(
    "changes",
    [
        {"quantity": 0}, {"quantity": -3}, {"quantity": 100_001}, {"unit_price_minor": -1},
        {"paid_by": "card"}, {"place": ""}, {"sold_at": "2035-01-01T00:00:00Z"},
        {"sold_at": "2024-01-01T00:00:00Z"}, {"quantity": 1.5}, {"quantity": "2"},
        {"quantity": True}, {"quantity": 10**40}, {"sold_at": "yesterday"}, {"more": 1},
        {"kind": "refund"}, {"variant": str(uuid4())}, {"variant": "../x"}, {"place": "\0"},
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_words_and_does_not_hold_up_others(
    world: World, phone: Client, changes: dict[str, Any]
) -> None:
    bad = sale(world, **changes)
    answer = send(world, phone, bad, sale(world))
    assert states(answer) == ["refused", "done"]
    assert answer.json()["answers"][0]["words"]
    assert states(send(world, phone, bad)) == ["refused"]
    assert DirectSale.objects.crossing(Crossing.POLICY).count() == 1
