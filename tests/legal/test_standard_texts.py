"""The standard texts: whole in every language, with the programme's facts; and safe Markdown."""

import ast
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from catalog.markets import MARKETS, market_of
from marketplace.core.actors import Actor
from marketplace.legal.defaults import FOLDER, default_texts
from marketplace.legal.markdown import as_html
from marketplace.legal.models import TextKind
from marketplace.legal.services import set_contact
from tests.factories.vendors import make_programme
from vendors.services import set_payer_identifier

ROOT = Path(__file__).resolve().parents[2]
HOSTILE = (
    "<script>alert(1)</script>",
    "[a](javascript:alert(1))",
    "[a](data:text/html,x)",
    "![x](https://elsewhere.example/x.png)",
    '<a href="x" onclick="y">z</a>',
    "<https://ok.example/\"onmouseover='1'>",
)


def headings(text: str) -> int:
    return len(re.findall(r"^## ", text, re.MULTILINE))


@pytest.mark.parametrize("kind", TextKind.values)
@pytest.mark.django_db
def test_each_says_the_same_in_three_languages_and_leaves_no_gap(kind: str) -> None:
    programme = make_programme()
    for market in MARKETS:
        texts = default_texts(programme, market, kind, timezone.localdate())
        assert len({headings(text) for text in texts.values()}) == 1
        for text in texts.values():
            assert not re.search(r"[${}]|%\(", text)
    assert len(list(FOLDER.glob(f"{kind}.*.md"))) == 3


@pytest.mark.django_db
def test_they_name_who_publishes_and_the_market_s_own_period() -> None:
    programme = make_programme()
    set_payer_identifier(
        programme=programme, kind="ice", value="001234567000089", source="card",
        valid_from=timezone.localdate(), by=Actor.system("test"),
    )  # fmt: skip
    set_contact(
        programme=programme,
        values={"email": "contact@example.org", "phone": "+212537000000", "address": "Rabat"},
        hours={"fr": "lundi à vendredi"},
        by=Actor.system("test"),
    )
    today = timezone.localdate()
    imprint = default_texts(programme, market_of("ma"), "imprint", today)
    for said in (programme.legal_payer, "ICE 001234567000089", "contact@example.org", "Rabat"):
        assert said in imprint["fr"]
    assert "lundi à vendredi" in imprint["fr"]
    assert "pas encore indiqué" in imprint["fr"]
    withdrawal = {
        code: default_texts(programme, market_of(code), "withdrawal", today)["fr"]
        for code in ("ma", "tn", "eu")
    }
    assert "7 jours" in withdrawal["ma"]
    assert "10 jours ouvrables" in withdrawal["tn"] or "10 jours ouvrés" in withdrawal["tn"]
    assert "14 jours" in withdrawal["eu"]


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_never_becomes_code_or_pictures(text: str) -> None:
    found: list[tuple[str, dict[str, str | None]]] = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attrs: found.append((tag, dict(attrs)))  # type: ignore[method-assign]
    parser.feed(as_html(f"## Title\n\n{text}\n"))
    assert {tag for tag, _attrs in found} <= {"h3", "p", "a"}
    for _tag, attrs in found:
        assert set(attrs) <= {"href"}
        assert (attrs.get("href") or "https:").startswith("https:")


def test_markdown_has_lists_tables_and_links() -> None:
    html = as_html("- one\n\n| a | b |\n|---|---|\n| c | d |\n\n[here](https://example.org/)\n")
    assert "<li>one</li>" in html
    assert "<td>d</td>" in html
    assert '<a href="https://example.org/">here</a>' in html


def cookies_in_code() -> set[str]:
    """Names that the code sets as cookies, as far as they are constants or settings."""
    names = {
        settings.SESSION_COOKIE_NAME.removeprefix("__Host-"),
        settings.CSRF_COOKIE_NAME.removeprefix("__Host-"),
    }
    for path in (ROOT / "marketplace").rglob("*.py"):
        text = path.read_text()
        if "set_cookie(" not in text and "set_signed_cookie(" not in text:
            continue
        for node in ast.parse(text).body:
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
                target = node.targets[0]
                if isinstance(target, ast.Name) and target.id.endswith("COOKIE"):
                    names.add(str(node.value.value))
    return names


def test_the_text_of_cookies_names_every_cookie_that_the_shop_sets() -> None:
    named = cookies_in_code()
    assert {"twiza_language", "twiza_known_browser", "twiza_forms"} <= named
    for language in ("ar", "fr", "en"):
        text = (FOLDER / f"cookies.{language}.md").read_text()
        assert [name for name in sorted(named) if name not in text] == []
