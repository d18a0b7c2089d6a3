"""Static files: an address changes with its content, so browsers may keep what they have."""

import re
from pathlib import Path

import pytest
from django.templatetags.static import static
from django.test import Client
from pytest_django import Settings

from marketplace.core.static_files import collect_static_files, static_files_digest

FOR_A_YEAR = {"max-age=31536000", "public", "immutable"}


def caching(client: Client, address: str) -> set[str]:
    response = client.get(address)
    assert response.status_code == 200
    assert b"".join(response.streaming_content)  # type: ignore[attr-defined]
    return set(response["Cache-Control"].split(", "))


@pytest.mark.parametrize(
    "name", ["ui/twiza.css", "ui/twiza.js", "ui/favicon.svg", "ui/fonts/readex-ar.woff2"]
)
def test_an_address_has_the_contents_hash_and_is_kept_for_a_year(client: Client, name: str) -> None:
    stem, _, ending = name.rpartition(".")
    assert re.fullmatch(rf"/static/{stem}\.[0-9a-f]{{12}}\.{ending}", static(name))
    assert caching(client, static(name)) == FOR_A_YEAR


def test_an_address_without_a_hash_is_kept_for_an_hour(client: Client) -> None:
    assert caching(client, "/static/ui/twiza.css") == {"max-age=3600", "public"}


def test_the_sheet_names_its_fonts_by_their_hash(client: Client) -> None:
    response = client.get(static("ui/twiza.css"))
    sheet = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    fonts = re.findall(r'url\("(fonts/[^"]+)"\)', sheet)
    assert [f"/static/ui/{font}" for font in fonts] == [
        static("ui/fonts/readex-ar.woff2"),
        static("ui/fonts/readex-la.woff2"),
    ]


def test_a_page_names_only_hashed_files(client: Client, settings: Settings) -> None:
    settings.DEMO = True
    page = client.get("/ui/").content.decode()
    named = re.findall(r'"(/static/[^"]+)"', page)
    assert named
    assert [one for one in named if not re.search(r"\.[0-9a-f]{12}\.\w+$", one)] == []


def test_what_is_current_is_not_collected_again(settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path / "static"
    collected = settings.STATIC_ROOT.with_suffix(".sha256")
    collected.write_text(static_files_digest())
    assert collect_static_files() is False
    assert not settings.STATIC_ROOT.exists()
