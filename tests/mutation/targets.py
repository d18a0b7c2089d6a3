"""What mutation tests change, and the quickest tests that have to notice."""

import sys
from typing import NamedTuple

WITHOUT_DJANGO = (
    "-c /dev/null --rootdir . --noconftest -p no:django -p no:xdist -p no:cacheprovider"
)


class Target(NamedTuple):
    """Files that are changed together, and the tests that run for each change."""

    sources: tuple[str, ...]
    tests: tuple[str, ...]
    # Arithmetic without a database starts several times quicker without Django.
    needs_django: bool = True

    @property
    def command(self) -> str:
        """The tests' command, which stops at the first failure."""
        options = "-n 0" if self.needs_django else WITHOUT_DJANGO
        return f"{sys.executable} -m pytest -x -q {options} {' '.join(self.tests)}"


TARGETS = {
    "policy": Target(
        ("vendors/policy.py", "vendors/permissions.py"),
        ("tests/vendors/test_policy.py",),
    ),
    "money": Target(
        ("marketplace/core/money.py",),
        ("tests/core/test_money.py",),
        needs_django=False,
    ),
    "ledger": Target(
        (
            "marketplace/ledger/post.py",
            "marketplace/ledger/write_postings.py",
            "marketplace/ledger/book_settlements.py",
        ),
        ("tests/payouts/test_posting.py",),
    ),
    "commissions": Target(
        (
            "marketplace/payouts/balances/commission_rules.py",
            "marketplace/payouts/balances/commission_vat.py",
            "marketplace/payouts/balances/freeze_commissions.py",
            "marketplace/payouts/balances/cost_allocation_rules.py",
        ),
        (
            "tests/payouts/test_commission_rates.py",
            "tests/payouts/test_commissions.py",
            # All but its property test, which takes longer than all the others.
            "tests/payouts/test_commission_vat.py",
            "--deselect=tests/payouts/test_commission_vat.py::"
            "test_the_invoices_vat_is_the_ledgers_whatever_was_sold_and_refunded",
        ),
    ),
    "positions": Target(
        ("marketplace/payouts/balances/sale_position.py",),
        ("tests/payouts/test_sale_position.py",),
        needs_django=False,
    ),
    "splitting": Target(
        ("marketplace/orders/services/splitting.py",),
        ("tests/orders/test_splitting.py", "tests/orders/test_projection.py"),
    ),
    "conversion": Target(
        ("marketplace/payouts/balances/conversion.py",),
        ("tests/payouts/test_conversion.py",),
    ),
    "refunds": Target(
        (
            "marketplace/payments/services/refund.py",
            "marketplace/payments/services/request_refund.py",
        ),
        (
            "tests/payments/test_refunds.py",
            "tests/payments/test_sending_refunds.py",
            "tests/payments/test_refund_limits.py",
            "tests/payments/test_refund_proposals.py",
            "tests/payments/test_late_refunds.py",
        ),
    ),
}
