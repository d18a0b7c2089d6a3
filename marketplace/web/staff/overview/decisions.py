"""What waits for a decision of this staff member."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from catalog.models import ListingRevision, RevisionState
from marketplace.conversations.models import ConversationState
from marketplace.conversations.queries import (
    conversation_rows,
    programme_messages,
    with_open_reports,
)
from marketplace.orders.models import VendorOrder
from marketplace.orders.queries import unseen
from marketplace.orders.queries.complaints import complaints, for_mediator
from marketplace.payments.proposal_queries import open_proposals
from marketplace.payouts.balances.commission_queries import waiting_changes
from marketplace.payouts.models import OPEN_STATES, PayoutRun
from marketplace.reviews.queries import review_rows, to_decide
from marketplace.web.navigation import address
from vendors.admission.queries import new_applications, waiting_admissions
from vendors.models import BankAccount, Cooperative
from vendors.policy import StaffAccess
from vendors.queries import grants_to_confirm, not_ready


@dataclass(frozen=True)
class Decision:
    """An open decision of this user: what, how many, where."""

    label: str
    count: int
    url: str


# long: one entry for each kind of decision
def decisions(access: StaffAccess) -> list[Decision]:
    """Decisions that this user may take, where there are any."""
    own = {"programme": access.programme.slug}
    found: list[Decision] = []
    if access.allows("listing:moderate"):
        scope = access.scope_for("listing:moderate")
        rows = ListingRevision.objects.within(scope).filter(state=RevisionState.SUBMITTED)
        found.append(
            Decision(_("Listings to review"), rows.count(), address("staff:moderation", **own))
        )
    if access.allows("payout:read") and access.scope_for("payout:read").is_whole:
        runs = PayoutRun.objects.filter(programme=access.programme, state__in=OPEN_STATES)
        found.append(
            Decision(_("Payout runs in progress"), runs.count(), address("staff:payouts", **own))
        )
    if access.allows("refund:make"):
        waiting = for_mediator(complaints(access.scope_for("refund:make")))
        label, url = _("Complaints to decide"), address("staff:complaints", **own)
        found.append(Decision(label, waiting.count(), f"{url}?state=decide"))
    if access.allows("refund:confirm"):
        count = open_proposals(access.scope_for("refund:confirm"))
        found.append(
            Decision(_("Refunds to confirm"), count, address("staff:refund-proposals", **own))
        )
    if access.scope.is_whole and access.allows("commission:set"):
        count, url = len(waiting_changes(access.programme)), address("staff:commissions", **own)
        found.append(Decision(_("Commission rules to confirm"), count, url))
    if access.allows("cooperative:edit"):
        scope = access.scope_for("cooperative:edit")
        accounts = BankAccount.objects.within(scope).filter(
            confirmed_at__isnull=True, replaced_at__isnull=True
        )
        label, url = _("Bank accounts to confirm"), address("staff:cooperatives", **own)
        found.append(Decision(label, accounts.count(), f"{url}?waiting=account"))
        coming = waiting_admissions(scope)
        label_in, waits = _("Cooperatives to approve"), f"{url}?admission=submitted"
        found.append(Decision(label_in, coming.count(), waits))
        applied = new_applications(Cooperative.objects.within(scope))
        label_in, waits = _("New applications"), f"{url}?admission=applied"
        found.append(Decision(label_in, applied.count(), waits))
        incomplete = not_ready(Cooperative.objects.within(scope))
        label = _("Cooperatives that are not ready to sell")
        found.append(Decision(label, incomplete.count(), f"{url}?missing=any"))
    found += _on_what_is_written(access, own)
    if access.allows("delivery:record"):
        orders = unseen(VendorOrder.objects.within(access.scope_for("delivery:record")))
        label, url = _("Orders that no cooperative has seen"), address("staff:orders", **own)
        found.append(Decision(label, orders.count(), f"{url}?state=unseen"))
    if access.allows("grant:confirm"):
        count = grants_to_confirm(access.programme)
        found.append(Decision(_("Roles to confirm"), count, address("staff:people", **own)))
    return [decision for decision in found if decision.count]


def _on_what_is_written(access: StaffAccess, own: dict[str, str]) -> list[Decision]:
    """What buyers and cooperatives wrote: reported conversations, reviews."""
    found = []
    if access.allows("conversation:moderate"):
        reported = with_open_reports(conversation_rows(access.scope_for("conversation:moderate")))
        label, url = _("Reported conversations"), address("staff:conversations", **own)
        found.append(Decision(label, reported.count(), f"{url}?state=reported"))
    if access.allows("message:answer"):
        written = programme_messages(access.programme.pk).filter(state=ConversationState.WAITING)
        label, url = _("Messages to the programme"), address("staff:messages", **own)
        found.append(Decision(label, written.count(), f"{url}?state=waiting"))
    if access.allows("review:moderate"):
        waiting = to_decide(review_rows(access.scope_for("review:moderate")))
        label, url = _("Reviews to decide"), address("staff:reviews", **own)
        found.append(Decision(label, waiting.count(), f"{url}?state=decide"))
    return found
