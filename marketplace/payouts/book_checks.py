"""Consistency checks of the books and of the payout runs booked in them."""

from collections.abc import Iterator

from marketplace.ledger import checks
from marketplace.ledger.checks import Finding

CHECKS = {
    **checks.CHECKS,
    "in payment, but in no open payout": """
        SELECT c.slug, e.currency || ' ' || -sum(e.amount_minor) FROM ledger_entry e
        JOIN ledger_account a ON a.id = e.account_id
        JOIN vendors_cooperative c ON c.id = a.cooperative_id
        WHERE a.code = 'in_run'
        GROUP BY a.book_id, a.cooperative_id, c.slug, e.currency
        HAVING -sum(e.amount_minor) <> COALESCE((
            SELECT sum(l.amount_minor) FROM payouts_payoutline l
            JOIN payouts_payoutrun r ON r.id = l.run_id
            WHERE l.cooperative_id = a.cooperative_id AND r.currency = e.currency
              AND l.state = 'ready'), 0)""",
    "payout line paid twice": """
        SELECT l.end_to_end_id, count(*) || ' settlements'
        FROM ledger_ledgertransaction t JOIN payouts_payoutline l ON l.id = t.payout_line_id
        WHERE t.cause = 'payout_settled' GROUP BY l.end_to_end_id HAVING count(*) > 1""",
    "bank pays more than the payout": """
        SELECT r.reference, sum(l.amount_minor) || ' in lines, ' || r.total_minor || ' in all'
        FROM payouts_payoutrun r JOIN payouts_payoutline l ON l.run_id = r.id
        WHERE l.state NOT IN ('held', 'carried')
        GROUP BY r.id HAVING sum(l.amount_minor) <> r.total_minor""",
}


def findings() -> Iterator[Finding]:
    """Every violation in the ledger or between ledger and payout runs; none when all is well."""
    return checks.findings(CHECKS)
