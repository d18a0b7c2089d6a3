"""Form fields of photographs and prices, as people type them."""

from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog.content import LARGEST_AMOUNT_MINOR, LONGEST_MATERIALS
from catalog.markets import Market
from catalog.materials import Read, known_names, read_materials
from marketplace.core.amounts import Limits
from marketplace.web.amounts import AmountField

validate_no_null_characters = ProhibitNullCharactersValidator()


class MaterialsInput(forms.TextInput):
    """A line for each material, with the known ones offered while somebody types."""

    list_id = "known-materials"
    empty_lines = 2

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:  # noqa: ARG002
        """Every line that was sent."""
        return data.getlist(name) if hasattr(data, "getlist") else data.get(name)

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The lines with a material, and two more."""
        lines = [*[str(item) for item in value or []], *[""] * self.empty_lines]
        rows = [
            super(MaterialsInput, self).render(name, line, self._attributes(attrs, n), renderer)
            for n, line in enumerate(lines)
        ]
        offered = format_html_join(
            "", '<option value="{}">', ((known,) for known in known_names(get_language() or "ar"))
        )
        return format_html(
            '<div class="stack g2">{}</div><datalist id="{}">{}</datalist>',
            SafeString("".join(rows)), self.list_id, offered,
        )  # fmt: skip

    def _attributes(self, attrs: Any, n: int) -> dict[str, Any]:
        """The first line has the label; the others say what they are themselves."""
        own = {"list": self.list_id, "maxlength": LONGEST_MATERIALS, **(attrs or {})}
        if n:
            own = {**own, "id": f"{own.get('id', '')}_{n}", "aria-label": _("One more material")}
        return own


class MaterialsField(forms.Field):
    """What a listing is made of, a material in each line."""

    widget = MaterialsInput

    def clean(self, value: Any) -> Read:
        """The known materials and the other words; a null byte is refused as in any text."""
        for line in value or []:
            validate_no_null_characters(str(line))
        return read_materials([str(line)[:LONGEST_MATERIALS] for line in value or []])


class PriceField(AmountField):
    """A price in a market's currency; a listing may lack it."""

    def __init__(self, market: Market, **kwargs: Any) -> None:
        limits = Limits(largest_minor=LARGEST_AMOUNT_MINOR)
        super().__init__(currency=market.currency, limits=limits, required=False, **kwargs)
        self.market = market
