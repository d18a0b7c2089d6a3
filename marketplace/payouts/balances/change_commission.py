"""A change of the commission rules: proposed by one person, confirmed by another before its day.

No rule changes until then. A change is bound to the rules that it replaces as they were: with
others since, it cannot be confirmed any more.
"""

from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.events import publish
from marketplace.core.versions import ChangedMeanwhile, version_of
from marketplace.ledger.permissions import require_permission
from marketplace.payouts.balances.preview_commission import Proposal
from marketplace.payouts.balances.set_commission import (
    end_commission,
    require_future,
    require_terms,
    set_commission,
)
from marketplace.payouts.errors import ChangeDecided, ChangeWaits, RuleNotInFuture
from marketplace.payouts.events import CommissionChangeProposed
from marketplace.payouts.models import ChangeState, CommissionChange, CommissionRule
from vendors.models import Programme
from vendors.permissions import StaffPermission
from vendors.two_persons import require_second_person

_TARGETS = ("cooperative_id", "category_slug", "phase", "market")


@transaction.atomic
def propose_commission(
    *, programme: Programme, proposal: Proposal, source: str, by: Actor, seen: str | None = None
) -> CommissionChange:
    """Propose a rule; raises as ``set_commission``, and ChangeWaits, Forbidden.

    A page passes the version of all rules and changes that it showed (``rules_version``): if they
    are others by now, ChangedMeanwhile is raised.
    """
    _lock(programme, by, seen)
    require_terms(programme.pk, proposal.valid_from, proposal.valid_to, proposal.tiers)
    terms = {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in asdict(proposal).items()
    }
    terms["cooperative_id"] = str(proposal.cooperative_id) if proposal.cooperative_id else None
    return _propose(
        programme, _targets(proposal), by, terms=terms, begins_on=proposal.valid_from, source=source
    )


@transaction.atomic
def propose_commission_end(
    *, rule: CommissionRule, valid_to: date, by: Actor, seen: str | None = None
) -> CommissionChange:
    """Propose to end a rule: ``valid_to`` is the first day without it; raises as above."""
    _lock(rule.programme, by, seen)
    require_future(rule.programme_id, valid_to)
    rule = CommissionRule.objects.get(pk=rule.pk)
    if rule.valid_to is not None and rule.valid_to <= valid_to:
        raise RuleNotInFuture
    return _propose(
        rule.programme, _targets(rule), by, rule=rule, begins_on=valid_to, source=rule.source
    )


@transaction.atomic
def confirm_commission_change(*, change: CommissionChange, by: Actor) -> CommissionChange:
    """Set or end the rule, as a second person.

    Two who confirm at once, or one twice, change it once. Raises SamePersonTwice or NotIndependent,
    ChangeDecided, ChangedMeanwhile when the rules are not those that it knew, RuleNotInFuture once
    its day has come, Forbidden.
    """
    _lock(change.programme, by)
    row = _open(change)
    second = require_second_person(first=row.proposed_by_id, by=by)
    if row.seen != version_of(_rules(row.programme, _targets_of(row))):
        raise ChangedMeanwhile
    if row.rule is not None:
        end_commission(rule=row.rule, valid_to=row.begins_on, by=by)
    else:
        terms = asdict(proposal_of(row))
        set_commission(programme_id=row.programme_id, source=row.source, by=by, **terms)
    _close(row, ChangeState.CONFIRMED, second, by)
    return row


@transaction.atomic
def withdraw_commission_change(*, change: CommissionChange, by: Actor) -> CommissionChange:
    """End an open change, by whoever might confirm it; raises ChangeDecided, Forbidden."""
    _lock(change.programme, by)
    row = _open(change)
    _close(row, ChangeState.WITHDRAWN, int(by.id), by)
    return row


def proposal_of(change: CommissionChange) -> Proposal:
    """The rule that a change would set."""
    terms = dict(change.terms)
    for name in ("valid_from", "valid_to"):
        terms[name] = date.fromisoformat(terms[name]) if terms[name] else None
    owner = terms["cooperative_id"]
    terms["cooperative_id"] = UUID(owner) if owner else None
    return Proposal(**terms)


def rules_version(programme: Programme) -> str:
    """The version of all rules of a programme and of the changes that wait."""
    waiting = CommissionChange.objects.filter(programme=programme, state=ChangeState.OPEN)
    return version_of([_rules(programme, {}), sorted(str(each.pk) for each in waiting)])


def _lock(programme: Programme, by: Actor, seen: str | None = None) -> None:
    """One change at a time for a programme, by somebody who may."""
    require_permission(by, programme, StaffPermission.COMMISSION_SET)
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    if seen is not None and seen != rules_version(programme):
        raise ChangedMeanwhile


def _propose(
    programme: Programme, targets: dict[str, Any], by: Actor, **columns: Any
) -> CommissionChange:
    waiting = CommissionChange.objects.filter(programme=programme, state=ChangeState.OPEN)
    if any(_targets_of(each) == targets for each in waiting.select_related("rule")):
        raise ChangeWaits
    change = CommissionChange.objects.create(
        programme=programme,
        seen=version_of(_rules(programme, targets)),
        proposed_by_id=int(by.id),
        **columns,
    )
    publish(
        CommissionChangeProposed(
            aggregate_id=change.pk, occurred_at=change.proposed_at, change_id=change.pk
        )
    )
    audit.record("commission.proposed", change, by=by, **_told(change))
    return change


def _rules(programme: Programme, targets: dict[str, Any]) -> list[tuple[str, ...]]:
    """The rules with these targets, as what is compared."""
    found = CommissionRule.objects.filter(programme=programme, **targets).order_by("pk")
    return [
        (str(rule.pk), str(rule.rate_bp), str(rule.tiers), str(rule.valid_from), str(rule.valid_to))
        for rule in found
    ]


def _targets_of(change: CommissionChange) -> dict[str, Any]:
    return _targets(change.rule if change.rule is not None else proposal_of(change))


def _targets(named: CommissionRule | Proposal) -> dict[str, Any]:
    """The sales that a rule is for."""
    return {name: getattr(named, name) for name in _TARGETS}


def _open(change: CommissionChange) -> CommissionChange:
    rows = CommissionChange.objects.select_related("programme", "rule")
    row = rows.get(pk=change.pk)
    if row.state != ChangeState.OPEN:
        raise ChangeDecided
    return row


def _close(row: CommissionChange, state: ChangeState, decided_by: int, by: Actor) -> None:
    row.state, row.decided_by_id, row.decided_at = state, decided_by, timezone.now()
    row.save(update_fields=["state", "decided_by", "decided_at"])
    audit.record(f"commission.{state}", row, by=by, **_told(row))


def _told(change: CommissionChange) -> dict[str, Any]:
    told = {"begins_on": change.begins_on.isoformat(), "terms": change.terms}
    return told | ({"ends": str(change.rule_id)} if change.rule_id else {})
