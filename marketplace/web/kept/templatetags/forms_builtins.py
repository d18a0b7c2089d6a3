"""``{% csrf_token %}``, with the mark of the form beside it where forms are kept."""

from typing import Any

from django import template
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html

from marketplace.web.kept.marks import FIELD, is_kept_address, mark_of_page

register = template.Library()


class MarkedTokenNode(CsrfTokenNode):
    """Django's token, and who opened the form on which page."""

    def render(self, context: Any) -> str:
        token = super().render(context)
        request = context.get("request")
        if request is None or not token or not is_kept_address(request):
            return token
        field = '<input type="hidden" name="{}" value="{}">'
        return token + format_html(field, FIELD, mark_of_page(request))


@register.tag
def csrf_token(_parser: Any, _token: Any) -> MarkedTokenNode:
    return MarkedTokenNode()
