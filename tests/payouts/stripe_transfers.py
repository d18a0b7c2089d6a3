"""Cooperatives that are paid by a transfer to their Stripe account."""

from datetime import timedelta

from django.utils import timezone

from marketplace.payouts import services
from marketplace.payouts.models import PayoutRoute, PayoutRun
from tests.payouts.world import (
    make_cooperative,
    make_user,
    sold_and_delivered,
)
from vendors.models import Cooperative, Programme, User


def cooperative_with_account(programme: Programme, slug: str, account: str) -> Cooperative:
    """A French cooperative with a confirmed account at Stripe, and one delivered sale."""
    found = make_cooperative(programme, slug, currency="EUR", rib=None)
    found.country_code = "FR"
    found.save()
    sold_and_delivered(found, currency="EUR")
    since = timezone.now() - timedelta(days=30)
    PayoutRoute.objects.create(
        cooperative=found,
        provider="stripe_transfer",
        destination=account,
        valid_from=since,
        added_by=make_user(f"adder-{slug}"),
        confirmed_by=make_user(f"confirmer-{slug}"),
        confirmed_at=since,
    )
    return found


def approved(programme: Programme, preparer: User, approver: User) -> PayoutRun:
    run = services.prepare_run(programme=programme, by=preparer.actor, provider="stripe_transfer")
    return services.approve_run(run=run, typed_total=run.total_minor, by=approver.actor)
