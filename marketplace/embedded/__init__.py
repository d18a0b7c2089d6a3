"""The embedded commerce engine: the part of Saleor's API that Twiza uses, in process.

It has its own models (database alias ``engine``, own schema and role), answers the same GraphQL
operations with the same names and error codes as Saleor 3.23, and sends the same signed webhooks
at the same moments. It imports none of the marketplace's domain. The marketplace reaches it only
through `transport.EmbeddedTransport`, and it reaches the marketplace only through the httpx
transport that the setting ``EMBEDDED_ENGINE["APP_TRANSPORT"]`` names.

A request passes from `transport` through `execution` to `schema`, which holds the GraphQL types,
queries and mutations, a sub-package for each domain. What changes data is outside of it, in modules
named for their domain or use case; those raise `errors.CommandError` for what the API refuses.
`webhooks` records the events of a write and calls Apps. Their payloads are queries against the
schema, which `execution` is handed and keeps for the running operation: so nothing below imports
the schema.
"""
