"""The same page in another language."""

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from marketplace.web.ui.tags.page import request_of

# The shop's addresses contain market and language: /ma/ar/…
_SHOP_PATH = re.compile(r"^/(?P<market>[a-z]{2})/(?P<language>[a-z]{2})(?P<rest>/.*|)$")


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """A language by its own name, and this page's address in it."""

    code: str
    name: str
    url: str
    current: bool


def url_lang(context: Context, language: str) -> str:
    """This page's address in another language.

    The shop has the language in the address; other pages use an address that stores the choice in a
    cookie and redirects back.
    """
    request = request_of(context)
    if request is None:
        return f"/?lang={language}"
    full_path = request.get_full_path()
    path, question, query = full_path.partition("?")
    if (match := _SHOP_PATH.match(path)) and match["language"] in dict(settings.LANGUAGES):
        return f"/{match['market']}/{language}{match['rest']}{question}{query}"
    return f"{reverse('ui:language', args=[language])}?{urlencode({'next': full_path})}"


def language_links(context: Context) -> list[LanguageLink]:
    """Every language with this page's address in it, in the order of the settings."""
    current = (get_language() or "en")[:2]
    return [
        LanguageLink(code, name, url_lang(context, code), code == current)
        for code, name in settings.LANGUAGES
    ]


def in_languages(url: str) -> SafeString:
    """A document's download in each language, named in itself."""
    links = format_html_join(
        "",
        '<li><a class="chip" lang="{}" href="{}?language={}" download>{}</a></li>',
        ((code, url, code, name) for code, name in settings.LANGUAGES),
    )
    return format_html('<ul class="plain row g2">{}</ul>', links)
