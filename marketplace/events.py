"""Event → handler, for domain events and for Saleor's webhooks."""

DOMAIN_EVENTS: dict[str, tuple[str, ...]] = {
    "BankAccountChanged": ("vendors.handlers.on_bank_account_changed",),
    "InvitationMade": ("vendors.role_mails.on_invitation_made",),
    "GrantMade": ("vendors.role_mails.on_grant_made",),
    "GrantConfirmed": ("vendors.role_mails.on_grant_confirmed",),
    "FactorResetProposed": ("vendors.factor_reset_mails.on_factor_reset_proposed",),
    "FactorResetConfirmed": ("vendors.factor_reset_mails.on_factor_reset_confirmed",),
    "CooperativePublished": ("catalog.handlers.on_cooperative_changed",),
    "CooperativeChanged": ("catalog.handlers.on_cooperative_changed",),
    "ListingPagesChanged": ("search.handlers.on_listing_pages_changed",),
    "SaleCounted": ("search.handlers.on_sale_counted",),
    "ParcelShipped": ("marketplace.orders.handlers.on_parcel_shipped",),
    "OrderPlaced": (
        "marketplace.orders.handlers.on_order_placed",
        "marketplace.payments.handlers.on_order_placed",
    ),
    "VendorOrderPlaced": (
        "marketplace.orders.handlers.on_vendor_order_placed",
        "marketplace.payouts.handlers.on_vendor_order_placed",
    ),
    "PaymentCaptured": (
        "marketplace.orders.handlers.on_payment_captured",
        "marketplace.payouts.handlers.on_payment_captured",
    ),
    "CommissionChangeProposed": (
        "marketplace.payouts.commission_mails.on_commission_change_proposed",
    ),
    "PayoutReturned": ("marketplace.payouts.mails.on_payout_returned",),
    "PaidCheckoutFailed": ("marketplace.payments.handlers.on_paid_checkout_failed",),
    "ParcelDelivered": ("marketplace.payouts.handlers.on_parcel_delivered",),
    "DisputeOpened": ("marketplace.payouts.handlers.on_dispute_opened",),
    "DisputeWon": ("marketplace.payouts.handlers.on_dispute_won",),
    "DisputeLost": ("marketplace.payouts.handlers.on_dispute_lost",),
    "PaymentFeeCharged": ("marketplace.payouts.handlers.on_payment_fee_charged",),
    "ProviderPaidOut": ("marketplace.payouts.handlers.on_provider_paid_out",),
    "CashRemitted": ("marketplace.payouts.handlers.on_cash_remitted",),
    "RefundMade": (
        "marketplace.orders.handlers.on_refund_made",
        "marketplace.payouts.handlers.on_refund_made",
    ),
    "RefundProposalMade": ("marketplace.payments.proposal_mails.on_refund_proposal_made",),
    "RefundProposalClosed": ("marketplace.payments.proposal_mails.on_refund_proposal_closed",),
    "VendorOrderCancelled": (
        "marketplace.payments.handlers.on_vendor_order_cancelled",
        "marketplace.payouts.handlers.on_vendor_order_cancelled",
    ),
}

SALEOR_EVENTS: dict[str, tuple[str, ...]] = {
    "product_created": ("catalog.handlers.on_product_changed",),
    "product_updated": ("catalog.handlers.on_product_changed",),
    "product_deleted": ("catalog.handlers.on_product_changed",),
    "product_variant_created": ("catalog.handlers.on_product_changed",),
    "product_variant_updated": ("catalog.handlers.on_product_changed",),
    "product_variant_deleted": ("catalog.handlers.on_product_changed",),
    "product_variant_stock_updated": ("catalog.handlers.on_product_changed",),
    "product_variant_out_of_stock": ("catalog.handlers.on_product_changed",),
    "product_variant_back_in_stock": ("catalog.handlers.on_product_changed",),
    "product_media_created": ("catalog.handlers.on_product_changed",),
    "product_media_updated": ("catalog.handlers.on_product_changed",),
    "product_media_deleted": ("catalog.handlers.on_product_changed",),
    "translation_created": ("catalog.handlers.on_product_changed",),
    "translation_updated": ("catalog.handlers.on_product_changed",),
    "order_created": ("marketplace.orders.handlers.on_order_changed",),
    "order_confirmed": ("marketplace.orders.handlers.on_order_changed",),
    "order_paid": (
        "marketplace.orders.handlers.on_order_changed",
        "marketplace.payments.handlers.on_engine_order_changed",
    ),
    "order_fully_paid": (
        "marketplace.orders.handlers.on_order_changed",
        "marketplace.payments.handlers.on_engine_order_changed",
    ),
    "order_updated": ("marketplace.orders.handlers.on_order_changed",),
    "order_fulfilled": ("marketplace.orders.handlers.on_order_changed",),
    "order_refunded": (
        "marketplace.orders.handlers.on_order_changed",
        "marketplace.payments.handlers.on_engine_order_changed",
    ),
    "order_fully_refunded": (
        "marketplace.orders.handlers.on_order_changed",
        "marketplace.payments.handlers.on_engine_order_changed",
    ),
    "order_cancelled": ("marketplace.orders.handlers.on_order_changed",),
    "order_expired": ("marketplace.orders.handlers.on_order_changed",),
    "fulfillment_created": ("marketplace.orders.handlers.on_order_changed",),
    "fulfillment_canceled": ("marketplace.orders.handlers.on_order_changed",),
    "fulfillment_tracking_number_updated": ("marketplace.orders.handlers.on_order_changed",),
    "order_bulk_created": (
        "marketplace.orders.handlers.on_orders_bulk_created",
        "marketplace.payments.handlers.on_engine_orders_brought_in",
    ),
}

SALEOR_SYNC: dict[str, str] = {
    "shipping_list_methods_for_checkout": "marketplace.orders.sync.shipping_methods",
    "checkout_calculate_taxes": "marketplace.payments.promised_cash.checkout_taxes",
    "order_calculate_taxes": "marketplace.orders.sync.order_taxes",
    "payment_gateway_initialize_session": "marketplace.payments.sync.gateway_initialize",
    "transaction_initialize_session": "marketplace.payments.sync.transaction_initialize",
    "transaction_process_session": "marketplace.payments.sync.transaction_process",
    "transaction_charge_requested": "marketplace.payments.sync.charge_requested",
    "transaction_refund_requested": "marketplace.payments.sync.refund_requested",
    "transaction_cancelation_requested": "marketplace.payments.sync.cancelation_requested",
}
