"""The boundary to the commerce engine: a Saleor, or the embedded one with the same API.

Owns: the GraphQL operations and the typed client generated from them, the mapping of ids (``ids``),
our App (manifest, installation, webhooks, inbox) and the store's set-up as code. Outside this room
nothing holds an engine's global id.
"""
