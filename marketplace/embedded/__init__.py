"""The embedded commerce engine: the part of Saleor's API that Twiza uses, in process.

It owns its own models (database alias ``engine``, own schema and role), answers the same GraphQL
operations with the same names and error codes as Saleor 3.23, and sends the same signed webhooks
at the same moments. It imports none of the marketplace's domain; the marketplace reaches it only
through `transport.EmbeddedTransport`, and it reaches the marketplace only through the httpx
transport that the setting ``EMBEDDED_ENGINE["APP_TRANSPORT"]`` names.
"""
