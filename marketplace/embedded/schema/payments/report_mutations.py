"""Reporting events of a transaction."""

from typing import Any

import graphene

from marketplace.embedded import models, unit_of_work
from marketplace.embedded.errors import refuse
from marketplace.embedded.metadata import metadata_dict
from marketplace.embedded.money import to_minor
from marketplace.embedded.payments.reports import known_amount, record_contradiction, report_event
from marketplace.embedded.payments.transaction_events import EventContradicts, Report
from marketplace.embedded.schema.base import Info, MetadataInput, context_of, list_of
from marketplace.embedded.schema.payments.errors import TransactionEventReportError
from marketplace.embedded.schema.payments.source import find_transaction
from marketplace.embedded.schema.payments.transaction import (
    TransactionActionEnum,
    TransactionEvent,
    TransactionEventTypeEnum,
)
from marketplace.embedded.schema.payments.transaction_mutation import (
    TransactionKey,
    TransactionMutation,
)
from marketplace.embedded.schema.scalars import PositiveDecimal


class TransactionEventReport(TransactionMutation):
    """Report what happened to a payment."""

    class Arguments(TransactionKey):
        psp_reference = graphene.String(required=True)
        type = TransactionEventTypeEnum(required=True)
        amount = PositiveDecimal()
        time = graphene.DateTime()
        external_url = graphene.String()
        message = graphene.String()
        available_actions = list_of(TransactionActionEnum)
        transaction_metadata = list_of(MetadataInput)
        transaction_private_metadata = list_of(MetadataInput)

    error_type = TransactionEventReportError
    permissions = ("HANDLE_PAYMENTS",)
    already_processed = graphene.Boolean()
    transaction_event = graphene.Field(TransactionEvent)

    @classmethod
    def perform(cls, info: Info, **arguments: Any) -> Any:
        transaction = find_transaction(arguments)
        report = _report(transaction, arguments)
        available = arguments.get("available_actions")
        try:
            with unit_of_work.write():
                reported = report_event(
                    transaction,
                    report,
                    available_actions=None if available is None else [x.value for x in available],
                    metadata=metadata_dict(arguments.get("transaction_metadata")),
                    private_metadata=metadata_dict(arguments.get("transaction_private_metadata")),
                    by=context_of(info).caller,
                )
        except EventContradicts as problem:
            with unit_of_work.write():
                record_contradiction(transaction, report, str(problem))
            raise refuse(problem.code, str(problem), field="pspReference") from problem
        return cls(
            already_processed=reported.was_known,
            transaction=reported.transaction,
            transaction_event=reported.event,
        )


def _report(transaction: models.TransactionItem, arguments: dict[str, Any]) -> Report:
    kind = arguments["type"].value
    reference = arguments["psp_reference"]
    amount = arguments.get("amount")
    if amount is None:
        amount_minor = known_amount(transaction, kind, reference)
    else:
        amount_minor = to_minor(amount, transaction.currency)
    return Report(
        type=kind,
        psp_reference=reference,
        amount_minor=amount_minor,
        message=arguments.get("message") or "",
        external_url=arguments.get("external_url") or "",
        time=arguments.get("time"),
    )
