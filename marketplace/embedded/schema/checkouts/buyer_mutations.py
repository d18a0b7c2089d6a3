"""Mutations of the buyer of a checkout: e-mail, language, addresses, account."""

from typing import Any

import graphene

from marketplace.embedded import models
from marketplace.embedded.checkouts.buyer import (
    attach_customer,
    check_email,
    save_checkout_address,
    set_billing_address,
    set_email,
    set_language,
    set_shipping_address,
)
from marketplace.embedded.errors import PermissionDenied
from marketplace.embedded.language_codes import stored_code
from marketplace.embedded.schema.address import AddressInput
from marketplace.embedded.schema.base import Info, context_of
from marketplace.embedded.schema.checkouts.checkout_mutation import (
    CheckoutArguments,
    LockedCheckoutMutation,
)
from marketplace.embedded.schema.checkouts.inputs import CheckoutAddressValidationRules
from marketplace.embedded.schema.enums import LanguageCodeEnum


class CheckoutEmailUpdate(LockedCheckoutMutation):
    """Set the buyer's e-mail."""

    class Arguments(CheckoutArguments):
        email = graphene.String(required=True)

    @classmethod
    def perform(cls, info: Info, **arguments: Any) -> Any:
        email = check_email(arguments.pop("email"))
        return super().perform(info, **arguments, email=email)

    @classmethod
    def change(cls, info: Info, checkout: models.Checkout, **arguments: Any) -> None:
        set_email(checkout, arguments["email"])


class CheckoutLanguageCodeUpdate(LockedCheckoutMutation):
    """Set the buyer's language."""

    class Arguments(CheckoutArguments):
        language_code = LanguageCodeEnum(required=True)

    @classmethod
    def change(cls, info: Info, checkout: models.Checkout, **arguments: Any) -> None:
        set_language(checkout, stored_code(arguments["language_code"]))


class _AddressArguments(CheckoutArguments):
    save_address = graphene.Boolean(default_value=True)
    validation_rules = CheckoutAddressValidationRules()


class CheckoutShippingAddressUpdate(LockedCheckoutMutation):
    """Set where the order is delivered to; delivery options and taxes follow."""

    class Arguments(_AddressArguments):
        shipping_address = AddressInput(required=True)

    @classmethod
    def change(cls, info: Info, checkout: models.Checkout, **arguments: Any) -> None:
        rules = arguments.get("validation_rules")
        address = save_checkout_address(arguments["shipping_address"], rules, "SHIPPING")
        set_shipping_address(checkout, address)


class CheckoutBillingAddressUpdate(LockedCheckoutMutation):
    """Set the address on the bill."""

    class Arguments(_AddressArguments):
        billing_address = AddressInput(required=True)

    @classmethod
    def change(cls, info: Info, checkout: models.Checkout, **arguments: Any) -> None:
        rules = arguments.get("validation_rules")
        address = save_checkout_address(arguments["billing_address"], rules, "BILLING")
        set_billing_address(checkout, address)


class CheckoutCustomerAttach(LockedCheckoutMutation):
    """Make a customer the checkout's owner: oneself, or with IMPERSONATE_USER another."""

    class Arguments(CheckoutArguments):
        customer_id = graphene.ID()

    @classmethod
    def perform(cls, info: Info, **arguments: Any) -> Any:
        if context_of(info).caller is None:
            raise PermissionDenied(("AUTHENTICATED_APP", "AUTHENTICATED_USER"))
        return super().perform(info, **arguments)

    @classmethod
    def change(cls, info: Info, checkout: models.Checkout, **arguments: Any) -> None:
        attach_customer(context_of(info), checkout, customer_id=arguments.get("customer_id"))
