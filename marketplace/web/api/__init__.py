"""Our GraphQL API: what other storefronts, partners' tools and extensions may read.

It is read-only, shows nobody more than their pages do, and limits every request.
"""
