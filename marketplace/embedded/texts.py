"""Plain text of rich texts, and the normalization of text for search."""

import unicodedata
from typing import Any

from django.utils.html import strip_tags


def plain_text(rich: Any) -> str:
    """Return the text of an EditorJS document."""
    blocks = rich.get("blocks", []) if isinstance(rich, dict) else []
    words = []
    for block in blocks:
        data = block.get("data", {})
        items = data.get("items") or []
        words += [data.get("text", ""), *(item for item in items if isinstance(item, str))]
    return " ".join(strip_tags(word) for word in words if word)


def normalize(text: str) -> str:
    """Remove case, accents and hamza, as Saleor's search does; ta marbuta and tatweel stay."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))
