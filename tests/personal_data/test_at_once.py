"""Two workers and two clicks: one erasure."""

from uuid import uuid4

import pytest
from django.core import mail

from marketplace.core.models import AuditEntry
from marketplace.favourites.models import Favourite
from marketplace.personal_data.buyers import buyer_of_user
from marketplace.personal_data.models import Erasure
from marketplace.personal_data.services.ask import ask_for_erasure
from marketplace.personal_data.services.carry_out import carry_out
from tests.concurrency import at_once
from tests.factories.vendors import make_user
from vendors.accounts import User

pytestmark = pytest.mark.django_db(transaction=True)


def test_asked_and_carried_out_at_once_it_is_one() -> None:
    user = make_user(email="twice@example.org")
    Favourite.objects.create(user=user, listing_id=uuid4())
    buyer = buyer_of_user(user)

    def ask() -> None:
        ask_for_erasure(buyer=buyer, market="ma", language="fr")

    assert at_once(ask, ask) == []
    erasure = Erasure.objects.get()
    assert at_once(lambda: carry_out(erasure.pk), lambda: carry_out(erasure.pk)) == []

    erasure.refresh_from_db()
    assert erasure.counts["favourites"] == erasure.counts["account"] == 1
    assert not User.objects.filter(pk=user.pk).exists()
    assert AuditEntry.objects.filter(action="personal_data.erased").count() == 1
    assert len(mail.outbox) == 1
