"""Finding products of the store, and assigning them to cooperatives."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalog.adoption.workbench import MOST_AT_ONCE
from catalog.categories import CATEGORIES
from vendors.models import Cooperative


class FindForm(forms.Form):
    """Filters of the list."""

    q = forms.CharField(label=_("Name or SKU"), max_length=80, required=False)


class GiveForm(forms.Form):
    """Chosen products, the cooperative, and the category (empty: as the store's category)."""

    products = forms.MultipleChoiceField(
        label=_("Products"), error_messages={"required": _("Choose at least one product.")}
    )
    cooperative = forms.ChoiceField(label=_("Cooperative"))
    category = forms.ChoiceField(label=_("Category"), required=False)

    def __init__(self, *args: Any, cooperatives: dict[str, Cooperative], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        answers: Any = self.data
        chosen = answers.getlist("products") if self.is_bound else []
        for name, options in (
            ("products", [(gid, gid) for gid in chosen]),
            ("cooperative", [(slug, row.legal_name) for slug, row in cooperatives.items()]),
            (
                "category",
                [
                    ("", _("as in the shop")),
                    *((c.slug, c.name(language)) for c in CATEGORIES),
                ],
            ),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = options

    def clean_products(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["products"]
        if len(chosen) > MOST_AT_ONCE:
            message = _("Choose at most %(n)s at a time; for more, use the command line.")
            raise forms.ValidationError(message, params={"n": MOST_AT_ONCE})
        return chosen
