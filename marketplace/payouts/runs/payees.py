"""What is known of the cooperatives of a run: account, route, holds, payments that came back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max

from marketplace.payouts.models import LineState, PayoutHold, PayoutLine, PayoutRoute, Provider
from vendors.models import BankAccount, Cooperative
from vendors.scoping import ProgrammeScope


@dataclass(frozen=True)
class Payee:
    """A cooperative with all that decides whether, how and where it is paid."""

    cooperative: Cooperative
    account: BankAccount | None
    # Whether the account took another's place.
    changed: bool
    returned_at: datetime | None
    route: PayoutRoute | None
    on_hold: bool

    @property
    def provider(self) -> Provider:
        """The way of its route, else a bank file."""
        return Provider(self.route.provider) if self.route else Provider.BANK_BATCH


def payees(scope: ProgrammeScope, wanted: Sequence[UUID]) -> dict[UUID, Payee]:
    """The cooperatives of a scope among ``wanted``, by id; a few queries for all of them."""
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
        row.pk: Payee(
            row,
            current.get(row.pk),
            row.pk in changed,
            returned.get(row.pk),
            route_of.get(row.pk),
            row.pk in held,
        )
        for row in cooperatives
    }
