"""Entries of an order's history as the API shows them."""

import graphene

from marketplace.embedded import models
from marketplace.embedded.schema.accounts.user import User
from marketplace.embedded.schema.apps.app import App
from marketplace.embedded.schema.base import ModelType, Node
from marketplace.embedded.schema.enums import string_enum

OrderEventsEnum = string_enum("OrderEventsEnum", *models.OrderEventType.values)


class OrderEvent(ModelType):
    """An entry of an order's history."""

    class Meta:
        model = models.OrderEvent
        interfaces = (Node,)

    date = graphene.DateTime()
    type = OrderEventsEnum()
    user = graphene.Field(User)
    app = graphene.Field(App)
    message = graphene.String()
