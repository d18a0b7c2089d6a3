"""Both backends, each with an index of its own."""

import os
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from osmem_server import OsmemServer

from search.backends.elastic.server import server


@pytest.fixture(scope="session")
def search_server() -> Iterator[str]:
    """The address of a server that speaks Elasticsearch's language; in memory if none is named."""
    if named := os.environ.get("TWIZA_TEST_ELASTICSEARCH_URL"):
        yield named
        return
    with OsmemServer.start() as started:
        yield started.url
    if started.process.stdout:
        started.process.stdout.close()


@pytest.fixture
def elasticsearch(search_server: str, settings: Any) -> Iterator[None]:
    """An Elasticsearch backend without any index yet; changes show at once."""
    name = f"twiza-test-{uuid4().hex[:12]}"
    settings.ELASTICSEARCH_URL = search_server
    settings.ELASTICSEARCH_INDEX = name
    settings.ELASTICSEARCH_PLAIN = os.environ.get("TWIZA_TEST_ELASTICSEARCH_PLAIN", "1") == "1"
    settings.ELASTICSEARCH_REFRESH = "true"
    yield
    for found in server().indices.get(index=f"{name}*"):
        server().indices.delete(index=found)
    if server().indices.exists_index_template(name=name):
        server().indices.delete_index_template(name=name)


@pytest.fixture(params=["postgres", "elasticsearch"])
def engine(request: pytest.FixtureRequest, settings: Any) -> str:
    """Each backend in turn is the one that the settings choose."""
    name = str(request.param)
    if name == "elasticsearch":
        request.getfixturevalue("elasticsearch")
    settings.SEARCH_BACKEND = name
    return name
