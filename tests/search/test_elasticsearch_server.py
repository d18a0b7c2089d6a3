"""An Elasticsearch server that does not respond, and a missing package."""

import sys
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.utils.module_loading import import_string

from search import checks
from search.errors import SearchServerUnavailable
from search.query import SearchQuery
from search.search import search

pytestmark = pytest.mark.django_db


def test_an_unavailable_server_is_told_to_the_buyer(client: Client, settings: Any) -> None:
    settings.SEARCH_BACKEND = "elasticsearch"
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"

    with pytest.raises(SearchServerUnavailable, match="try again"):
        search(SearchQuery(text=""))
    page = client.get("/ma/fr/search/", {"q": "miel"})
    assert page.status_code == 503
    assert "La recherche est indisponible" in page.content.decode()
    assert client.get("/ma/fr/search/suggest/", {"q": "miel"}).status_code == 503
    assert [(found.mark, found.check) for found in checks.index()] == [("broken", "index")]


def test_without_the_extra_its_backend_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in [name for name in sys.modules if name.startswith("search.backends.elastic")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "elasticsearch", None)

    with pytest.raises(ImproperlyConfigured, match=r"twiza\[elasticsearch\]"):
        import_string(django_settings.SEARCH_BACKENDS["elasticsearch"])
