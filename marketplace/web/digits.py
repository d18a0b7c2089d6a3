"""A finished page in one system of digits; files and data are left alone."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import get_language

from marketplace.core.formats import Format
from marketplace.core.page_digits import in_page_digits


def in_digits_of(market: str, response: HttpResponseBase) -> HttpResponseBase:
    """The page in the digits of a market and the active language."""
    form = Format((get_language() or "en")[:2], market)
    is_page = response.headers.get("Content-Type", "").startswith("text/html")
    if form.language == "ar" and is_page and isinstance(response, HttpResponse):
        html = response.content.decode(response.charset)
        response.content = in_page_digits(html, form).encode(response.charset)
    return response
