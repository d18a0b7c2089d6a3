"""The client of the server, and the indexes behind the alias."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch

from marketplace.core.patience import counted, patience
from search.backends.elastic.mapping import index_template
from search.backends.elastic.opensearch import PlainNode
from search.errors import SearchServerUnavailable

_TIMEOUT_SECONDS = 10
_MAX_RETRIES = 2
# Too many requests, bad gateway, unavailable, gateway timeout.
_BUSY = (429, 502, 503, 504)


@cache
def client(url: str, api_key: str, *, plain: bool) -> Elasticsearch:
    """The client of a server. Raises ImproperlyConfigured without an address."""
    if not url:
        raise ImproperlyConfigured("Set TWIZA_ELASTICSEARCH_URL for the elasticsearch backend.")
    options: dict[str, Any] = {"api_key": api_key} if api_key else {}
    if plain:
        options["node_class"] = PlainNode
    return Elasticsearch(
        url,
        request_timeout=_TIMEOUT_SECONDS,
        retry_on_timeout=True,
        max_retries=_MAX_RETRIES,
        **options,
    )


def server() -> Elasticsearch:
    """The client of the configured server; a checkup waits no longer than it has left."""
    found = client(
        settings.ELASTICSEARCH_URL,
        settings.ELASTICSEARCH_API_KEY,
        plain=settings.ELASTICSEARCH_PLAIN,
    )
    seconds = patience(_TIMEOUT_SECONDS)
    if seconds == _TIMEOUT_SECONDS:
        return found
    return found.options(request_timeout=seconds, max_retries=0)


@contextmanager
def raising_unavailable() -> Iterator[None]:
    """Raise SearchServerUnavailable for a server that does not respond, or cannot now."""
    try:
        with counted():
            yield
    except ApiError as error:
        if error.status_code in _BUSY:
            raise SearchServerUnavailable(f"HTTP {error.status_code}") from error
        raise
    except TransportError as error:
        raise SearchServerUnavailable(type(error).__name__) from error


def execute(body: dict[str, Any], *, index: str = "") -> Any:
    """The response to a search request on an index, by default the live one, as JSON gives it.

    Not ``Search.execute``: hundreds of hits are read for their numbers, without an object for each.
    """
    return server().search(index=index or alias(), body=body)


def alias() -> str:
    """The alias of the live index."""
    return str(settings.ELASTICSEARCH_INDEX)


def index_named(key: str) -> str:
    """The name of an index by its key."""
    return f"{alias()}-{key}"


def make_index(name: str) -> str:
    """Create an empty index by the template, which is brought up to date first."""
    index_template(alias()).save(using=server())
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
