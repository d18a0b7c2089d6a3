"""A buyer asks to be forgotten."""

import json

from django.db import transaction
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.hashes import keyed_hash
from marketplace.personal_data.buyers import Buyer
from marketplace.personal_data.errors import CannotBeErasedYet
from marketplace.personal_data.models import Erasure
from marketplace.personal_data.obstacles import obstacles


def ask_for_erasure(*, buyer: Buyer, market: str, language: str) -> Erasure:
    """Note the wish of somebody who has proven what is theirs; a job carries it out.

    Asked for twice while it is under way, it is one. Raises CannotBeErasedYet while ``obstacles``
    finds any.
    """
    if obstacles(buyer):
        raise CannotBeErasedYet
    key = _key(buyer)
    with transaction.atomic():
        erasure, is_new = Erasure.objects.get_or_create(
            key=key,
            finished_at=None,
            defaults={
                "user": buyer.user,
                "emails_json": json.dumps(buyer.emails),
                "order_ids": list(buyer.order_ids),
                "phone": buyer.phone,
                "market": market,
                "language": language,
                "asked_at": timezone.now(),
            },
        )
        if is_new:
            audit.record("personal_data.erasure_asked", erasure, by=Actor.buyer(erasure.pk))
    return erasure


def under_way(buyer: Buyer) -> bool:
    """Whether an erasure of the same waits or runs."""
    return Erasure.objects.filter(key=_key(buyer), finished_at__isnull=True).exists()


def _key(buyer: Buyer) -> str:
    return keyed_hash(("erasure", *buyer.emails, *map(str, buyer.order_ids)))
