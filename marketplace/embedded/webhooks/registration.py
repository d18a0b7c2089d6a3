"""Registering webhooks: which events they receive, and whether their query fits the schema."""

from collections.abc import Mapping
from typing import Any

from graphql import GraphQLSchema, parse
from graphql.language import ast
from graphql.language.visitor import Visitor, visit

from marketplace.embedded import ids
from marketplace.embedded.context import RequestContext
from marketplace.embedded.errors import refuse
from marketplace.embedded.execution import InvalidDocument, parse_document
from marketplace.embedded.models import App, Webhook
from marketplace.embedded.webhooks.events import ASYNC_EVENTS, SYNC_EVENTS, event_names_of


def create_webhook(
    app: App,
    *,
    schema: GraphQLSchema,
    name: str,
    target_url: str,
    query: str,
    events: list[str],
    is_active: bool = True,
    custom_headers: dict[str, str] | None = None,
) -> Webhook:
    """Create a webhook; refuses INVALID as `events_of_webhook` does."""
    return Webhook.objects.create(
        app=app,
        name=name,
        target_url=target_url,
        subscription_query=query,
        events=events_of_webhook(schema, query, events),
        is_active=is_active,
        custom_headers=custom_headers or {},
    )


def update_webhook(
    webhook: Webhook, data: Mapping[str, Any], *, schema: GraphQLSchema, events: list[str]
) -> None:
    """Change what is given of a webhook; refuses INVALID as `events_of_webhook` does."""
    query = data.get("query", webhook.subscription_query)
    if events or "query" in data:
        webhook.events = events_of_webhook(schema, query, events)
    webhook.subscription_query = query
    for name in ("name", "target_url", "is_active", "custom_headers"):
        if data.get(name) is not None:
            setattr(webhook, name, data[name])
    webhook.save()


def find_own_webhook(context: RequestContext, global_id: str) -> Webhook:
    """Return a webhook of the calling App, or any for those with MANAGE_APPS.

    Raises PermissionDenied; refuses NOT_FOUND.
    """
    rows = Webhook.objects.all()
    if context.app is not None:
        rows = rows.filter(app=context.app)
    else:
        context.require("MANAGE_APPS")
    return ids.fetch(rows, global_id, "Webhook")


def events_of_webhook(schema: GraphQLSchema, query: str, events: list[str]) -> list[str]:
    """Return the events of a webhook, read from its query when none are listed.

    Refuses INVALID for a query that does not fit the schema, for an event that this engine does
    not know, and when there is no event at all.
    """
    wanted = [event.upper() for event in events]
    if query:
        try:
            parse_document(schema, query)
        except InvalidDocument as invalid:
            message = f"Subscription query is not valid: {invalid}"
            raise refuse("INVALID", message, field="query") from invalid
        wanted = wanted or _events_in(query)
    known = {*ASYNC_EVENTS, *SYNC_EVENTS}
    unknown = [event for event in wanted if event not in known]
    if unknown or not wanted:
        message = f"Events unknown to this engine: {', '.join(unknown)}" if unknown else "No event."
        raise refuse("INVALID", message, field="events")
    return wanted


def _events_in(query: str) -> list[str]:
    """Return the events whose types a subscription query names.

    An interface (CalculateTaxes) names none, as in Saleor: its events have to be listed.
    """
    visitor = _TypeConditions()
    visit(parse(query), visitor)
    found = [event for name in visitor.names for event in event_names_of(name)]
    return list(dict.fromkeys(found))


class _TypeConditions(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def enter_inline_fragment(self, node: ast.InlineFragmentNode, *_: Any) -> None:
        if node.type_condition is not None:
            self.names.append(node.type_condition.name.value)

    def enter_fragment_definition(self, node: ast.FragmentDefinitionNode, *_: Any) -> None:
        self.names.append(node.type_condition.name.value)
