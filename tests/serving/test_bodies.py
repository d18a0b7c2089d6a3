"""Bodies are read within limits of time, of size, and of what all hold together."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.serving import bodies
from marketplace.serving.bodies import BodyTooLarge, BodyTooSlow, ClientGone, NoRoomForBody, Room
from tests.serving.asking import Client


def read(client: Client, *, announced: int | None, largest: int, room: Room) -> bytes:
    async def reading() -> bytes:
        with room.body(client.receive, largest) as body:
            await body.read(announced)
            return body.file.read()

    return asyncio.run(reading())


@given(
    pieces=st.lists(st.binary(max_size=200_000), min_size=1, max_size=8),
    largest=st.integers(0, 400_000),
)
def test_a_body_comes_whole_or_is_refused_by_its_size(pieces: list[bytes], largest: int) -> None:
    whole = b"".join(pieces)
    room = Room()
    if len(whole) > largest:
        with pytest.raises(BodyTooLarge):
            read(Client(*pieces), announced=None, largest=largest, room=room)
    else:
        assert read(Client(*pieces), announced=None, largest=largest, room=room) == whole
    assert room.held == 0


def test_what_announces_too_much_is_not_read() -> None:
    client = Client(b"a" * 20, more=True)
    with pytest.raises(BodyTooLarge):
        read(client, announced=1_000_000, largest=1000, room=Room())
    assert len(client.messages) == 1


def test_a_body_that_says_nothing_more_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "SECONDS", 0.05)
    with pytest.raises(BodyTooSlow):
        read(Client(b"a" * 10, more=True), announced=100, largest=1000, room=Room())


@pytest.mark.parametrize("piece", [bodies.BYTES_EACH, bodies.BYTES_EACH // 4])
def test_what_arrives_steadily_has_all_the_time(
    piece: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Four pieces, each half of the time after the one before: more than the time together."""
    monkeypatch.setattr(bodies, "SECONDS", 2.0)
    client = Client(*[b"a" * piece] * 4)
    receive_at_once = client.receive

    async def receive() -> bodies.Message:
        await asyncio.sleep(1.0)
        return await receive_at_once()

    client.receive = receive  # type: ignore[method-assign]
    if piece < bodies.BYTES_EACH:
        with pytest.raises(BodyTooSlow):
            read(client, announced=None, largest=1_000_000, room=Room())
    else:
        assert len(read(client, announced=None, largest=1_000_000, room=Room())) == piece * 4


def test_what_came_fast_earns_no_time_for_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "SECONDS", 0.05)
    with pytest.raises(BodyTooSlow):
        read(Client(b"a" * 900_000, more=True), announced=None, largest=1_000_000, room=Room())


def test_a_client_that_hangs_up_is_noticed() -> None:
    with pytest.raises(ClientGone):
        read(Client(b"a", more=True, gone=True), announced=10, largest=1000, room=Room())


def test_a_full_room_is_taken_from_who_has_been_sending_for_longest() -> None:
    room = Room(most=1000)

    async def three() -> list[str]:
        async def one(client: Client) -> str:
            with room.body(client.receive, 2000) as body:
                try:
                    await body.read(None)
                except BodyTooSlow:
                    return "cut off"
                return body.file.read().decode()

        slow = [asyncio.ensure_future(one(Client(b"s" * 400, more=True))) for _ in range(2)]
        await asyncio.sleep(0.01)
        quick = await one(Client(b"q" * 200, b"q" * 100))
        first = await slow[0]
        slow[1].cancel()
        return [first, quick]

    assert asyncio.run(three()) == ["cut off", "q" * 300]
    assert room.held == 0


def test_bodies_that_are_worked_on_are_not_cut_off() -> None:
    room = Room(most=1000)

    async def two() -> bytes:
        with room.body(Client(b"a" * 800).receive, 2000) as first:
            await first.read(800)
            second = room.body(Client(b"b" * 300).receive, 2000)
            with second as body, pytest.raises(NoRoomForBody):
                await body.read(300)
            return first.file.read()

    assert asyncio.run(two()) == b"a" * 800
    assert room.held == 0
