"""Tracking links: a buyer follows an order without an account."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.hashes import new_token, token_hash
from marketplace.orders.models import Order, TrackingLink

VALID_FOR = timedelta(days=180)


def issue_link(*, order: Order, valid_for: timedelta = VALID_FOR) -> str:
    """A new token of 128 random bits for an order; only its hash is kept."""
    token = new_token()
    TrackingLink.objects.create(
        token_hash=token_hash(token), order=order, expires_at=timezone.now() + valid_for
    )
    return token


def revoke_links(*, order: Order, by: Actor) -> int:
    """Withdraw every link of an order that is still valid; returns how many."""
    with transaction.atomic():
        valid = order.tracking_links.filter(revoked_at=None, expires_at__gt=timezone.now())
        count = valid.update(revoked_at=timezone.now())
        audit.record("order.links_revoked", order, by=by, count=count)
    return count


def purge_links() -> int:
    """Delete the links that expired; returns how many."""
    count, _ = TrackingLink.objects.filter(expires_at__lt=timezone.now()).delete()
    return count
