"""Registering documents of an order."""

from typing import Any

import graphene

from marketplace.embedded.metadata import metadata_dict
from marketplace.embedded.orders.locking import lock_order
from marketplace.embedded.orders.register_invoice import register_invoice
from marketplace.embedded.schema.base import Info, MetadataInput, list_of
from marketplace.embedded.schema.mutation import EngineMutation
from marketplace.embedded.schema.orders.access import MANAGE
from marketplace.embedded.schema.orders.errors import InvoiceError
from marketplace.embedded.schema.orders.invoice import Invoice


class InvoiceCreateInput(graphene.InputObjectType):
    """A document that is kept at an address of its own."""

    number = graphene.String(required=True)
    url = graphene.String(required=True)
    metadata = list_of(MetadataInput)
    private_metadata = list_of(MetadataInput)


class InvoiceCreate(EngineMutation):
    """Register a document for an order."""

    class Arguments:
        order_id = graphene.ID(required=True)
        input = InvoiceCreateInput(required=True)

    error_type = InvoiceError
    permissions = MANAGE
    invoice = graphene.Field(Invoice)

    @classmethod
    def perform(cls, info: Info, order_id: str, input: dict[str, Any]) -> Any:
        invoice = register_invoice(
            lock_order(order_id, field="orderId"),
            number=input["number"],
            url=input["url"],
            metadata=metadata_dict(input.get("metadata")),
            private_metadata=metadata_dict(input.get("private_metadata")),
        )
        return cls(invoice=invoice)
