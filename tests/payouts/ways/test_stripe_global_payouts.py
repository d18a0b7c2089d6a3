"""Payments from the programme's financial account at Stripe to a recipient's bank account."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import stripe

from marketplace.payouts.models import PayoutLine, PayoutRun
from marketplace.payouts.providers.base import Answer, PayoutRefused, Progress, RetryLater
from marketplace.payouts.providers.stripe_global_payouts import StripeGlobalPayouts
from tests.fakes.stripe import use

pytestmark = pytest.mark.django_db
RECIPIENT = "acct_recipient"


class Payments(stripe.HTTPClient):
    """Stripe's ``/v2/money_management/outbound_payments``, two to a page."""

    name = "payments"

    def __init__(self) -> None:
        super().__init__()
        self.made: list[dict[str, Any]] = []
        self.keys: dict[str, str] = {}
        self.refusal: tuple[int, dict[str, str]] | None = None

    def request(
        self, method: str, url: str, headers: Mapping[str, str] | None, post_data: Any = None,
        **_more: Any,
    ) -> tuple[str, int, Mapping[str, str]]:  # fmt: skip
        if self.refusal:
            status, error = self.refusal
            return json.dumps({"error": error}), status, {}
        parts = urlsplit(url)
        assert parts.path.startswith("/v2/money_management/outbound_payments")
        name = parts.path.removeprefix("/v2/money_management/outbound_payments").strip("/")
        if method == "post":
            found = self._make(json.loads(post_data), dict(headers or {})["Idempotency-Key"])
        elif name:
            found = next(p for p in self.made if p["id"] == name)
        else:
            found = self._page(int(parse_qs(parts.query).get("page", ["0"])[0]))
        return json.dumps(found), 200, {}

    def close(self) -> None:
        """Nothing is open."""

    def _make(self, asked: dict[str, Any], key: str) -> dict[str, Any]:
        if key in self.keys:
            return next(p for p in self.made if p["id"] == self.keys[key])
        made = {
            **asked, "object": "v2.money_management.outbound_payment", "status": "processing",
            "id": f"obp_{len(self.made)}", "status_details": None,
        }  # fmt: skip
        self.made.append(made)
        self.keys[key] = made["id"]
        return made

    def _page(self, first: int) -> dict[str, Any]:
        rest = len(self.made) > first + 2
        address = f"/v2/money_management/outbound_payments?page={first + 2}" if rest else None
        return {"data": self.made[first : first + 2], "next_page_url": address}


@pytest.fixture
def payments(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Payments:
    settings.STRIPE_SECRET_KEY = "sk_test_fake"
    settings.STRIPE_FINANCIAL_ACCOUNT = "fa_programme"
    fake = Payments()
    use(monkeypatch, fake)
    return fake


def line(amount_minor: int = 125_000, **more: Any) -> PayoutLine:
    run = PayoutRun(reference="VR-1", currency="EGP")
    return PayoutLine(
        run=run, amount_minor=amount_minor, destination=RECIPIENT, end_to_end_id="VR-1-1",
        refusals=0, **more,
    )  # fmt: skip


def test_a_line_is_paid_from_the_programmes_account(payments: Payments) -> None:
    answer = StripeGlobalPayouts().pay(line())

    assert answer == Answer("obp_0", Progress.IN_TRANSIT, "")
    [made] = payments.made
    assert made["from"] == {"financial_account": "fa_programme", "currency": "egp"}
    assert made["to"] == {"recipient": RECIPIENT, "currency": "egp"}
    assert made["amount"] == {"value": 125_000, "currency": "egp"}


def test_a_line_asked_twice_is_paid_once_and_a_refused_one_anew(payments: Payments) -> None:
    wanted = line()
    first, second = StripeGlobalPayouts().pay(wanted), StripeGlobalPayouts().pay(wanted)
    wanted.refusals = 1
    third = StripeGlobalPayouts().pay(wanted)

    assert first.reference == second.reference != third.reference
    assert len(payments.made) == 2


def test_a_payment_is_found_on_a_later_page_by_its_line(payments: Payments) -> None:
    lines = [line() for _ in range(5)]
    for one in lines:
        StripeGlobalPayouts().pay(one)

    assert StripeGlobalPayouts().find(lines[4]) == Answer("obp_4", Progress.IN_TRANSIT, "")
    assert StripeGlobalPayouts().find(line()) is None


@pytest.mark.parametrize(
    ("status", "progress"),
    [
        ("processing", Progress.IN_TRANSIT),
        ("posted", Progress.PAID),
        ("failed", Progress.RETURNED),
        ("returned", Progress.RETURNED),
        ("canceled", Progress.RETURNED),
        # A state that Stripe may add later moves no money here.
        ("under_review", Progress.IN_TRANSIT),
    ],
)
def test_how_far_it_is(payments: Payments, status: str, progress: Progress) -> None:
    paid = line(provider_reference=StripeGlobalPayouts().pay(line()).reference)
    payments.made[0]["status"] = status
    if progress is Progress.RETURNED:
        payments.made[0]["status_details"] = {status: {"reason": "account_closed"}}

    answer = StripeGlobalPayouts().status(paid)

    assert answer.progress is progress
    assert answer.reason == ("account_closed" if progress is Progress.RETURNED else "")


def test_without_a_financial_account_nothing_is_asked(payments: Payments, settings: Any) -> None:
    settings.STRIPE_FINANCIAL_ACCOUNT = ""
    with pytest.raises(PayoutRefused, match="TWIZA_STRIPE_FINANCIAL_ACCOUNT"):
        StripeGlobalPayouts().pay(line())
    assert not payments.made


@pytest.mark.parametrize(
    ("status", "error", "raised"),
    [
        (400, {"type": "invalid_request_error", "message": "No such recipient"}, PayoutRefused),
        (400, {"code": "rate_limit", "message": "Too many"}, RetryLater),
        (503, {"message": "Unavailable"}, RetryLater),
    ],
)
def test_refusals_are_for_good_or_for_now(
    payments: Payments, status: int, error: dict[str, str], raised: type[Exception]
) -> None:
    payments.refusal = (status, error)
    with pytest.raises(raised):
        StripeGlobalPayouts().pay(line())
