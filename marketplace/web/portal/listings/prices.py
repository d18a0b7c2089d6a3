"""The prices of a listing's form, one for each market."""

from contextlib import suppress
from typing import Any

from catalog.content import RevisionContent
from catalog.markets import MARKETS
from catalog.queries.usual_prices import usual_if_far
from marketplace.core.amounts import AmbiguousAmount, UnreadableAmount, typed_amount
from marketplace.core.money import Money
from marketplace.web.amounts import is_confirmed, unusual
from marketplace.web.meanwhile import WatchedForm
from marketplace.web.portal.listings.fields import PriceField
from marketplace.web.ui.amounts import read_typed

_CURRENCIES = {f"price_{market.code}": market.currency for market in MARKETS}


def same_price(name: str, value: Any) -> str | None:
    """A price as it is compared, however it is written; None for what is no price."""
    if name in _CURRENCIES and value:
        with suppress(AmbiguousAmount, UnreadableAmount):
            return str(read_typed(value, _CURRENCIES[name]))
    return None


def ask_about_unusual(form: WatchedForm, answers: dict[str, Any], category: str) -> None:
    """Add the question to each new price that is far from what the category usually costs."""
    for name, field in form.fields.items():
        price = answers.get(name)
        if not isinstance(field, PriceField) or price is None:
            continue
        before, typed = form.current.get(name), form[name].data
        if before and form.neutral(name, before) == form.neutral(name, typed):
            continue
        usual = usual_if_far(price, field.market, category)
        if usual and not is_confirmed(typed, price):
            form.add_error(name, unusual(price, usual))


def prices_of(answers: dict[str, Any]) -> dict[str, int]:
    """The prices of a form by channel, in minor units."""
    return {
        market.channel_slug: price.amount_minor
        for market in MARKETS
        if (price := answers[f"price_{market.code}"]) is not None
    }


def initial_prices(content: RevisionContent, language: str) -> dict[str, str]:
    """The prices of a revision as a person of this language would type them."""
    return {
        f"price_{market.code}": typed_amount(Money(amount, market.currency), language)
        for market in MARKETS
        if (amount := content.prices.get(market.channel_slug)) is not None
    }
