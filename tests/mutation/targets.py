"""What mutation tests change, and the quickest tests that have to notice."""

from typing import NamedTuple


class Target(NamedTuple):
    """Files that are changed together, and the tests that run for each change."""

    sources: tuple[str, ...]
    tests: tuple[str, ...]


TARGETS = {
    "policy": Target(
        ("vendors/policy.py", "vendors/permissions.py"),
        ("tests/vendors/test_policy.py",),
    ),
    "money": Target(
        ("marketplace/core/money.py",),
        ("tests/core/test_money.py",),
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
            "tests/payouts/test_commissions.py",
            "tests/payouts/test_commission_vat.py",
        ),
    ),
    "positions": Target(
        ("marketplace/payouts/balances/sale_position.py",),
        ("tests/payouts/test_sale_position.py",),
    ),
    "refunds": Target(
        ("marketplace/payments/services/refunds.py",),
        ("tests/payments/test_refunds.py",),
    ),
}
