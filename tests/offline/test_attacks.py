"""Forged commands, other people's queues, shared phones, too much at once."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from marketplace.core.throttle import limit_of, take
from marketplace.offline.commands import LARGEST_BODY, MOST_AT_ONCE
from marketplace.offline.models import TakenCommand
from tests.direct_sales.selling import everything, stock
from tests.factories.vendors import make_adviser, make_member
from tests.kept_worlds import kept
from tests.offline.sending import counted, draft, edit, path_of, sale, send, states
from tests.orders.world import World, make_world
from tests.web.browsers import at_once, browser, twin
from vendors.models import Membership
from vendors.scoping import Crossing

pytestmark = pytest.mark.django_db


@pytest.fixture
def phone(world: World) -> Client:
    return browser(world.manager, "en")


def is_untouched(world: World) -> bool:
    taken = TakenCommand.objects.crossing(Crossing.POLICY).exists()
    return not taken and everything() == [] and stock(world) == 5


def test_nobody_and_a_stranger_send_nothing(world: World) -> None:
    answer = send(world, Client(), sale(world))
    assert answer.status_code == 302
    assert "/login/" in answer["Location"]
    stranger = browser(world.other_manager)
    assert send(world, stranger, sale(world), person=world.other_manager.pk).status_code == 404
    assert stranger.get(path_of(world)).status_code == 404
    assert is_untouched(world)


def test_another_site_sends_nothing(world: World) -> None:
    guarded = Client(enforce_csrf_checks=True)
    guarded.cookies = browser(world.manager).cookies
    assert send(world, guarded, sale(world)).status_code == 403
    assert is_untouched(world)
    token = guarded.get(path_of(world)).json()["token"]
    body = json.dumps({"person": str(world.manager.pk), "commands": [sale(world)]})
    answer = guarded.post(
        path_of(world), body, content_type="application/json", headers={"X-CSRFToken": token}
    )
    assert states(answer) == ["done"]


def test_on_a_shared_phone_nothing_is_done_in_the_name_of_who_signs_in_next(world: World) -> None:
    second = make_member(world.weavers, "seller")
    answer = send(world, browser(second, "en"), sale(world), person=world.manager.pk)
    assert (answer.status_code, answer.json()["error"]) == (409, "another_person")
    assert is_untouched(world)


def test_the_same_key_of_a_colleague_is_not_answered_with_what_the_first_did(world: World) -> None:
    one = sale(world)
    send(world, browser(world.manager), one)
    second = make_member(world.weavers, "seller")
    answer = send(world, browser(second), one, person=second.pk)
    [told] = answer.json()["answers"]
    assert (told["state"], told["facts"]) == ("other", {})
    assert len(everything()) == 1


def test_the_same_key_with_another_body_is_said_and_not_done(world: World, phone: Client) -> None:
    one = sale(world, 1)
    assert states(send(world, phone, one)) == ["done"]
    changed: list[Any] = [
        one | {"quantity": 2}, one | {"note": "x"}, counted(world, 1, seen=4, key=one["key"]),
        draft(key=one["key"]),
    ]  # fmt: skip
    assert states(send(world, phone, *changed)) == ["other"] * 4
    assert [row.quantity for row in everything()] == [1]
    assert stock(world) == 4


def test_what_is_another_cooperatives_is_as_if_it_did_not_exist(
    world: World, phone: Client
) -> None:
    theirs = browser(world.other_manager)
    their_path = f"/portal/{world.growers.slug}/offline/sync/"
    own = world.other_manager.pk
    send(world, theirs, draft(), person=own, path=their_path)
    listing = send(world, theirs, person=own, path=their_path).json()["drafts"][0]
    reached = [
        sale(world, variant=str(world.honey)), counted(world, 0, seen=20, variant=str(world.honey)),
        edit(listing["listing"], listing["version"], name="mine"),
    ]  # fmt: skip
    answer = send(world, phone, *reached)
    assert states(answer) == ["refused", "refused", "conflict"]
    assert str(world.honey) not in json.dumps(answer.json()["products"])
    after = send(world, theirs, person=own, path=their_path).json()
    assert after["drafts"] == [listing]
    assert [one["on_hand"] for one in after["products"]] == [20]


def test_a_key_of_another_cooperative_is_free(world: World, phone: Client) -> None:
    key = str(uuid4())
    theirs = sale(world, variant=str(world.honey), key=key)
    path = f"/portal/{world.growers.slug}/offline/sync/"
    own = world.other_manager
    assert states(send(world, browser(own), theirs, person=own.pk, path=path)) == ["done"]
    assert states(send(world, phone, sale(world, key=key))) == ["done"]


def test_a_role_does_on_the_phone_what_it_may_do_on_pages(world: World) -> None:
    accountant = browser(world.accountant, "en")
    all_kinds = [sale(world), counted(world, 1, seen=5), draft(), edit(str(uuid4()), "x")]
    for one in all_kinds:
        answer = send(world, accountant, one, person=world.accountant.pk)
        assert states(answer) == ["forbidden"]
    assert (answer.json()["products"], answer.json()["drafts"]) == ([], [])
    assert is_untouched(world)


def test_a_removed_member_sends_nothing_more(world: World, phone: Client) -> None:
    rows = Membership.objects.crossing(Crossing.POLICY)
    rows.filter(user=world.manager).delete()
    assert send(world, phone, sale(world)).status_code == 404
    assert is_untouched(world)


def test_a_deactivated_account_sends_nothing_more(world: World, phone: Client) -> None:
    world.manager.is_active = False
    world.manager.save()
    assert send(world, phone, sale(world)).status_code == 302
    assert is_untouched(world)


def test_an_adviser_acts_on_the_phone_only_with_a_second_factor(world: World) -> None:
    adviser = make_adviser(world.weavers)
    client = browser(adviser)
    assert states(send(world, client, person=adviser.pk)) == []
    session = client.session
    session.pop("account_authentication_methods", None)
    session.save()
    answer = send(world, client, sale(world), person=adviser.pk)
    assert answer.status_code == 302
    assert "reauthenticate" in answer["Location"]
    assert is_untouched(world)


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b"null", b"7", b'"x"', b"\xff\xfe", b"[" * 100_000, b'{"person": "1"}',
        b'{"person": "%d", "commands": {}}', b'{"person": "%d", "commands": [7]}',
        b'{"person": "%d", "commands": [{"kind": "sale"}]}',
        b'{"person": "%d", "commands": [{"key": "1"}]}',
        b'{"person": "%d", "commands": [{"key": 5}]}',
    ],
)  # fmt: skip
def test_what_is_no_list_of_commands_is_refused_as_a_whole(
    world: World, phone: Client, body: bytes
) -> None:
    said = body.replace(b"%d", str(world.manager.pk).encode())
    answer = phone.post(path_of(world), said, content_type="application/json")
    assert (answer.status_code, answer.json()["error"]) == (400, "unreadable_commands")
    assert is_untouched(world)


def test_too_large_and_too_many_are_refused_before_anything_is_done(
    world: World, phone: Client
) -> None:
    large = send(world, phone, sale(world), draft(description="x" * LARGEST_BODY))
    assert (large.status_code, large.json()["error"]) == (413, "too_many_commands")
    many = [sale(world) for _one in range(MOST_AT_ONCE + 1)]
    assert send(world, phone, *many).status_code == 413
    assert is_untouched(world)


def test_thousands_of_commands_end_at_a_limit(world: World, phone: Client, settings: Any) -> None:
    settings.THROTTLES = True
    limit = limit_of("offline_sync")
    assert take(limit, str(world.manager.pk), count=limit.count - 3) == 0
    bad = [{"key": str(uuid4()), "kind": "x"} for _one in range(MOST_AT_ONCE)]
    answers = [send(world, phone, *bad) for _one in range(10)]
    assert answers[0].status_code == 200
    assert answers[-1].status_code == 429
    assert int(answers[-1]["Retry-After"]) > 0
    # A colleague's own phone is not held up.
    second = make_member(world.weavers, "seller")
    assert states(send(world, browser(second), sale(world), person=second.pk)) == ["done"]


@pytest.mark.django_db(transaction=True)
def test_the_same_commands_at_the_same_moment_are_done_once(
    transactional_db: None, settings: Any
) -> None:
    world = kept("nine_rugs", lambda: make_world(rugs=9))
    phone = browser(world.manager)
    all_kinds = [sale(world, 2), counted(world, 8, seen=7), draft()]
    answers = at_once([lambda: send(world, twin(phone), *all_kinds)] * 4)
    assert all(states(answer) == ["done"] * 3 for answer in answers)
    assert len(everything()) == 1
    assert stock(world) == 8
    assert len(send(world, phone).json()["drafts"]) == 1
