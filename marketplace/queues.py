"""Handler or job → queue: who waits for what the worker does. What is not here is bulk work."""

from marketplace.core.queues import Queue

# Somebody waits for it: mails of what they have just done, or what was done to them.
_PERSON = (
    "marketplace.conversations.jobs.read_answers",
    "marketplace.conversations.mails.on_answered",
    "marketplace.conversations.mails.on_begun_confirm",
    "marketplace.conversations.mails.on_buyer_wrote",
    "marketplace.conversations.mails.on_closed",
    "marketplace.conversations.mails.on_reported",
    "marketplace.orders.buyer_mails.on_goods_returned",
    "marketplace.orders.buyer_mails.on_parcel_delivered",
    "marketplace.orders.buyer_mails.on_parcel_returned",
    "marketplace.orders.buyer_mails.on_payment_captured",
    "marketplace.orders.buyer_mails.on_vendor_order_cancelled",
    "marketplace.orders.complaint_mails.on_complaint_moved",
    "marketplace.orders.handlers.on_order_placed",
    "marketplace.orders.handlers.on_parcel_shipped",
    "marketplace.orders.handlers.on_payment_captured",
    "marketplace.orders.handlers.on_vendor_order_placed",
    "marketplace.orders.member_mails.on_vendor_order_cancelled",
    "marketplace.payments.buyer_mails.on_invoice_issued",
    "marketplace.payments.buyer_mails.on_refund_made",
    "marketplace.payments.handlers.on_order_placed",
    "marketplace.payments.handlers.on_paid_checkout_failed",
    "marketplace.payments.proposal_mails.on_refund_proposal_closed",
    "marketplace.payments.proposal_mails.on_refund_proposal_made",
    "marketplace.payouts.commission_mails.on_commission_change_proposed",
    "marketplace.payouts.mails.on_payout_returned",
    "vendors.factor_reset_mails.on_factor_reset_confirmed",
    "vendors.factor_reset_mails.on_factor_reset_proposed",
    "vendors.handlers.on_bank_account_changed",
    "vendors.role_mails.on_grant_confirmed",
    "vendors.role_mails.on_grant_made",
    "vendors.role_mails.on_invitation_made",
)
# Money moves, or is written down.
_MONEY = (
    "marketplace.orders.handlers.on_order_changed",
    "marketplace.orders.handlers.on_refund_made",
    "marketplace.orders.jobs.finish_what_was_begun",
    "marketplace.orders.jobs.sweep",
    "marketplace.orders.jobs.time_out",
    "marketplace.payments.handlers.on_complaint_moved",
    "marketplace.payments.handlers.on_engine_order_changed",
    "marketplace.payments.handlers.on_refund_proposal_closed",
    "marketplace.payments.handlers.on_vendor_order_cancelled",
    "marketplace.payments.jobs.charge_all_collected",
    "marketplace.payments.jobs.close_abandoned_payments",
    "marketplace.payments.jobs.expire_refund_proposals",
    "marketplace.payments.jobs.expire_transfers",
    "marketplace.payments.jobs.issue_due_invoices",
    "marketplace.payments.jobs.refund_complaints",
    "marketplace.payments.jobs.return_payments_without_order",
    "marketplace.payments.jobs.sweep",
    "marketplace.payouts.handlers.on_cash_remitted",
    "marketplace.payouts.handlers.on_dispute_lost",
    "marketplace.payouts.handlers.on_dispute_opened",
    "marketplace.payouts.handlers.on_dispute_won",
    "marketplace.payouts.handlers.on_parcel_delivered",
    "marketplace.payouts.handlers.on_payment_captured",
    "marketplace.payouts.handlers.on_payment_fee_charged",
    "marketplace.payouts.handlers.on_provider_paid_out",
    "marketplace.payouts.handlers.on_refund_made",
    "marketplace.payouts.handlers.on_vendor_order_cancelled",
    "marketplace.payouts.handlers.on_vendor_order_placed",
    "marketplace.payouts.jobs.prepare_due_payouts",
    "marketplace.payouts.jobs.resume_sent_payouts",
)
# The shop follows what was changed in it.
_EVENTS = (
    "catalog.handlers.on_cooperative_changed",
    "catalog.handlers.on_product_changed",
    "marketplace.favourites.handlers.on_listing_pages_changed",
    "marketplace.orders.jobs.check_stock",
    "marketplace.orders.jobs.move_complaints_on",
    "marketplace.orders.jobs.tell_of_late",
)
# Imports, the search index, comparisons and tidying: much at once, or once a night.
_BULK = (
    "catalog.jobs.apply_waiting",
    "catalog.jobs.quick_sweep",
    "catalog.jobs.rolling_sweep",
    "marketplace.conversations.jobs.purge",
    "marketplace.core.throttle.forget_free",
    "marketplace.embedded.deliveries.forget_sent",
    "marketplace.long_jobs.jobs.purge",
    "marketplace.orders.handlers.on_orders_bulk_created",
    "marketplace.orders.jobs.key_addresses",
    "marketplace.orders.jobs.purge",
    "marketplace.payments.handlers.on_engine_orders_brought_in",
    "marketplace.payouts.jobs.issue_commission_invoices",
    "marketplace.payouts.jobs.reconcile",
    "marketplace.saleor.jobs.forget_handled",
    "marketplace.web.kept.jobs.purge",
    "search.handlers.on_listing_pages_changed",
    "search.handlers.on_sale_counted",
    "search.jobs.compare",
    "search.jobs.purge",
    "search.jobs.sweep",
    "search.jobs.tidy",
    "vendors.jobs.bring_waiting",
    "vendors.jobs.forget_former_contacts",
)

QUEUES: dict[str, Queue] = {
    path: queue
    for queue, paths in (
        (Queue.PERSON, _PERSON),
        (Queue.MONEY, _MONEY),
        (Queue.EVENTS, _EVENTS),
        (Queue.BULK, _BULK),
    )
    for path in paths
}
