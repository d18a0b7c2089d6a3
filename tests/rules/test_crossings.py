"""Every place that looks across cooperatives is named here, with its reason.

Whoever adds a crossing adds a line; whoever reads this list knows where to look for a leak.
"""

import ast
from collections import defaultdict
from pathlib import Path

from vendors.scoping import Crossing

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("marketplace", "catalog", "vendors", "search")

# module → the reasons that it gives.
NAMED: dict[str, set[str]] = {
    "catalog/adoption/planning.py": {"ENGINE_PROJECTION"},
    "catalog/adoption/services.py": {"OPERATOR_COMMAND"},
    "catalog/management/commands/adopt.py": {"OPERATOR_COMMAND"},
    "catalog/management/commands/import_listings.py": {"OPERATOR_COMMAND"},
    "catalog/photos.py": {"PUBLIC_STOREFRONT"},
    "catalog/read_model/projection.py": {"ENGINE_PROJECTION"},
    "catalog/services/applying.py": {"ENGINE_PROJECTION", "SCHEDULED_JOB"},
    "marketplace/conversations/inbound/addresses.py": {"BUYER_CONVERSATION"},
    "marketplace/conversations/offer_mails.py": {"SCHEDULED_JOB"},
    "marketplace/conversations/mailing.py": {"SCHEDULED_JOB"},
    "marketplace/conversations/mails.py": {"SCHEDULED_JOB"},
    "marketplace/conversations/buyer_keys.py": {"SCHEDULED_JOB"},
    "marketplace/conversations/personal_data.py": {"BUYER_CONVERSATION"},
    "marketplace/conversations/queries.py": {"BUYER_CONVERSATION"},
    "marketplace/conversations/services/purge.py": {"SCHEDULED_JOB"},
    "marketplace/direct_sales/services/settle_stock.py": {"ENGINE_PROJECTION", "SCHEDULED_JOB"},
    "marketplace/demo/stages/cooperatives.py": {"DEMO_WORLD"},
    "marketplace/demo/stages/listings.py": {"DEMO_WORLD"},
    "marketplace/demo/stages/moderation.py": {"DEMO_WORLD"},
    "marketplace/demo/stages/past_orders/cash.py": {"DEMO_WORLD"},
    "marketplace/demo/stages/past_orders/order_inputs.py": {"DEMO_WORLD"},
    "marketplace/demo/stages/past_orders/outcomes.py": {"DEMO_WORLD"},
    "marketplace/demo/stages/payouts.py": {"DEMO_WORLD"},
    "marketplace/demo/stages/recent_orders.py": {"DEMO_WORLD"},
    "marketplace/demo/stages/reviews.py": {"DEMO_WORLD"},
    "marketplace/legal/services/accept.py": {"CHECKOUT"},
    "marketplace/moving/checking.py": {"OPERATOR_COMMAND"},
    "marketplace/moving/obstacles.py": {"OPERATOR_COMMAND"},
    "marketplace/moving/order_reading.py": {"OPERATOR_COMMAND"},
    "marketplace/moving/steps/cooperatives.py": {"OPERATOR_COMMAND"},
    "marketplace/moving/steps/listings.py": {"OPERATOR_COMMAND"},
    "marketplace/moving/steps/media.py": {"OPERATOR_COMMAND"},
    "marketplace/orders/buyer_mails.py": {"BUYER_ORDER", "SCHEDULED_JOB"},
    "marketplace/orders/checks.py": {"SERVICE_CHECK"},
    "marketplace/orders/complaint_mails.py": {"SCHEDULED_JOB"},
    "marketplace/orders/delivery_plans.py": {"CHECKOUT"},
    "marketplace/orders/handlers.py": {"ENGINE_PROJECTION", "LEDGER_POSTING", "SCHEDULED_JOB"},
    "marketplace/orders/member_mails.py": {"SCHEDULED_JOB"},
    "marketplace/orders/personal_data.py": {"BUYER_ORDER"},
    "marketplace/payments/personal_data.py": {"BUYER_ORDER"},
    "marketplace/orders/queries/complaints.py": {"BUYER_ORDER", "LEDGER_POSTING"},
    "marketplace/orders/queries/of_buyer.py": {"BUYER_ORDER"},
    "marketplace/orders/queries/tracking.py": {"BUYER_ORDER"},
    "marketplace/orders/free_delivery.py": {"CHECKOUT"},
    "marketplace/orders/pickup.py": {"CHECKOUT"},
    "marketplace/orders/pickup_mails.py": {"SCHEDULED_JOB"},
    "marketplace/orders/services/collect.py": {"SCHEDULED_JOB"},
    "marketplace/orders/services/remind_to_collect.py": {"SCHEDULED_JOB"},
    "marketplace/orders/vouchers.py": {"CHECKOUT"},
    "marketplace/orders/price_offers.py": {"BUYER_ORDER"},
    "marketplace/orders/services/price_offers/forgetting.py": {"SCHEDULED_JOB"},
    "marketplace/orders/services/price_offers/holding.py": {"CHECKOUT"},
    "marketplace/orders/services/price_offers/ordering.py": {"CHECKOUT"},
    "marketplace/orders/services/bulk_projection.py": {"ENGINE_PROJECTION"},
    "marketplace/orders/services/cancel.py": {"ENGINE_PROJECTION", "SCHEDULED_JOB"},
    "marketplace/orders/services/checkout/cash_code.py": {"BUYER_ORDER"},
    "marketplace/orders/services/complaints/deciding.py": {"LEDGER_POSTING"},
    "marketplace/orders/services/complaints/overdue.py": {"SCHEDULED_JOB"},
    "marketplace/orders/services/erasure.py": {"BUYER_ORDER"},
    "marketplace/orders/services/record_delivery.py": {"BUYER_ORDER", "SCHEDULED_JOB"},
    "marketplace/orders/services/facts.py": {"ENGINE_PROJECTION"},
    "marketplace/orders/services/fulfilments.py": {"ENGINE_PROJECTION"},
    "marketplace/orders/services/engine_orders/lookup.py": {"ENGINE_PROJECTION"},
    "marketplace/orders/services/mails.py": {"BUYER_ORDER"},
    "marketplace/orders/services/projection.py": {"ENGINE_PROJECTION"},
    "marketplace/orders/services/engine_returns.py": {"ENGINE_PROJECTION"},
    "marketplace/orders/services/record_return.py": {"SCHEDULED_JOB"},
    "marketplace/orders/services/refuse.py": {"SCHEDULED_JOB"},
    "marketplace/orders/refusal_mails.py": {"BUYER_ORDER"},
    "marketplace/payments/services/refusals.py": {"BUYER_ORDER"},
    "marketplace/orders/services/tell_of_late.py": {"SCHEDULED_JOB"},
    "marketplace/orders/services/ship.py": {"SCHEDULED_JOB"},
    "marketplace/orders/services/splitting.py": {"ENGINE_PROJECTION"},
    "marketplace/orders/services/states.py": {"ENGINE_PROJECTION"},
    "marketplace/orders/services/stock_check.py": {"SCHEDULED_JOB"},
    "marketplace/reviews/personal_data.py": {"BUYER_ORDER"},
    "marketplace/reviews/eligibility.py": {"BUYER_ORDER"},
    "marketplace/reviews/mails.py": {"SCHEDULED_JOB"},
    "marketplace/reviews/queries.py": {"BUYER_ORDER", "PUBLIC_STOREFRONT"},
    "marketplace/reviews/ratings.py": {"PUBLIC_STOREFRONT", "SCHEDULED_JOB"},
    "marketplace/reviews/services/asking.py": {"SCHEDULED_JOB"},
    "marketplace/reviews/services/erase.py": {"BUYER_ORDER"},
    "marketplace/reviews/services/write.py": {"BUYER_ORDER"},
    "marketplace/payments/checks.py": {"SERVICE_CHECK"},
    "marketplace/payments/checkouts.py": {"CHECKOUT"},
    "marketplace/payments/buyer_mails.py": {"BUYER_ORDER"},
    "marketplace/payments/buyer_money.py": {"BUYER_ORDER"},
    "marketplace/payments/handlers.py": {"BUYER_ORDER"},
    "marketplace/payments/proposal_mails.py": {"BUYER_ORDER"},
    "marketplace/payments/services/complaints.py": {"BUYER_ORDER"},
    "marketplace/payments/services/late_refunds.py": {"ENGINE_PROJECTION"},
    "marketplace/payments/services/refund_proposals.py": {"BUYER_ORDER"},
    "marketplace/payments/services/bank_matching.py": {"LEDGER_POSTING"},
    "marketplace/payments/services/bank_transfers.py": {"SCHEDULED_JOB"},
    "marketplace/payments/invoices/due.py": {"SCHEDULED_JOB"},
    "marketplace/payments/invoices/issuing.py": {"SCHEDULED_JOB"},
    "marketplace/payments/invoices/queries.py": {"BUYER_ORDER"},
    "marketplace/payments/services/collected_cash.py": {"LEDGER_POSTING", "SCHEDULED_JOB"},
    "marketplace/payments/services/engine_refunds.py": {"ENGINE_PROJECTION"},
    "marketplace/payments/services/mails.py": {"BUYER_ORDER"},
    "marketplace/payments/services/request_refund.py": {"BUYER_ORDER"},
    "marketplace/payments/services/refunding_alone.py": {"BUYER_ORDER"},
    "marketplace/payments/services/record_remittance.py": {"LEDGER_POSTING"},
    "marketplace/payments/services/sweeps.py": {"SCHEDULED_JOB"},
    "marketplace/payments/sync.py": {"ENGINE_PROJECTION"},
    "marketplace/payouts/balances/conversion.py": {"LEDGER_POSTING"},
    "marketplace/payouts/balances/recorded_facts.py": {"LEDGER_POSTING"},
    "marketplace/payouts/balances/set_commission.py": {"LEDGER_POSTING"},
    "marketplace/payouts/balances/book_disputes.py": {"LEDGER_POSTING"},
    "marketplace/payouts/balances/book_provider_fees.py": {"LEDGER_POSTING"},
    "marketplace/payouts/reconciliation/bank.py": {"SCHEDULED_JOB"},
    "marketplace/payouts/reconciliation/provider.py": {"SCHEDULED_JOB"},
    "marketplace/payouts/balances/commission_context.py": {"LEDGER_POSTING"},
    "marketplace/ledger/post.py": {"LEDGER_POSTING"},
    "marketplace/payouts/balances/record_facts.py": {"LEDGER_POSTING"},
    "marketplace/web/dashboard/product_lookup.py": {"ENGINE_DASHBOARD"},
    "marketplace/web/staff/cooperatives/forms.py": {"POLICY"},
    "vendors/acting_mails.py": {"SCHEDULED_JOB"},
    "vendors/admission/inviting.py": {"POLICY"},
    "vendors/admission/phone_links.py": {"POLICY"},
    "vendors/engine_copies.py": {"ENGINE_PROJECTION"},
    "vendors/jobs.py": {"SCHEDULED_JOB"},
    "vendors/services/former_addresses.py": {"POLICY"},
    "vendors/services/registering.py": {"OPERATOR_COMMAND"},
    "vendors/policy.py": {"POLICY"},
    "vendors/roles_had.py": {"POLICY"},
    "vendors/queries/profiles.py": {"PUBLIC_STOREFRONT"},
    "vendors/queries/public.py": {"PUBLIC_STOREFRONT"},
}


def crossings() -> dict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for source in SOURCES:
        for path in sorted((ROOT / source).rglob("*.py")):
            text = path.read_text()
            for node in ast.walk(ast.parse(text)) if "Crossing" in text else ():
                if (
                    isinstance(node, ast.Attribute)
                    and isinstance(node.value, ast.Name)
                    and node.value.id == "Crossing"
                ):
                    found[str(path.relative_to(ROOT))].add(node.attr)
    return dict(found)


def test_every_crossing_is_named() -> None:
    assert crossings() == NAMED


def test_every_reason_is_used_and_says_why() -> None:
    used = set().union(*NAMED.values())
    assert used == {reason.name for reason in Crossing}
    assert all(len(reason.value) > 20 for reason in Crossing)
