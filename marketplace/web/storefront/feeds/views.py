"""A feed, sent while the listings are read: 200,000 of them are never in memory together."""

from collections.abc import Iterator
from xml.sax.saxutils import escape

from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog import queries as catalog
from marketplace.core.market_usage import speaking
from marketplace.web.refusals import limited
from marketplace.web.storefront.feeds.items import NAMESPACE, READERS, Feed
from marketplace.web.storefront.page_heads.addresses import page_address
from marketplace.web.storefront.shell import Shop, shop_view

_OPENING = (
    f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:g="{NAMESPACE}"><channel>\n'
)
_CLOSING = "</channel></rss>\n"


@require_safe
@limited("feed_address")
@shop_view
def show_feed(request: HttpRequest, shop: Shop, reader: str) -> StreamingHttpResponse:  # noqa: ARG001
    """Every listing of a market that has a photograph, for one of the readers."""
    if reader not in READERS:
        raise Http404
    feed = Feed(READERS[reader], shop.market, shop.language, timezone.localdate(), shop.free_from)
    response = StreamingHttpResponse(
        _written(feed, _heading(shop)), content_type="application/xml; charset=utf-8"
    )
    response["Cache-Control"] = "public, max-age=3600"
    return response


def _heading(shop: Shop) -> str:
    home = escape(page_address("home", shop.market, shop.language))
    title, about = escape(_("Twiza")), escape(_("The market of rural cooperatives"))
    return f"<title>{title}</title><link>{home}</link><description>{about}</description>\n"


def _written(feed: Feed, heading: str) -> Iterator[str]:
    """The feed; each batch is written in the market's words and then sent."""
    yield _OPENING + heading
    for batch in catalog.listing_batches(feed.market):
        with speaking(feed.language, feed.market.code):
            items = [item for page in batch for item in feed.items(page)]
        yield "\n".join([*items, ""])
    yield _CLOSING
