"""Commission rules for staff pages."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.utils import timezone
from django.utils.translation import get_language

from catalog.categories import find_category
from marketplace.core.errors import NotFound
from marketplace.payouts.balances.commission_rules import rank
from marketplace.payouts.models import ChangeState, CommissionChange, CommissionRule
from vendors.models import Cooperative, Programme
from vendors.scoping import ProgrammeScope

PAGE_SIZE = 25
PER_CENT = 100


class RuleRow(NamedTuple):
    """A rule with the names of its cooperative and category, empty if it names none."""

    rule: CommissionRule
    cooperative: str
    category: str
    per_cent: Decimal
    tiers: list[tuple[int, Decimal]]
    is_over: bool


def rules(programme: Programme, *, page: int | str = 1) -> Page[RuleRow]:
    """All rules of a programme: those in force and to come by precedence, then the ended ones."""
    today = timezone.localdate()
    found = list(CommissionRule.objects.filter(programme=programme))
    names = dict(
        Cooperative.objects.within(ProgrammeScope(programme.pk))
        .filter(pk__in={rule.cooperative_id for rule in found if rule.cooperative_id})
        .values_list("pk", "legal_name")
    )
    found.sort(key=lambda rule: (_is_over(rule, today), -rank(rule), -rule.valid_from.toordinal()))
    return Paginator([_row(rule, names, today) for rule in found], PAGE_SIZE).get_page(page)


def waiting_changes(programme: Programme) -> list[CommissionChange]:
    """The proposed changes of a programme's rules that wait for a second person, the next first."""
    found = CommissionChange.objects.filter(programme=programme, state=ChangeState.OPEN)
    return list(found.select_related("proposed_by", "rule").order_by("begins_on", "proposed_at"))


def change_of(programme: Programme, change_id: UUID) -> CommissionChange:
    """One of the proposed changes, also one that was decided; raises NotFound."""
    found = CommissionChange.objects.filter(programme=programme, pk=change_id)
    row = found.select_related("programme", "rule", "proposed_by", "decided_by").first()
    if row is None:
        raise NotFound
    return row


def shown_rule(programme: Programme, rule: CommissionRule) -> RuleRow:
    """One rule as pages show it; it need not be saved."""
    owners = Cooperative.objects.within(ProgrammeScope(programme.pk))
    names = dict(owners.filter(pk=rule.cooperative_id).values_list("pk", "legal_name"))
    return _row(rule, names, timezone.localdate())


def rule_of(programme: Programme, rule_id: UUID) -> CommissionRule:
    """One rule of a programme; raises NotFound."""
    found = CommissionRule.objects.filter(programme=programme, pk=rule_id).first()
    if found is None:
        raise NotFound
    return found


def _row(rule: CommissionRule, names: dict[UUID, str], today: date) -> RuleRow:
    return RuleRow(
        rule,
        names.get(rule.cooperative_id, "") if rule.cooperative_id else "",
        category_name(rule.category_slug),
        Decimal(rule.rate_bp) / PER_CENT,
        [(volume, Decimal(rate) / PER_CENT) for volume, rate in rule.tiers],
        _is_over(rule, today),
    )


def category_name(slug: str) -> str:
    """A category's name in the reader's language; its slug where we do not know it."""
    found = find_category(slug) if slug else None
    return found.name(get_language() or "en") if found else slug


def _is_over(rule: CommissionRule, today: date) -> bool:
    return rule.valid_to is not None and rule.valid_to <= max(today, rule.valid_from)
