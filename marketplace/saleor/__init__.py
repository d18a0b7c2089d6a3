"""The boundary to the commerce engine: a Saleor, or the embedded core which speaks its language.

Owns: the operation documents and the typed client made from them, which object of ours is which of
the engine's (``ids``), our App (manifest, installation, webhooks, inbox) and the store's set-up as
code. Outside this room nothing holds an engine's global id.
"""
