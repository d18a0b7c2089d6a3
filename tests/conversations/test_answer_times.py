"""What buyers read of how quickly a cooperative answers."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from marketplace.conversations.answer_times import usual_answer_hours
from marketplace.conversations.models import Conversation
from tests.conversations.asking import ask
from tests.factories.vendors import make_cooperative, make_programme
from vendors.models import Cooperative

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def cooperative() -> Cooperative:
    return make_cooperative(make_programme())


def asked(
    cooperative: Cooperative, *hours: float | None, ago: timedelta = timedelta(days=10)
) -> None:
    """Conversations that were first answered after so many hours, or not at all."""
    for place, each in enumerate(hours):
        begun: datetime = NOW - ago
        row = ask(cooperative, f"Question {place} {ago}")
        Conversation.objects.within(cooperative.scope).filter(pk=row.pk).update(
            asked_at=begun, first_answer_at=None if each is None else begun + timedelta(hours=each)
        )


def test_the_median_counts_of_five_conversations_and_more(cooperative: Cooperative) -> None:
    asked(cooperative, 1, 2, 3.5, 40)
    assert usual_answer_hours(cooperative.pk, now=NOW) is None
    asked(cooperative, 47, ago=timedelta(days=20))
    assert usual_answer_hours(cooperative.pk, now=NOW) == 4
    other = make_cooperative(cooperative.programme, "zagora")
    assert usual_answer_hours(other.pk, now=NOW) is None


def test_questions_that_nobody_answers_slow_it_down(cooperative: Cooperative) -> None:
    asked(cooperative, 1, 1, 1, None, None, None)
    assert usual_answer_hours(cooperative.pk, now=NOW) is None


def test_what_was_just_asked_and_what_is_long_past_does_not_count(
    cooperative: Cooperative,
) -> None:
    asked(cooperative, 1, 1, 1, 1, 0.2)
    asked(cooperative, None, None, None, None, None, None, ago=timedelta(hours=3))
    asked(cooperative, 99, 99, 99, 99, 99, 99, ago=timedelta(days=91))
    assert usual_answer_hours(cooperative.pk, now=NOW) == 1


def test_a_slow_cooperative_is_not_shamed(cooperative: Cooperative) -> None:
    asked(cooperative, 49, 49, 49, 49, 49)
    assert usual_answer_hours(cooperative.pk, now=NOW) is None


def test_buyers_read_it_on_the_cooperatives_page(cooperative: Cooperative) -> None:
    cooperative.published_at = NOW
    cooperative.save(update_fields=["published_at"])
    path = "/ma/fr/cooperatives/tamounte/"
    assert "Répond en général" not in Client().get(path).content.decode()
    asked(cooperative, 1, 2, 3.5, 5, 6)
    assert "Répond en général en 4 heures" in Client().get(path).content.decode()
