"""``{% load shop %}``: addresses of the shop's pages in the market and language of the page."""

from typing import Any

from django import template
from django.template import Context

from marketplace.web.ui.tags.page import request_of

register = template.Library()


@register.simple_tag(takes_context=True)
def shop_url(context: Context, name: str, **kwargs: Any) -> str:
    """``{% shop_url "listing" slug=page.slug %}``: the page's address in this shop."""
    request = request_of(context)
    url: str = request.shop.url(name, **kwargs)  # type: ignore[union-attr]
    return url
