"""The most exact rule in force on the day of the order decides."""

from datetime import date
from uuid import uuid4

import pytest

from marketplace.core.models import AuditEntry
from marketplace.payouts.commissions import rule_for, rules_on, set_commission
from tests.payouts.world import MACHINE, make_programme

pytestmark = pytest.mark.django_db


def test_cooperative_before_category_before_programme() -> None:
    programme, own = make_programme(bp=1_200), uuid4()
    since = date(2026, 1, 1)
    for bp, more in (
        (1_000, {"category_slug": "honey"}),
        (800, {"cooperative_id": own}),
        (500, {"cooperative_id": own, "category_slug": "honey"}),
    ):
        set_commission(
            programme_id=programme.pk,
            rate_bp=bp,
            valid_from=since,
            source="board",
            by=MACHINE,
            **more,
        )
    rules = rules_on(programme.pk, date(2026, 6, 1))

    def rate(cooperative_id: object, category: str) -> int:
        rule = rule_for(rules, cooperative_id, category)  # type: ignore[arg-type]
        assert rule is not None
        return rule.rate_bp

    assert rate(uuid4(), "rugs") == 1_200
    assert rate(uuid4(), "honey") == 1_000
    assert rate(own, "rugs") == 800
    assert rate(own, "honey") == 500


def test_a_new_rule_ends_the_one_before_and_is_written_down() -> None:
    programme = make_programme(bp=1_200)
    set_commission(
        programme_id=programme.pk,
        rate_bp=900,
        valid_from=date(2026, 7, 1),
        source="board of June",
        by=MACHINE,
    )
    for day, bp in ((date(2026, 6, 30), 1_200), (date(2026, 7, 1), 900)):
        assert [rule.rate_bp for rule in rules_on(programme.pk, day)] == [bp]
    assert AuditEntry.objects.filter(action="commission.set").count() == 2


def test_before_the_first_rule_nothing_is_kept() -> None:
    programme = make_programme()
    assert rule_for(rules_on(programme.pk, date(2020, 1, 1)), uuid4(), "honey") is None
