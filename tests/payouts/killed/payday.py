"""A payday by each provider: people and the clock do the next step, not knowing what was done.

``finish`` looks at the run as somebody would who comes back after a crash, and does what is next,
until everything is settled. ``must_hold`` says what has to be true then: everybody paid, once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Sum
from django.utils import timezone

from marketplace.core.models import AuditEntry
from marketplace.core.worker import work_off
from marketplace.ledger.models import Entry
from marketplace.payouts import services
from marketplace.payouts.book_checks import findings
from marketplace.payouts.models import BankFile, BankReport, PayoutLine, PayoutRoute, PayoutRun
from tests.fakes.stripe import FakeStripe
from tests.payouts.world import (
    make_cooperative,
    make_programme,
    make_user,
    sold_and_delivered,
)
from vendors.models import Programme, User
from vendors.scoping import Crossing

SHARE = 8_800
SLUGS = ("alpes", "berry")


@dataclass
class Payday:
    """One provider's payday: how its world is made, its steps by state, what it must leave."""

    provider: str
    currency: str
    steps: dict[str, Callable[[PayoutRun], object]]
    check: Callable[["Payday"], None]
    stripe: FakeStripe | None = None

    def make_world(self) -> None:
        programme = make_programme(currency=self.currency)
        make_user("preparer", programme, "finance_preparer")
        make_user("approver", programme, "finance_approver")
        for slug in SLUGS:
            by_stripe = self.stripe is not None
            found = make_cooperative(
                programme, slug, currency=self.currency, **({"rib": None} if by_stripe else {})
            )
            sold_and_delivered(found, currency=self.currency)
            if self.stripe is not None:
                found.country_code = "FR"
                found.save()
                self._route(found, self.stripe.add_account())
        work_off()

    def _route(self, cooperative: Any, account: str) -> None:
        since = timezone.now() - timedelta(days=30)
        PayoutRoute.objects.create(
            cooperative=cooperative, provider=self.provider, destination=account,
            valid_from=since, added_by=person("preparer"), confirmed_by=person("approver"),
            confirmed_at=since,
        )  # fmt: skip

    def finish(self) -> None:
        """Do what is next until it is done; whoever was killed on the way comes back to this."""
        for _ in range(20):
            run = PayoutRun.objects.first()
            if run is None:
                services.prepare_run(
                    programme=Programme.objects.get(), provider=self.provider,
                    by=person("preparer").actor,
                )  # fmt: skip
            elif run.state == "settled":
                break
            else:
                self.steps[run.state](run)
        work_off()

    def must_hold(self) -> None:
        run = PayoutRun.objects.get()
        assert run.state == "settled"
        lines = PayoutLine.objects.crossing(Crossing.LEDGER_POSTING)
        assert [(line.state, line.amount_minor) for line in lines.order_by("position")] == [
            ("settled", SHARE)
        ] * len(SLUGS)
        sums = _sums(self.currency)
        assert (sums.get("in_run", 0), sums.get("released", 0)) == (0, 0)
        assert list(findings()) == []
        for act in ("payout.prepare", "payout.approve", "payout.send"):
            assert AuditEntry.objects.filter(action=act).count() == 1
        if self.stripe is None:
            self.check(self)

    def must_hold_outside(self) -> None:
        """What Stripe remembers is looked at where it is served, not in a forked process."""
        if self.stripe is not None:
            self.check(self)


def person(name: str) -> User:
    return User.objects.get(email=f"{name}@example.org")


def _sums(currency: str) -> dict[str, int]:
    entries = Entry.objects.crossing(Crossing.LEDGER_POSTING).filter(currency=currency)
    return dict(entries.values_list("account__code").annotate(t=Sum("amount_minor")).order_by())


def _approve(run: PayoutRun) -> None:
    services.approve_run(run=run, typed_total=run.total_minor, by=person("approver").actor)


def _answer(run: PayoutRun) -> None:
    """What the bank says when it has carried the file out: all of it, in one file."""
    lines = PayoutLine.objects.crossing(Crossing.LEDGER_POSTING).order_by("position")
    rows = "".join(f"{line.end_to_end_id},paid\n" for line in lines)
    services.apply_bank_report(
        programme=run.programme, content=f"end_to_end_id,status\n{rows}".encode(),
        name="bank.csv", by=person("preparer").actor,
    )  # fmt: skip


def _bank_paid(payday: Payday) -> None:
    assert sorted(BankFile.objects.values_list("format", flat=True)) == [
        "csv", "pain001", "pain00103",
    ]  # fmt: skip
    assert AuditEntry.objects.filter(action="payout.file").count() == 1
    assert BankReport.objects.count() == 1
    assert _sums(payday.currency)["bank"] == -SHARE * len(SLUGS)


def _stripe_paid(payday: Payday) -> None:
    assert payday.stripe is not None
    transfers = payday.stripe.books.all_of("transfer")
    assert sorted(t["amount"] for t in transfers) == [SHARE] * len(SLUGS)
    assert len({t["destination"] for t in transfers}) == len(SLUGS)


def bank_batch() -> Payday:
    """pain.001 and CSV to the bank, its answer brought back."""
    return Payday(
        "bank_batch", "MAD",
        {
            "prepared": _approve,
            "approved": lambda run: services.make_bank_file(run=run, by=person("approver").actor),
            "filed": lambda run: services.mark_sent(run=run, by=person("preparer").actor),
            "sent": _answer,
        },
        _bank_paid,
    )  # fmt: skip


def stripe_transfer(fake: FakeStripe) -> Payday:
    """Transfers at Stripe, which remembers in the parent process what a killed one asked."""

    def pay(run: PayoutRun) -> None:
        services.send_by_provider(run=run, by=person("preparer").actor)

    return Payday(
        "stripe_transfer", "EUR",
        {"prepared": _approve, "approved": pay, "sent": pay},
        _stripe_paid, fake,
    )  # fmt: skip
