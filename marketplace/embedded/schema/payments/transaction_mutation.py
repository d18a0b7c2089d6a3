"""Base of the mutations of a transaction."""

import graphene

from marketplace.embedded.schema.mutation import EngineMutation
from marketplace.embedded.schema.payments.transaction import TransactionItem


class TransactionKey:
    """Arguments that name a transaction: its global id, or the key in it."""

    id = graphene.ID()
    token = graphene.UUID()


class TransactionMutation(EngineMutation):
    """Base of the mutations that answer with a transaction; they open writes of their own."""

    class Meta:
        abstract = True

    atomic = False
    transaction = graphene.Field(TransactionItem)
