"""The names of a listing's sizes or colours and their prices in its own country, in its form."""

from contextlib import suppress
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.content import LONGEST_VARIANT_NAME, RevisionContent, VariantContent
from catalog.markets import Market, home_market
from marketplace.core.amounts import AmbiguousAmount, UnreadableAmount, typed_amount
from marketplace.core.money import Money
from marketplace.web.portal.listings.fields import PriceField
from marketplace.web.portal.listings.prices import PricedForm
from marketplace.web.ui.amounts import read_typed
from vendors.models import Cooperative

_NAME, _PRICE = "variant_name_", "variant_price_"


class VariantsForm(PricedForm):
    """A form of a listing that may have sizes or colours: ``current`` says which."""

    cooperative: Cooperative

    @property
    def home(self) -> Market:
        """The market of the cooperative's own country."""
        return home_market(self.cooperative.country_code)

    def add_variants(self) -> None:
        """A name for each, and a price for the further ones: the first has the listing's."""
        for name in self._names():
            number = int(name.removeprefix(_NAME))
            label = _("Size or colour %(number)s") % {"number": number + 1}
            self.fields[name] = forms.CharField(max_length=LONGEST_VARIANT_NAME, label=label)
            if number:
                label = _("Price of size or colour %(number)s") % {"number": number + 1}
                self.fields[f"{_PRICE}{number}"] = PriceField(self.home, label=label)

    def variants(self) -> list[forms.BoundField]:
        """Their fields, in their order."""
        return [self[name] for name in self.fields if name.startswith((_NAME, _PRICE))]

    def neutral(self, name: str, value: Any) -> str:
        """A price is the same however it is written."""
        if name.startswith(_PRICE) and value:
            with suppress(AmbiguousAmount, UnreadableAmount):
                return str(read_typed(value, self.home.currency))
        return super().neutral(name, value)

    def proposed_variants(
        self, before: RevisionContent | None, prices: dict[str, int], weight: int
    ) -> dict[str, Any]:
        """What is proposed of them; one whose price is left empty follows the first."""
        if before is None or not self._names():
            return {}
        followed = before.variants_followed(prices, weight)
        further = [self._proposed(n, each) for n, each in enumerate(followed, 1)]
        first = self.cleaned_data.get(f"{_NAME}0") or before.variant_name
        return {"variant_name": first, "further_variants": further}

    def _proposed(self, number: int, followed: VariantContent) -> VariantContent:
        price = self.cleaned_data.get(f"{_PRICE}{number}")
        own = {self.home.channel_slug: price.amount_minor} if price is not None else {}
        name = self.cleaned_data.get(f"{_NAME}{number}") or followed.name
        return followed.model_copy(update={"name": name, "prices": followed.prices | own})

    def _names(self) -> list[str]:
        return [name for name in self.current if name.startswith(_NAME)]


def initial_variants(content: RevisionContent, home: Market, language: str) -> dict[str, str]:
    """Names and prices as a person of this language would type them; nothing for a single one."""
    if not content.further_variants:
        return {}
    initial = {f"{_NAME}0": content.variant_name}
    for number, each in enumerate(content.further_variants, 1):
        initial[f"{_NAME}{number}"] = each.name
        amount = each.prices.get(home.channel_slug)
        if amount is not None:
            typed = typed_amount(Money(amount, home.currency), language)
            initial[f"{_PRICE}{number}"] = typed
    return initial
