"""Payment transactions and their events as the API shows them."""

from typing import Any

import graphene

from marketplace.embedded import models
from marketplace.embedded.models.base import related_many, related_one
from marketplace.embedded.money import Money as MoneyValue
from marketplace.embedded.schema.accounts.user import User
from marketplace.embedded.schema.apps.app import App
from marketplace.embedded.schema.base import (
    Info,
    ModelType,
    Node,
    ObjectWithMetadata,
    ResolvesByModel,
    list_of,
)
from marketplace.embedded.schema.enums import string_enum
from marketplace.embedded.schema.money import Money
from marketplace.embedded.schema.references import type_of

TransactionActionEnum = string_enum("TransactionActionEnum", "CHARGE", "REFUND", "CANCEL")
TransactionEventTypeEnum = string_enum(
    "TransactionEventTypeEnum", *models.TransactionEventType.values
)


class UserOrApp(ResolvesByModel, graphene.Union):
    """Who did something."""

    class Meta:
        types = (User, App)


class TransactionEvent(ModelType):
    """A step of a payment."""

    class Meta:
        model = models.TransactionEvent
        interfaces = (Node,)

    created_at = graphene.DateTime(required=True)
    psp_reference = graphene.String(required=True)
    message = graphene.String(required=True)
    external_url = graphene.String(required=True)
    amount = graphene.Field(Money, required=True)
    type = TransactionEventTypeEnum()
    created_by = graphene.Field(UserOrApp)
    idempotency_key = graphene.String()

    @staticmethod
    def resolve_amount(root: models.TransactionEvent, _info: Info) -> MoneyValue:
        return MoneyValue(root.amount_minor, root.currency)

    @staticmethod
    def resolve_created_by(root: models.TransactionEvent, _info: Info) -> Any:
        return root.app or root.user


def _amount(name: str) -> Any:
    def resolve(root: models.TransactionItem, _info: Info) -> MoneyValue:
        return MoneyValue(getattr(root, f"{name}_minor"), root.currency)

    return staticmethod(resolve)


class TransactionItem(ModelType):
    """A payment."""

    class Meta:
        model = models.TransactionItem
        interfaces = (Node, ObjectWithMetadata)

    token = graphene.UUID(required=True)
    created_at = graphene.DateTime(required=True)
    modified_at = graphene.DateTime(required=True)
    actions = list_of(TransactionActionEnum, required=True)
    authorized_amount = graphene.Field(Money, required=True)
    authorize_pending_amount = graphene.Field(Money, required=True)
    charged_amount = graphene.Field(Money, required=True)
    charge_pending_amount = graphene.Field(Money, required=True)
    refunded_amount = graphene.Field(Money, required=True)
    refund_pending_amount = graphene.Field(Money, required=True)
    canceled_amount = graphene.Field(Money, required=True)
    cancel_pending_amount = graphene.Field(Money, required=True)
    name = graphene.String(required=True)
    message = graphene.String(required=True)
    psp_reference = graphene.String(required=True)
    order = graphene.Field(type_of(models.Order))
    checkout = graphene.Field(type_of(models.Checkout))
    events = list_of(TransactionEvent, required=True)
    created_by = graphene.Field(UserOrApp)
    external_url = graphene.String(required=True)

    resolve_authorized_amount = _amount("authorized")
    resolve_authorize_pending_amount = _amount("authorize_pending")
    resolve_charged_amount = _amount("charged")
    resolve_charge_pending_amount = _amount("charge_pending")
    resolve_refunded_amount = _amount("refunded")
    resolve_refund_pending_amount = _amount("refund_pending")
    resolve_canceled_amount = _amount("canceled")
    resolve_cancel_pending_amount = _amount("cancel_pending")

    @staticmethod
    def resolve_token(root: models.TransactionItem, _info: Info) -> Any:
        return root.pk

    @staticmethod
    def resolve_actions(root: models.TransactionItem, _info: Info) -> list[str]:
        return list(root.available_actions)

    @staticmethod
    def resolve_order(root: models.TransactionItem, _info: Info) -> Any:
        return related_one(root, "order") if root.order_id else None

    @staticmethod
    def resolve_checkout(root: models.TransactionItem, _info: Info) -> Any:
        return related_one(root, "checkout") if root.checkout_id else None

    @staticmethod
    def resolve_events(root: models.TransactionItem, _info: Info) -> list[Any]:
        return related_many(root, "events")

    @staticmethod
    def resolve_created_by(root: models.TransactionItem, _info: Info) -> Any:
        return root.app or root.user
