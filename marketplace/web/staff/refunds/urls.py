"""Addresses of refunds and remittances, under a programme."""

from django.urls import path

from marketplace.web.staff.lists.urls import list_paths
from marketplace.web.staff.refunds import bank_views, limit_views, proposal_views, views
from marketplace.web.staff.refunds.bank_lists import BANK_ENTRIES, CASH_LIMITS, REMITTANCES
from marketplace.web.staff.refunds.refund_lists import MANUAL_REFUNDS, PROPOSALS, REFUNDS

urlpatterns = [
    path("", views.list_refunds, name="refunds"),
    *list_paths(REFUNDS),
    path("orders/<uuid:vendor_order_id>/", views.refund_order, name="refund-order"),
    path("proposed/", proposal_views.list_proposals, name="refund-proposals"),
    *list_paths(PROPOSALS, "proposed/"),
    path("proposed/<uuid:proposal_id>/", proposal_views.show_proposal, name="refund-proposal"),
    path(
        "proposed/<uuid:proposal_id>/confirm/",
        proposal_views.confirm_proposal,
        name="refund-proposal-confirm",
    ),
    path(
        "proposed/<uuid:proposal_id>/withdraw/",
        proposal_views.withdraw_proposal,
        name="refund-proposal-withdraw",
    ),
    path("by-hand/", bank_views.list_manual_refunds, name="manual-refunds"),
    path(
        "by-hand/<uuid:manual_refund_id>/", bank_views.confirm_manual_refund, name="manual-refund"
    ),
    *list_paths(MANUAL_REFUNDS, "by-hand/"),
    *list_paths(BANK_ENTRIES, "bank/"),
    path("bank/", bank_views.list_entries, name="bank-entries"),
    path("bank/import/", bank_views.import_statement, name="bank-import"),
    path("bank/import/<uuid:statement_id>/", bank_views.bank_statement, name="bank-statement"),
    path("bank/<uuid:entry_id>/", bank_views.resolve_entry, name="bank-entry"),
    path("cash-limits/", limit_views.cash_limits, name="cash-limits"),
    *list_paths(CASH_LIMITS, "cash-limits/"),
    path("cash-limits/<uuid:limit_id>/end/", limit_views.end_limit, name="cash-limit-end"),
    path("remittances/", views.list_remittances, name="remittances"),
    *list_paths(REMITTANCES, "remittances/"),
    path("remittances/new/", views.add_remittance, name="remittance-new"),
]
