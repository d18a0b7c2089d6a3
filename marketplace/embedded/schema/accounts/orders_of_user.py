"""A customer's own orders, on the User type."""

from typing import Any

from marketplace.embedded import models
from marketplace.embedded.errors import PermissionDenied
from marketplace.embedded.schema.base import Info, context_of
from marketplace.embedded.schema.connection import connection_field, paginate
from marketplace.embedded.schema.references import type_of


class OrdersOfUser:
    """Mixin of the User type: a customer's own orders, newest first."""

    orders = connection_field(type_of(models.Order))

    @staticmethod
    def resolve_orders(root: models.User, info: Info, **arguments: Any) -> Any:
        context = context_of(info)
        if context.user != root and not context.may("MANAGE_ORDERS", "MANAGE_USERS"):
            raise PermissionDenied(("MANAGE_ORDERS", "MANAGE_USERS", "OWNER"))
        rows = models.Order.objects.filter(user=root).exclude(status="DRAFT")
        return paginate(info, rows, [("number", True)], **arguments)
