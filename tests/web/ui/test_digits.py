"""Egyptian and Jordanian pages in Arabic have one system of digits."""

import re

import pytest
from django.test import Client

from marketplace.core.formats import Format
from marketplace.core.page_digits import in_page_digits

NBSP = "\u00a0"
EGYPT, JORDAN, MOROCCO = Format("ar", "eg"), Format("ar", "jo"), Format("ar", "ma")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>عسل 500 غ، ٤٥٫٠٠</p>", "<p>عسل ٥٠٠ غ، ٤٥٫٠٠</p>"),
        ("<b>3</b> منتجات", "<b>٣</b> منتجات"),
        ('<bdi class="ltr">+20 10 1234</bdi>', f'<bdi class="ltr">+٢٠{NBSP}١٠{NBSP}١٢٣٤</bdi>'),
        ('<bdi class="ltr">1023</bdi> 4', '<bdi class="ltr">١٠٢٣</bdi> ٤'),
    ],
)
def test_numbers_that_people_read_are_in_the_digits_of_the_page(html: str, expected: str) -> None:
    assert in_page_digits(html, EGYPT) == in_page_digits(html, JORDAN) == expected
    assert not re.search("[٠-٩٫٬]", in_page_digits(html, MOROCCO))


@pytest.mark.parametrize(
    "html",
    [
        '<a href="tel:+2010" title="5">x</a>',
        '<input value="3">',
        "<textarea>3</textarea>",
        "<script>a=1</script>",
        '<svg viewBox="0 0 1 1"><text>5</text></svg>',
        "&#39; &frac12;",
        '<bdi class="ltr">EG38 0019 0005</bdi>',
        '<bdi class="ltr">2026-11-26</bdi>',
        '<bdi lang="fr">Huile 5 ans</bdi>',
        "MP3 A4",
    ],
)
def test_what_machines_read_and_foreign_words_keep_theirs(html: str) -> None:
    assert in_page_digits(html, EGYPT) == html


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["", "search/", "about/delivery/", "basket/"])
def test_a_page_of_egypt_mixes_no_digits(client: Client, path: str) -> None:
    html = client.get(f"/eg/ar/{path}").content.decode()
    seen = re.sub(r"<(script|style|svg)\b.*?</\1>|<[^>]*>|&#?\w+;", " ", html, flags=re.DOTALL)
    assert not re.findall(r"(?<![A-Za-z])[0-9]+(?![A-Za-z])", seen)
