"""Keep which versions of the legal texts a buyer accepted with an order."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from catalog.markets import Market
from marketplace.core.days import day_of
from marketplace.legal.defaults import default_texts
from marketplace.legal.models import Acceptance, LegalText
from marketplace.legal.queries import to_accept
from marketplace.legal.services.publish import digest_of
from vendors.models import Cooperative, Programme
from vendors.scoping import Crossing


@transaction.atomic
def accept_texts(
    *, order_id: UUID, cooperative_ids: Collection[UUID], market: Market, language: str
) -> None:
    """The texts in force now, of each programme whose cooperatives sell in the order.

    ``order_id`` is the id that the order has or will have. What was accepted first stays: repeating
    it changes nothing.
    """
    now = timezone.now()
    rows = [
        Acceptance(
            order_id=order_id,
            text=version or _kept_default(programme, market, kind, now),
            language=language,
            accepted_at=now,
        )
        for programme, kind, version in to_accept(
            order_id, _programmes(cooperative_ids), market.code
        )
    ]
    Acceptance.objects.bulk_create(rows, ignore_conflicts=True)


def _programmes(cooperative_ids: Collection[UUID]) -> list[Programme]:
    rows = Cooperative.objects.crossing(Crossing.CHECKOUT).filter(pk__in=cooperative_ids)
    return list(Programme.objects.filter(pk__in=rows.values("programme_id")).order_by("slug"))


def _kept_default(programme: Programme, market: Market, kind: str, now: datetime) -> LegalText:
    """The standard text as it reads today, kept once for all orders that accept it."""
    today = day_of(now, programme.time_zone)
    texts = default_texts(programme, market, kind, today)
    facts = {
        "programme": programme, "market": market.code, "kind": kind,
        "digest": digest_of(texts), "is_default": True,
    }  # fmt: skip
    row = LegalText(**facts, number=0, valid_from=today, texts=texts, saved_at=now)
    LegalText.objects.bulk_create([row], ignore_conflicts=True)
    return LegalText.objects.get(**facts)
