"""``{% load ui %}``: registers the template tags; ``/ui/`` shows each of them."""

from collections.abc import Callable
from typing import Any

from django import template

from marketplace.core import word_lists
from marketplace.core.quantities import units_kept
from marketplace.web.ui.tags import (
    blocks,
    cards,
    charts,
    components,
    languages,
    outside,
    pictures,
    texts,
)

register = template.Library()

# Texts: money, numbers, dates, names in other scripts.
register.simple_tag(texts.money, takes_context=True)
register.simple_tag(texts.money_trim, takes_context=True)
register.simple_tag(texts.money_text, takes_context=True)
register.simple_tag(texts.amount, takes_context=True)
register.simple_tag(texts.number, takes_context=True)
register.simple_tag(texts.number_text, takes_context=True)
register.simple_tag(texts.country, takes_context=True)
register.simple_tag(texts.currency_name, takes_context=True)
register.simple_tag(texts.currency_sign, takes_context=True)
register.simple_tag(texts.percent, takes_context=True)
register.simple_tag(texts.day, takes_context=True, name="date")
register.simple_tag(texts.date_range, takes_context=True)
register.simple_tag(texts.month, takes_context=True)
register.simple_tag(texts.moment, takes_context=True)
register.simple_tag(texts.ago, takes_context=True)
register.simple_tag(texts.bdi)
register.simple_tag(texts.phone)
register.simple_tag(word_lists.mark, name="comma")
register.simple_tag(word_lists.colon)
register.filter("listed", word_lists.listed)
register.filter("units_kept", units_kept)

# Pictures.
register.simple_tag(pictures.icon, takes_context=True)
register.simple_tag(pictures.icon_sprite, takes_context=True)
register.simple_tag(pictures.illustration)
register.simple_tag(pictures.illustration_url)
register.simple_tag(pictures.picture)
register.simple_tag(pictures.logo)
register.simple_tag(pictures.font_preload)

# For search engines.
register.simple_tag(outside.robots)
register.simple_tag(outside.structured_data)

# Languages.
register.simple_tag(languages.url_lang, takes_context=True)
register.simple_tag(languages.in_languages)
register.filter("in_language", word_lists.said_in)
register.simple_tag(languages.language_links, takes_context=True)

# Components.
_components: dict[str, Callable[..., dict[str, Any]]] = {
    "badge": components.badge,
    "field": components.field,
    "error_summary": components.error_summary,
    "cooperative_card": components.cooperative_card,
    "crumbs": components.crumbs,
    "steps": components.steps,
    "timeline": components.timeline,
    "tiles": components.tiles,
    "pages": components.pages,
    "quantity": components.quantity,
    "listen": components.listen,
    "stars": components.stars,
    "toasts": components.toasts,
    "share_links": outside.share_links,
    "month_chart": charts.month_chart,
    "bar_list": charts.bar_list,
    "share_bar": charts.share_bar,
    "region_map": charts.region_map,
    "locator_map": charts.locator_map,
}
for _name, _tag in _components.items():
    register.inclusion_tag(f"ui/components/{_name}.html", takes_context=True, name=_name)(_tag)

register.simple_tag(cards.product_card, takes_context=True)

# Components with content.
register.simple_block_tag(blocks.alert, takes_context=True)
register.simple_block_tag(blocks.panel, takes_context=True)
register.simple_block_tag(blocks.parcel, takes_context=True)
register.simple_block_tag(blocks.empty, takes_context=True)
register.simple_block_tag(blocks.money_card, takes_context=True)
