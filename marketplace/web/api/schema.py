"""The schema: four groups of fields under one query. There are no mutations."""

from functools import cache

import graphene

from marketplace.web.api.cooperatives import CooperativeFields
from marketplace.web.api.members import MemberFields
from marketplace.web.api.programmes import StaffFields
from marketplace.web.api.search import SearchFields


class Query(CooperativeFields, SearchFields, MemberFields, StaffFields):
    """Everything that can be asked."""


@cache
def build_schema() -> graphene.Schema:
    """The schema, built once in a process."""
    return graphene.Schema(query=Query)
