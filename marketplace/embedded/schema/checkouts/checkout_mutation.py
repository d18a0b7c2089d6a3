"""Base of the mutations of one checkout."""

from typing import Any

import graphene

from marketplace.embedded import models
from marketplace.embedded.checkouts import changes
from marketplace.embedded.schema.checkouts.checkout import Checkout
from marketplace.embedded.schema.checkouts.errors import CheckoutError
from marketplace.embedded.schema.mutation import EngineMutation
from marketplace.embedded.webhooks import emit


class CheckoutKey:
    """Arguments that name a checkout: its global id, or the key in it."""

    id = graphene.ID()
    token = graphene.UUID()


class CheckoutArguments(CheckoutKey):
    """Arguments that name a checkout, with the older name of its id."""

    checkout_id = graphene.ID()


def key_of(arguments: dict[str, Any]) -> str:
    """Return the key of the checkout that the arguments name; refuses GRAPHQL_ERROR."""
    return changes.checkout_key(
        arguments.get("id") or arguments.get("checkout_id"), arguments.get("token")
    )


def reload_checkout(checkout: models.Checkout) -> models.Checkout:
    """Return the checkout as stored now, without the relations that were loaded before a write."""
    return models.Checkout.objects.select_related("channel").get(pk=checkout.pk)


class CheckoutMutation(EngineMutation):
    """Base of the mutations that answer with a checkout."""

    class Meta:
        abstract = True

    error_type = CheckoutError
    checkout = graphene.Field(Checkout)


class LockedCheckoutMutation(CheckoutMutation):
    """Base of the mutations that lock a checkout and change it in one write.

    Subclasses implement ``change(info, checkout, **arguments)``; CHECKOUT_UPDATED follows. The
    lock refuses GRAPHQL_ERROR and NOT_FOUND.
    """

    class Meta:
        abstract = True

    class Arguments(CheckoutArguments):
        pass

    @classmethod
    def change(cls, info: Any, checkout: models.Checkout, **arguments: Any) -> None:
        """Change the locked checkout."""
        raise NotImplementedError

    @classmethod
    def perform(cls, info: Any, **arguments: Any) -> Any:
        checkout = changes.lock_checkout(key_of(arguments))
        cls.change(info, checkout, **arguments)
        emit("CHECKOUT_UPDATED", checkout)
        return cls(checkout=reload_checkout(checkout))
