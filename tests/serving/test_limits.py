"""How much each address takes: small, but where files are sent."""

import ast
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from catalog.photo_files import LARGEST_UPLOAD
from marketplace.core.uploads import ORDINARY_BYTES, most_body_bytes

PAGES = Path("marketplace/web")


def views(patterns: list[URLPattern | URLResolver]) -> Iterator[object]:
    for entry in patterns:
        if isinstance(entry, URLResolver):
            yield from views(entry.url_patterns)
        else:
            yield entry.callback


def folders_that_take_files() -> set[str]:
    """Folders of pages where a name stands for ``request.FILES``."""
    found = set()
    for file in PAGES.rglob("*.py"):
        tree = ast.parse(file.read_text())
        if any(isinstance(node, ast.Attribute) and node.attr == "FILES" for node in ast.walk(tree)):
            found.add(".".join(file.parent.parts))
    return found


def test_every_page_that_takes_files_says_how_much() -> None:
    pages = list(views(get_resolver().url_patterns))
    saying = {view.__module__ for view in pages if hasattr(view, "most_body_bytes")}
    assert len(saying) > 5
    # This one keeps what other pages were sent.
    assert folders_that_take_files() - {"marketplace.web.kept"} == {
        module.rpartition(".")[0] for module in saying
    }


def test_a_listing_takes_photographs_and_other_pages_little() -> None:
    listing = {"cooperative": "argan", "listing_id": uuid4()}
    edit = reverse("portal:listing-edit", kwargs=listing)
    assert most_body_bytes(edit) > LARGEST_UPLOAD
    submit = reverse("portal:listing-submit", kwargs=listing)
    for path in ("/", "/accounts/login/", "/api/graphql/", "/no/such/page", submit, "/\udcff"):
        assert most_body_bytes(path) == ORDINARY_BYTES
