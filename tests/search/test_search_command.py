"""``twiza search`` on the command line."""

import json

import pytest
from django.core.management import call_command

from search.indexing.index import reindex
from tests.factories.listings import listing_page


@pytest.mark.django_db
def test_search_on_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    page = listing_page("saffron")
    reindex()

    call_command("search", "زعفران", lang="ar", json=True)

    shown = json.loads(capsys.readouterr().out)
    assert shown["total"] == 1
    assert shown["hits"][0]["slug"] == page.slug
    assert shown["hits"][0]["taxonomy"] == "saffron"
    assert (shown["hits"][0]["amount_minor"], shown["hits"][0]["currency"]) == (5000, "MAD")
