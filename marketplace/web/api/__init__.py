"""Our own GraphQL API: what other storefronts, partners' tools and extensions read from Twiza.

It only reads, it shows nobody more than their pages do, and everything in it has a limit.
"""
