"""Addresses of refunds and remittances, under a programme."""

from django.urls import path

from marketplace.web.staff.refunds import bank_views, limit_views, views

urlpatterns = [
    path("", views.list_refunds, name="refunds"),
    path("orders/<uuid:vendor_order_id>/", views.refund_order, name="refund-order"),
    path("by-hand/", bank_views.list_manual_refunds, name="manual-refunds"),
    path(
        "by-hand/<uuid:manual_refund_id>/", bank_views.confirm_manual_refund, name="manual-refund"
    ),
    path("bank/", bank_views.list_entries, name="bank-entries"),
    path("bank/import/", bank_views.import_statement, name="bank-import"),
    path("bank/<uuid:entry_id>/", bank_views.resolve_entry, name="bank-entry"),
    path("cash-limits/", limit_views.cash_limits, name="cash-limits"),
    path("cash-limits/<uuid:limit_id>/end/", limit_views.end_limit, name="cash-limit-end"),
    path("remittances/", views.list_remittances, name="remittances"),
    path("remittances/new/", views.add_remittance, name="remittance-new"),
]
