"""The table of domains: their queries, mutations, and types found only through interfaces."""

from marketplace.embedded.schema.account import AccountMutations, AccountQueries
from marketplace.embedded.schema.app import AppMutations, AppQueries
from marketplace.embedded.schema.events import EVENT_TYPES

QUERIES = [AccountQueries, AppQueries]
MUTATIONS = [AccountMutations, AppMutations]
TYPES = EVENT_TYPES.values()
