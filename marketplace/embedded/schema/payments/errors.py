"""Error types of the mutations of payments."""

from marketplace.embedded.schema.mutation import error_type

PaymentGatewayConfigError = error_type("PaymentGatewayConfigError", "INVALID", "NOT_FOUND")
PaymentGatewayInitializeError = error_type("PaymentGatewayInitializeError", "INVALID", "NOT_FOUND")
TransactionInitializeError = error_type(
    "TransactionInitializeError",
    *("INVALID", "NOT_FOUND", "UNIQUE", "CHECKOUT_COMPLETION_IN_PROGRESS"),
)
TransactionProcessError = error_type(
    "TransactionProcessError",
    *("INVALID", "NOT_FOUND", "TRANSACTION_ALREADY_PROCESSED", "MISSING_PAYMENT_APP_RELATION"),
    *("MISSING_PAYMENT_APP", "CHECKOUT_COMPLETION_IN_PROGRESS"),
)
TransactionRequestActionError = error_type(
    "TransactionRequestActionError",
    *("INVALID", "REQUIRED", "NOT_FOUND", "MISSING_TRANSACTION_ACTION_REQUEST_WEBHOOK"),
)
TransactionRequestRefundForGrantedRefundError = error_type(
    "TransactionRequestRefundForGrantedRefundError",
    *("INVALID", "NOT_FOUND", "AMOUNT_GREATER_THAN_AVAILABLE", "REFUND_ALREADY_PROCESSED"),
    *("MISSING_TRANSACTION_ACTION_REQUEST_WEBHOOK", "REFUND_IS_PENDING"),
)
TransactionEventReportError = error_type(
    "TransactionEventReportError",
    *("INVALID", "NOT_FOUND", "INCORRECT_DETAILS", "ALREADY_EXISTS", "REQUIRED"),
)
TransactionCreateError = error_type(
    "TransactionCreateError",
    *("INVALID", "NOT_FOUND", "INCORRECT_CURRENCY", "METADATA_KEY_REQUIRED", "UNIQUE"),
)
