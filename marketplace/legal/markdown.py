"""Markdown of legal texts as HTML: headings, lists, tables and links; never HTML or pictures.

The parser escapes what looks like HTML and refuses addresses that run code.
"""

from functools import cache

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

_LOWEST = 6


def as_html(text: str) -> SafeString:
    """The text for a page whose own heading is the first: its headings begin with the second."""
    parser = _parser()
    tokens = parser.parse(text)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = _one_lower(token)
    html: str = parser.renderer.render(tokens, parser.options, {})
    return mark_safe(html)


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("js-default", {"html": False, "linkify": False}).disable("image")


def _one_lower(token: Token) -> str:
    level = int(token.tag.removeprefix("h")) + 1
    return f"h{min(level, _LOWEST)}"
