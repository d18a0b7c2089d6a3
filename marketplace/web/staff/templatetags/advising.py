"""Template tags of the pages of advising."""

from typing import Any

from django import template

from marketplace.web.staff.advising.lacks import lacks_of
from vendors.models import Visit

register = template.Library()
register.filter("lacks", lacks_of)


@register.filter
def visit_kind(content: dict[str, Any]) -> str:
    """The kind of a former version of a visit, with its number."""
    return Visit(kind=content["kind"], session_number=content["session_number"]).kind_label
