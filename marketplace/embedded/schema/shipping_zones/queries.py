"""Queries of shipping zones."""

from typing import Any

import graphene

from marketplace.embedded import ids, models
from marketplace.embedded.schema.base import Info, context_of
from marketplace.embedded.schema.connection import connection_field, paginate
from marketplace.embedded.schema.shipping_zones.shipping_zone import ShippingZone


class ShippingQueries:
    """Queries of shipping."""

    shipping_zone = graphene.Field(ShippingZone, id=graphene.ID(required=True))
    shipping_zones = connection_field(ShippingZone)

    @staticmethod
    def resolve_shipping_zone(_root: Any, info: Info, id: str) -> Any:
        context_of(info).require("MANAGE_SHIPPING")
        return ids.find(models.ShippingZone.objects.all(), id, "ShippingZone")

    @staticmethod
    def resolve_shipping_zones(_root: Any, info: Info, **page: Any) -> Any:
        context_of(info).require("MANAGE_SHIPPING")
        return paginate(info, models.ShippingZone.objects.all(), **page)
