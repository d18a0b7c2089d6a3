"""The server, its index template, and the indexes behind the alias."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from catalog.markets import MARKETS
from search.errors import SearchServerAway

_TEMPLATE = Path(__file__).parent / "template.json"
_SECONDS, _TRIES = 10, 2
_BUSY = (429, 502, 503, 504)


@cache
def client(url: str, api_key: str, *, plain: bool) -> Any:
    """The client of a server. Raises ImproperlyConfigured with what to install or to set."""
    if not url:
        raise ImproperlyConfigured("Set TWIZA_ELASTICSEARCH_URL for the elasticsearch backend.")
    try:
        from elasticsearch import Elasticsearch  # the extra of the same name

        from search.backends.elastic.plain import PlainNode
    except ImportError as error:
        raise ImproperlyConfigured("Install the extra: twiza[elasticsearch]") from error
    options: dict[str, Any] = {"api_key": api_key} if api_key else {}
    if plain:
        options["node_class"] = PlainNode
    return Elasticsearch(
        url, request_timeout=_SECONDS, retry_on_timeout=True, max_retries=_TRIES, **options
    )


def server() -> Any:
    """The client of the configured server."""
    return client(
        settings.ELASTICSEARCH_URL,
        settings.ELASTICSEARCH_API_KEY,
        plain=settings.ELASTICSEARCH_PLAIN,
    )


@contextmanager
def answering() -> Iterator[None]:
    """Raise SearchServerAway for a server that does not answer, or cannot now."""
    from elastic_transport import TransportError
    from elasticsearch import ApiError

    try:
        yield
    except ApiError as error:
        if error.status_code in _BUSY:
            raise SearchServerAway from error
        raise
    except TransportError as error:
        raise SearchServerAway from error


def alias() -> str:
    """The name under which the live index is asked."""
    return str(settings.ELASTICSEARCH_INDEX)


def template() -> dict[str, Any]:
    """The index template, with the fields of each market's prices and sales."""
    body: dict[str, Any] = json.loads(_TEMPLATE.read_text(encoding="utf-8"))
    properties = body["template"]["mappings"]["properties"]
    for field, kind in (("amount", "long"), ("available", "integer"), ("sold", "integer")):
        of_market = {market.code: {"type": kind} for market in MARKETS}
        properties[field] = {"properties": of_market}
    properties["sales"] = {"properties": {market.code: {"type": "float"} for market in MARKETS}}
    return body


def index_named(key: str) -> str:
    """The name of an index by its key."""
    return f"{alias()}-{key}"


def make_index(name: str) -> str:
    """An empty index as the template says, which is brought up to date first."""
    server().indices.put_index_template(name=alias(), index_patterns=[f"{alias()}-*"], **template())
    server().indices.create(index=name)
    return name


def live_indexes() -> list[str]:
    """The index behind the alias; none before the first build, or after a loss."""
    if not server().indices.exists_alias(name=alias()):
        return []
    return sorted(server().indices.get_alias(name=alias()))


def ensure_live_index() -> None:
    """Make an empty live index if there is none."""
    if not live_indexes():
        server().indices.put_alias(index=make_index(index_named("first")), name=alias())
