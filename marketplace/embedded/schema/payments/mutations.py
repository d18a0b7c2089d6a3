"""All mutations of payments."""

from marketplace.embedded.schema.payments.action_mutations import (
    TransactionRequestAction,
    TransactionRequestRefundForGrantedRefund,
)
from marketplace.embedded.schema.payments.create_mutation import TransactionCreate
from marketplace.embedded.schema.payments.gateway_mutations import PaymentGatewayInitialize
from marketplace.embedded.schema.payments.report_mutations import TransactionEventReport
from marketplace.embedded.schema.payments.session_mutations import (
    TransactionInitialize,
    TransactionProcess,
)


class PaymentMutations:
    """Mutations of payments."""

    payment_gateway_initialize = PaymentGatewayInitialize.Field()
    transaction_initialize = TransactionInitialize.Field()
    transaction_process = TransactionProcess.Field()
    transaction_create = TransactionCreate.Field()
    transaction_request_action = TransactionRequestAction.Field()
    transaction_request_refund_for_granted_refund = TransactionRequestRefundForGrantedRefund.Field()
    transaction_event_report = TransactionEventReport.Field()
