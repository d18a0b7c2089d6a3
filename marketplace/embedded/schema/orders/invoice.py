"""Documents of an order as the API shows them."""

import graphene

from marketplace.embedded import models
from marketplace.embedded.schema.base import ModelType, Node, ObjectWithMetadata
from marketplace.embedded.schema.enums import JobStatusEnum
from marketplace.embedded.schema.references import type_of


class Invoice(ModelType):
    """A document registered for an order."""

    class Meta:
        model = models.Invoice
        interfaces = (Node, ObjectWithMetadata)

    status = JobStatusEnum(required=True)
    created_at = graphene.DateTime(required=True)
    updated_at = graphene.DateTime(required=True)
    message = graphene.String()
    number = graphene.String()
    url = graphene.String()
    order = graphene.Field(type_of(models.Order))
