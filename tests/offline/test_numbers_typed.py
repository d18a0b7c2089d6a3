"""What the phone reads of typed numbers is what the shop would read; else it asks again."""

from typing import Any

import pytest
from django.utils import translation
from playwright.sync_api import Browser

from marketplace.core.amounts import AmbiguousAmount, UnreadableAmount, read_amount
from marketplace.web.ui.assets import STATIC
from tests.offline.in_a_browser import MARKS, chromium

__all__ = ["chromium"]
pytestmark = [MARKS[0], MARKS[2]]
PAGE = """<div data-offline-page=draft data-language={language} data-exponent={exponent}
data-decimal="{decimal}"><div data-unable hidden></div><form data-record></form></div>"""
STUB = """() => {
  crypto.randomUUID = () => "key";
  const state = async () => ({ products: [], drafts: [] });
  window.twizaOffline = { own: { state, sync: async () => "sent" } };
}"""
TYPED = [
    "12,50", "12.50", "1 500,00", "1,500", "1.500", "1.234,50", "1,234.50", "١٢٫٥٠", "١٬٢٣٤٫٥٠",
    "٤٥", "١٢,٥٠", "12.500", "5,5", "1500.00", "1e3", "NaN", "-3", "abc", "999999999999", "12,345",
    "1\u202f500,00", "\u200e45", "1 50", "0", "", "80,5", "15 00", "1500", "۱۵۰۰", "1.5.0", "1,",
]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "currency", "exponent", "decimal"),
    [("fr", "MAD", 2, ","), ("ar", "MAD", 2, ","), ("en", "MAD", 2, "."), ("fr", "TND", 3, ","),
     ("fr", "XOF", 0, ",")],
)  # fmt: skip
def test_the_phone_reads_amounts_as_the_shop_or_not_at_all(
    chromium: Browser, language: str, currency: str, exponent: int, decimal: str
) -> None:
    page = chromium.new_page()
    page.set_content(PAGE.format(language=language, exponent=exponent, decimal=decimal))
    page.evaluate(STUB)
    page.add_script_tag(path=STATIC / "offline-pages.js")
    read: list[Any] = page.evaluate("(all) => all.map(twizaOffline.minor)", TYPED)
    page.close()
    with translation.override(language):
        shop = [_read(typed, currency) for typed in TYPED]
    wrong = [
        (typed, phone, ours)
        for typed, phone, ours in zip(TYPED, read, shop, strict=True)
        if phone not in {None, ours} and phone != 0
    ]
    assert wrong == []
    assert sum(value is not None for value in read) >= 5


def _read(typed: str, currency: str) -> int | None:
    try:
        return read_amount(typed, currency).amount_minor
    except (AmbiguousAmount, UnreadableAmount):
        return None
