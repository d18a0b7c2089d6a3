"""The same from the command line."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from marketplace.core.money import Money
from marketplace.payouts import services
from tests.fakes.stripe import FakeStripe, use
from tests.payouts.world import (
    WHEN,
    balances,
    make_cooperative,
    make_programme,
    make_user,
    sold_and_delivered,
)
from vendors.models import Programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme() -> Programme:
    programme = make_programme()
    make_user("preparer", programme, "finance_preparer")
    make_user("approver", programme, "finance_approver")
    sold_and_delivered(make_cooperative(programme), totals=(552_273,))
    return programme


def run(*words: str) -> dict[str, object]:
    out = io.StringIO()
    call_command(*words, "--json", stdout=out)
    found: dict[str, object] = json.loads(out.getvalue())
    return found


def test_prepare_approve_settle(programme: Programme) -> None:
    prepared = run("payouts", "prepare", "mourafaka", "--by", "preparer@example.org")
    assert (prepared["state"], prepared["total_minor"]) == ("prepared", 486_000)
    reference = str(prepared["reference"])
    with pytest.raises(CommandError, match="not the total"):
        run("payouts", "approve", reference, "--total", "1", "--by", "approver@example.org")
    with pytest.raises(CommandError, match="4,860"):
        run("payouts", "approve", reference, "--total", "4,860", "--by", "approver@example.org")
    with pytest.raises(CommandError):
        run("payouts", "approve", reference, "--total", "4860", "--by", "preparer@example.org")
    approved = run(
        "payouts", "approve", reference, "--total", "٤٨٦٠", "--by", "approver@example.org"
    )
    assert (approved["state"], len(approved["files"])) == ("filed", 3)  # type: ignore[arg-type]
    settled = run("payouts", "settle", reference, "--by", "preparer@example.org")
    assert settled["state"] == "settled"
    assert balances()["bank"] == -486_000


def test_ledger_check_says_how_much_it_looked_at(programme: Programme) -> None:
    found = run("ledger", "check")
    assert (found["books"], found["transactions"], found["findings"]) == (1, 2, [])


def test_impact_export(programme: Programme, tmp_path: Path) -> None:
    for slug in ("second", "third"):
        sold_and_delivered(make_cooperative(programme, slug), totals=(10_000,))
    target = tmp_path / "impact.csv"
    call_command(
        "impact",
        "export",
        "mourafaka",
        "--from",
        "2026-01-01",
        "--to",
        "2026-12-31",
        "--lang",
        "ar",
        "--output",
        str(target),
        stderr=io.StringIO(),
    )
    rows = list(csv.reader(target.read_text("utf-8-sig").splitlines()))
    assert rows[0][0] == "الشهر"
    assert rows[1][:2] == ["2026-11", "MA-09"]
    assert rows[1][-3:] == ["5722.73", "0.00", "MAD"]


def test_card_provider_and_carrier_are_settled_once(programme: Programme) -> None:
    preparer = programme.staff_grants.get(role="finance_preparer").user.actor
    for _ in range(2):
        services.settle_card_provider(
            programme=programme,
            gross=Money(555_273, "MAD"),
            fee=Money(8_000, "MAD"),
            reference="2026-11-05",
            occurred_at=WHEN,
            by=preparer,
        )
        services.pay_carrier(
            programme=programme,
            amount=Money(3_000, "MAD"),
            reference="INV-7",
            occurred_at=WHEN,
            by=preparer,
        )
    assert balances() == {
        "bank": 544_273,
        "psp_fee": 8_000,
        "released": -486_000,
        "commission": -66_273,
    }


@pytest.fixture
def stripe(monkeypatch: pytest.MonkeyPatch, settings: Any) -> FakeStripe:
    settings.STRIPE_SECRET_KEY = "sk_test_fake"
    fake = FakeStripe()
    use(monkeypatch, fake)
    return fake


def test_stripe_is_asked_where_it_pays(stripe: FakeStripe) -> None:
    assert run("payouts", "countries") == {"platform": "FR", "differences": []}


def test_where_our_data_and_stripe_differ_is_listed_and_fails(
    stripe: FakeStripe, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        "tests.fakes.stripe.programme.TRANSFER_COUNTRIES", ["DE", "ES", "FR", "GB", "MA", "US"]
    )
    with pytest.raises(CommandError, match="2 countries differ"):
        call_command("payouts", "countries")
    assert capsys.readouterr().out.splitlines() == [
        "IT: our data says Stripe pays, Stripe says it does not pay.",
        "MA: our data says Stripe does not pay, Stripe says it pays.",
    ]


def test_without_a_key_stripe_is_not_asked(settings: Any) -> None:
    settings.STRIPE_SECRET_KEY = ""
    with pytest.raises(CommandError, match="could not be asked"):
        call_command("payouts", "countries")
