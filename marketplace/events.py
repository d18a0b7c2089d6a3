"""Event → handler, for domain events and for Saleor's webhooks."""

DOMAIN_EVENTS: dict[str, tuple[str, ...]] = {
    "OrderPlaced": ("marketplace.payments.handlers.on_order_placed",),
    "VendorOrderPlaced": ("marketplace.payouts.handlers.on_vendor_order_placed",),
    "PaymentCaptured": ("marketplace.payouts.handlers.on_payment_captured",),
    "ParcelDelivered": ("marketplace.payouts.handlers.on_parcel_delivered",),
    "CashRemitted": ("marketplace.payouts.handlers.on_cash_remitted",),
    "RefundMade": ("marketplace.payouts.handlers.on_refund_made",),
    "VendorOrderCancelled": (
        "marketplace.payments.handlers.on_vendor_order_cancelled",
        "marketplace.payouts.handlers.on_vendor_order_cancelled",
    ),
}

SALEOR_EVENTS: dict[str, tuple[str, ...]] = {}

SALEOR_SYNC: dict[str, str] = {
    "payment_gateway_initialize_session": "marketplace.payments.sync.gateway_initialize",
    "transaction_initialize_session": "marketplace.payments.sync.transaction_initialize",
    "transaction_process_session": "marketplace.payments.sync.transaction_process",
    "transaction_charge_requested": "marketplace.payments.sync.charge_requested",
    "transaction_refund_requested": "marketplace.payments.sync.refund_requested",
    "transaction_cancelation_requested": "marketplace.payments.sync.cancelation_requested",
}
