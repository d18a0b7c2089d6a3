"""Tags for those who look from outside: may they list the page, and what is it in their words?"""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from django.template import Context
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from marketplace.core.indexing import NOT_LISTED, may_be_indexed
from marketplace.web.ui.page_head import PageHead
from marketplace.web.ui.tags.components import inherit

# A cooperative's text may hold ``</script>``; these signs mean the same to who reads JSON.
_ESCAPED = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def robots(head: PageHead | str = "") -> str:
    """What robots may do with a page: without a head it is nobody's but its reader's."""
    if not isinstance(head, PageHead) or not may_be_indexed():
        return NOT_LISTED
    return "max-image-preview:large" if head.is_indexed else "noindex"


def structured_data(thing: Mapping[str, Any]) -> SafeString:
    """An object in schema.org's words, as a block of data that no browser runs."""
    text = json.dumps(thing, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPED)
    return SafeString(f'<script type="application/ld+json">{text}</script>')


def share_links(context: Context, head: PageHead) -> dict[str, Any]:
    """Ways to pass a page on, the most used first: ``{% share_links head %}``.

    Plain links, which tell nobody anything before they are followed.
    """
    title, address = quote(head.title, safe=""), quote(head.url, safe="")
    links = [
        ("message-circle", _("WhatsApp"), f"https://wa.me/?text={title}%0A{address}"),
        ("users", _("Facebook"), f"https://www.facebook.com/sharer/sharer.php?u={address}"),
        ("mail", _("E-mail"), f"mailto:?subject={title}&body={address}"),
    ]
    return inherit(context, links=links, address=head.url)
