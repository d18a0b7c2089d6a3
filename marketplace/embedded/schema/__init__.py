"""The GraphQL schema of the engine: a subset of Saleor's, composed of one file per domain."""

from functools import cache

import graphene


@cache
def build_schema() -> graphene.Schema:
    """Compose the schema from the domains' mixins (once per process)."""
    from marketplace.embedded.schema.composition import MUTATIONS, QUERIES, TYPES
    from marketplace.embedded.schema.events import Subscription

    query = type("Query", (*QUERIES, graphene.ObjectType), {"__doc__": "Reads."})
    mutation = type("Mutation", (*MUTATIONS, graphene.ObjectType), {"__doc__": "Writes."})
    return graphene.Schema(
        query=query, mutation=mutation, subscription=Subscription, types=list(TYPES)
    )
