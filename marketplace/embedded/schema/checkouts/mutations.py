"""Creating and completing checkouts; all mutations of checkouts."""

from typing import Any

import graphene

from marketplace.embedded import models
from marketplace.embedded.checkouts.buyer import save_checkout_address
from marketplace.embedded.checkouts.completion import complete_checkout
from marketplace.embedded.checkouts.create import create_checkout, find_active_channel
from marketplace.embedded.language_codes import stored_code
from marketplace.embedded.metadata import metadata_dict
from marketplace.embedded.schema.base import Info, MetadataInput, context_of, list_of
from marketplace.embedded.schema.checkouts.buyer_mutations import (
    CheckoutBillingAddressUpdate,
    CheckoutCustomerAttach,
    CheckoutEmailUpdate,
    CheckoutLanguageCodeUpdate,
    CheckoutShippingAddressUpdate,
)
from marketplace.embedded.schema.checkouts.checkout_mutation import (
    CheckoutArguments,
    CheckoutMutation,
    key_of,
    reload_checkout,
)
from marketplace.embedded.schema.checkouts.delivery_mutations import (
    CheckoutDeliveryMethodUpdate,
    DeliveryOptionsCalculate,
)
from marketplace.embedded.schema.checkouts.errors import CheckoutError
from marketplace.embedded.schema.checkouts.inputs import CheckoutCreateInput
from marketplace.embedded.schema.checkouts.line_mutations import (
    CheckoutLinesAdd,
    CheckoutLinesDelete,
    CheckoutLinesUpdate,
    line_inputs,
)
from marketplace.embedded.schema.checkouts.promo_mutations import (
    CheckoutAddPromoCode,
    CheckoutRemovePromoCode,
)
from marketplace.embedded.schema.mutation import EngineMutation
from marketplace.embedded.schema.references import type_of
from marketplace.embedded.schema.scalars import JSONString


class CheckoutCreate(CheckoutMutation):
    """Create a checkout, and reserve its units."""

    class Arguments:
        input = CheckoutCreateInput(required=True)

    @classmethod
    def perform(cls, info: Info, input: dict[str, Any]) -> Any:
        context = context_of(info)
        channel = find_active_channel(input.get("channel"))
        wanted = line_inputs(input["lines"], channel, context)
        if input.get("private_metadata") is not None:
            context.require("MANAGE_CHECKOUTS")
        checkout = create_checkout(
            channel,
            wanted,
            user=context.user if context.user and not context.user.is_staff else None,
            email=input.get("email"),
            language_code=stored_code(input.get("language_code") or "EN"),
            shipping_address=_address(input, "shipping_address"),
            billing_address=_address(input, "billing_address"),
            metadata=metadata_dict(input.get("metadata")),
            private_metadata=metadata_dict(input.get("private_metadata")),
        )
        return cls(checkout=reload_checkout(checkout))


def _address(data: dict[str, Any], name: str) -> models.Address | None:
    given = data.get(name)
    if given is None:
        return None
    rules = (data.get("validation_rules") or {}).get(name)
    return save_checkout_address(given, rules, name.removesuffix("_address").upper())


class CheckoutComplete(EngineMutation):
    """Make the order; a checkout that became one already answers with it."""

    class Arguments(CheckoutArguments):
        redirect_url = graphene.String()
        payment_data = JSONString()
        store_source = graphene.Boolean(default_value=False)
        metadata = list_of(MetadataInput)

    atomic = False
    error_type = CheckoutError
    order = graphene.Field(type_of(models.Order))
    confirmation_needed = graphene.Boolean(required=True)
    confirmation_data = graphene.Field(JSONString)

    @classmethod
    def perform(cls, info: Info, **arguments: Any) -> Any:
        order = complete_checkout(
            key_of(arguments),
            by=context_of(info).caller,
            metadata=metadata_dict(arguments.get("metadata")),
            redirect_url=arguments.get("redirect_url") or "",
        )
        return cls(order=models.Order.objects.get(pk=order.pk))

    @staticmethod
    def resolve_confirmation_needed(_root: Any, _info: Info) -> bool:
        return False


class CheckoutMutations:
    """Mutations of checkouts."""

    checkout_create = CheckoutCreate.Field()
    checkout_lines_add = CheckoutLinesAdd.Field()
    checkout_lines_update = CheckoutLinesUpdate.Field()
    checkout_lines_delete = CheckoutLinesDelete.Field()
    checkout_email_update = CheckoutEmailUpdate.Field()
    checkout_language_code_update = CheckoutLanguageCodeUpdate.Field()
    checkout_shipping_address_update = CheckoutShippingAddressUpdate.Field()
    checkout_billing_address_update = CheckoutBillingAddressUpdate.Field()
    checkout_customer_attach = CheckoutCustomerAttach.Field()
    checkout_add_promo_code = CheckoutAddPromoCode.Field()
    checkout_remove_promo_code = CheckoutRemovePromoCode.Field()
    checkout_delivery_method_update = CheckoutDeliveryMethodUpdate.Field()
    checkout_complete = CheckoutComplete.Field()
    delivery_options_calculate = DeliveryOptionsCalculate.Field()
