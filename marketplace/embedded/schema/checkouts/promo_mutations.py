"""Mutations of the voucher in a checkout."""

from typing import Any

import graphene

from marketplace.embedded import models
from marketplace.embedded.checkouts.vouchers import add_promo_code, remove_promo_code
from marketplace.embedded.errors import refuse
from marketplace.embedded.schema.base import Info
from marketplace.embedded.schema.checkouts.checkout_mutation import (
    CheckoutArguments,
    LockedCheckoutMutation,
)


class CheckoutAddPromoCode(LockedCheckoutMutation):
    """Enter a voucher's code."""

    class Arguments(CheckoutArguments):
        promo_code = graphene.String(required=True)

    @classmethod
    def change(cls, info: Info, checkout: models.Checkout, **arguments: Any) -> None:
        add_promo_code(checkout, arguments["promo_code"])


class CheckoutRemovePromoCode(LockedCheckoutMutation):
    """Take a voucher's code out again."""

    class Arguments(CheckoutArguments):
        promo_code = graphene.String()

    @classmethod
    def change(cls, info: Info, checkout: models.Checkout, **arguments: Any) -> None:
        promo_code = arguments.get("promo_code")
        if not promo_code:
            raise refuse("GRAPHQL_ERROR", "At least one of arguments is required: 'promo_code'.")
        remove_promo_code(checkout, promo_code)
