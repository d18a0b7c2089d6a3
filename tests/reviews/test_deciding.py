"""Held by rule, decided by a person, answered by the cooperative, reported by readers."""

from typing import Any

import pytest
from django.core import mail

from marketplace.conversations.errors import NothingWritten
from marketplace.core.actors import Actor
from marketplace.core.throttle import TooSoon
from marketplace.core.worker import work_off
from marketplace.orders.services.tracking_links import issue_link
from marketplace.reviews.errors import (
    AddressInAnswer,
    AnsweredBefore,
    NotShown,
    ReportedBefore,
    ReviewDecided,
)
from marketplace.reviews.models import ReportReason, Review
from marketplace.reviews.queries import review_rows, to_decide
from marketplace.reviews.services import (
    answer_review,
    hide_review,
    report_review,
    show_review,
    withdraw_review,
)
from tests.orders.conftest import made_world, world
from tests.orders.world import World
from tests.reviews.writing import honey_of, now, of_another_buyer, order_of, page_of, reviewed
from vendors.scoping import CooperativeScope

__all__ = ["made_world", "world"]

pytestmark = pytest.mark.django_db
HELD = "Appelez le 0661 22 33 44"
# A review, in the subjects of mails.
SAID = ("avis", "review", "تقييم", "رأي")


def shown(row: Review, world: World, *, photos: bool = False) -> Review:
    return show_review(review=row, version=row.version, with_photos=photos, by=world.coordinator)


def hidden(row: Review, world: World, reason: str = "Insulte") -> Review:
    return hide_review(review=row, version=row.version, reason=reason, by=world.coordinator)


def reported(row: Review, reporter: str = "192.0.2.9") -> None:
    report_review(
        review=row, reason=ReportReason.INSULT, text="Voyez", reporter=reporter,
        by=Actor.buyer(row.pk),
    )  # fmt: skip


def answered(row: Review, world: World, text: str = "Merci !") -> Review:
    return answer_review(review=row, text=text, language="fr", by=world.other_manager)


def waiting(world: World) -> list[Any]:
    rows = to_decide(review_rows(CooperativeScope(world.growers.pk)))
    return list(rows.values_list("pk", flat=True))


def mails() -> list[tuple[str, str]]:
    """To whom, and about what, since the last time."""
    work_off()
    found = [(each.to[0], each.subject) for each in mail.outbox]
    mail.outbox.clear()
    return [each for each in found if any(word in each[1].lower() for word in SAID)]


def test_a_held_review_waits_until_a_person_shows_it(world: World) -> None:
    work_off()
    line = honey_of(world)
    row = reviewed(line, 5, HELD)
    assert (row.state, row.held_for, page_of(line).review_count) == ("held", ["address"], 0)
    assert waiting(world) == [row.pk]
    assert mails() == []
    with pytest.raises(NotShown):
        answered(row, world)
    with pytest.raises(NotShown):
        reported(row)

    shown(row, world)

    assert (now(row).state, page_of(line).review_count, waiting(world)) == ("shown", 1, [])
    told = mails()
    assert {to for to, _subject in told} == {"salma@example.org", world.other_manager.email}


def test_a_hidden_one_says_why_and_its_change_is_looked_at_first(world: World) -> None:
    line = honey_of(world)
    row = reviewed(line, 1, "Des voleurs")
    mails()
    with pytest.raises(NothingWritten):
        hidden(row, world, " ")

    hidden(row, world, "Insulte")
    assert (now(row).state, page_of(line).review_count) == ("hidden", 0)
    work_off()
    both = [each for each in mail.outbox if "Insulte" in each.body]
    assert {each.to[0] for each in both} == {"salma@example.org", world.other_manager.email}
    mail.outbox.clear()

    withdraw_review(review=row, by=Actor.buyer(order_of(line).pk))
    again = reviewed(line, 1, "Le pot était vide")
    assert (again.state, again.held_for) == ("held", ["hidden_before"])
    shown(again, world)
    assert reviewed(line, 2, "Le pot était presque vide").state == "shown"


def test_a_restored_one_is_told_to_both(world: World) -> None:
    row = hidden(reviewed(honey_of(world)), world)
    mails()
    shown(now(row), world)
    assert {to for to, _subject in mails()} == {"salma@example.org", world.other_manager.email}


def test_nobody_decides_on_what_was_changed_meanwhile(world: World) -> None:
    line = honey_of(world)
    read = reviewed(line)
    reviewed(line, 1, "Autre chose")
    with pytest.raises(ReviewDecided):
        hidden(read, world)
    withdraw_review(review=read, by=Actor.buyer(order_of(line).pk))
    with pytest.raises(ReviewDecided):
        shown(now(read), world)


def test_the_cooperative_answers_once_and_again_after_a_change(world: World) -> None:
    line = honey_of(world)
    row = reviewed(line)
    mails()
    with pytest.raises(AddressInAnswer):
        answered(row, world, "Appelez-moi au 0661 22 33 44")
    answered(row, world)
    answered(row, world)
    with pytest.raises(AnsweredBefore):
        answered(row, world, "Encore merci")
    assert [to for to, _subject in mails()] == ["salma@example.org"]

    reviewed(line, 4, "Le deuxième pot est moins bon")
    answered(row, world, "Nous regrettons.")
    assert now(row).answer == "Nous regrettons."


def test_a_report_waits_once_for_each_reader_and_is_settled_by_the_decision(
    world: World,
) -> None:
    row = reviewed(honey_of(world))
    reported(row)
    with pytest.raises(ReportedBefore):
        reported(row)
    reported(row, "192.0.2.10")
    assert waiting(world) == [row.pk]
    shown(row, world)
    assert waiting(world) == []
    assert not row.reports.filter(settled_at__isnull=True).exists()
    reported(row)
    hidden(now(row), world)
    assert waiting(world) == []


def test_limits_of_reports_and_of_reviews(world: World, settings: Any) -> None:
    settings.THROTTLES = True
    row = reviewed(honey_of(world))
    for n in range(20):
        reported(row, f"198.51.100.{n}")
    with pytest.raises(TooSoon):
        reported(row, "198.51.100.99")


def test_the_same_words_again_are_looked_at(world: World) -> None:
    first = honey_of(world)
    reviewed(first, 5, "Parfait")
    other = of_another_buyer(first, "salma@example.org")
    other.listing_id = world.rug
    other.save(update_fields=["listing_id"])
    assert reviewed(other, 5, "Parfait").held_for == ["copied"]


def test_mails_lead_to_the_order_and_to_the_portal(world: World) -> None:
    line = honey_of(world)
    work_off()
    mail.outbox.clear()
    row = reviewed(line, 4, "Très bon miel")
    work_off()
    to_member = next(each for each in mail.outbox if each.to[0] == world.other_manager.email)
    assert f"/portal/{world.growers.slug}/reviews/{row.pk}/" in to_member.body
    assert "Très bon miel" in to_member.body
    mail.outbox.clear()
    answered(row, world)
    work_off()
    (to_buyer,) = [each for each in mail.outbox if each.to[0] == "salma@example.org"]
    assert "Merci !" in to_buyer.body
    assert "/reviews/" in to_buyer.body
    assert issue_link(order=order_of(line)) not in to_buyer.body
