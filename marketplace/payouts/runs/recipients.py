"""The recipients of a run: cooperatives with account, route, holds and returned payments."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max

from marketplace.payouts.models import LineState, PayoutHold, PayoutLine, PayoutRoute, Provider
from vendors.models import BankAccount, Cooperative
from vendors.scoping import ProgrammeScope


@dataclass(frozen=True)
class Recipient:
    """A cooperative with everything that decides whether, how and where it is paid."""

    cooperative: Cooperative
    account: BankAccount | None
    # Whether the account replaced another.
    changed: bool
    returned_at: datetime | None
    route: PayoutRoute | None
    on_hold: bool

    @property
    def provider(self) -> Provider:
        """Its route's payout method, by default a bank file."""
        return Provider(self.route.provider) if self.route else Provider.BANK_BATCH


def recipients(scope: ProgrammeScope, wanted: Sequence[UUID]) -> dict[UUID, Recipient]:
    """The cooperatives of a scope among ``wanted``, by id, in a fixed number of queries."""
    cooperatives = Cooperative.objects.within(scope).filter(pk__in=wanted)
    accounts = BankAccount.objects.within(scope).filter(cooperative__in=wanted)
    current = {a.cooperative_id: a for a in accounts.filter(replaced_at__isnull=True)}
    changed = set(
        accounts.filter(replaced_at__isnull=False).values_list("cooperative_id", flat=True)
    )
    returned = dict(
        PayoutLine.objects.within(scope)
        .filter(state=LineState.RETURNED, cooperative__in=wanted)
        .values_list("cooperative_id")
        .annotate(last=Max("returned_at"))
        .order_by()
    )
    routes = PayoutRoute.objects.within(scope).filter(cooperative__in=wanted)
    route_of = {r.cooperative_id: r for r in routes.filter(replaced_at__isnull=True)}
    holds = PayoutHold.objects.within(scope).filter(cooperative__in=wanted)
    held = set(holds.filter(lifted_at__isnull=True).values_list("cooperative_id", flat=True))
    return {
        row.pk: Recipient(
            row,
            current.get(row.pk),
            row.pk in changed,
            returned.get(row.pk),
            route_of.get(row.pk),
            row.pk in held,
        )
        for row in cooperatives
    }
