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


class PricedForm(WatchedForm):
    """A form with prices, each a ``PriceField`` called ``price_`` and the market's code."""

    def neutral(self, name: str, value: Any) -> str:
        """A price is the same however it is written, also after the language was changed."""
        if name in _CURRENCIES and value:
            with suppress(AmbiguousAmount, UnreadableAmount):
                return str(read_typed(value, _CURRENCIES[name]))
        return super().neutral(name, value)

    def ask_about_unusual(self, answers: dict[str, Any], category: str) -> None:
        """Ask about each new price that is far from what the category usually costs."""
        for name, field in self.fields.items():
            price = answers.get(name)
            if not isinstance(field, PriceField) or price is None:
                continue
            before, typed = self.current.get(name), self[name].data
            if before and self.neutral(name, before) == self.neutral(name, typed):
                continue
            usual = usual_if_far(price, field.market, category)
            if usual and not is_confirmed(typed, price):
                self.add_error(name, unusual(price, usual))

    def prices(self) -> dict[str, int]:
        """The prices by channel, in minor units."""
        return {
            market.channel_slug: price.amount_minor
            for market in MARKETS
            if (price := self.cleaned_data[f"price_{market.code}"]) is not None
        }


def initial_prices(content: RevisionContent, language: str) -> dict[str, str]:
    """The prices of a revision as a person of this language would type them."""
    return {
        f"price_{market.code}": typed_amount(Money(amount, market.currency), language)
        for market in MARKETS
        if (amount := content.prices.get(market.channel_slug)) is not None
    }
