"""The body of a webhook: the App's subscription query, executed for one occurrence."""

from dataclasses import replace
from typing import Any

from marketplace.embedded.context import RequestContext, running_schema
from marketplace.embedded.execution import execute_document, format_error, parse_document
from marketplace.embedded.models import Webhook
from marketplace.embedded.webhooks.events import Occurrence


def payload_for(webhook: Webhook, occurrence: Occurrence) -> dict[str, Any] | None:
    """Return the body for one webhook, flat as in Saleor; None when the query selects nothing.

    A failing field leaves partial data and adds ``errors``. A webhook without a subscription
    query gets an empty object; Saleor's legacy payloads are not supported.
    """
    if not webhook.subscription_query:
        return {}
    context = RequestContext(app=webhook.app, recipient=webhook.app, principal=occurrence.principal)
    root = replace(occurrence, recipient=webhook.app)
    schema = running_schema()
    document = parse_document(schema, webhook.subscription_query)
    result = execute_document(schema, document, context=context, root=root)
    event = (result.data or {}).get("event")
    errors = [format_error(error) for error in result.errors or []]
    if event is None and not errors:
        return None
    payload = dict(event or {})
    if errors:
        payload["errors"] = errors
    return payload
