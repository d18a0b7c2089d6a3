"""The form of a listing: fit for a phone, languages in any order."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalog.categories import CATEGORIES, category_slug_of
from catalog.content import (
    LONGEST_DESCRIPTION,
    LONGEST_MATERIALS,
    LONGEST_NAME,
    RevisionContent,
)
from catalog.markets import MARKETS, Market
from catalog.materials import names_in, read_materials
from catalog.quality import mark_choices
from catalog.taxonomy import find_listing_type, listing_types
from marketplace.web.numbers import WholeNumberField
from marketplace.web.photo_fields import PhotosField
from marketplace.web.portal.listings.fields import MaterialsField, PriceField
from marketplace.web.portal.listings.listing_texts import LANGUAGES, source_of, texts_of
from marketplace.web.portal.listings.prices import initial_prices
from marketplace.web.portal.listings.variant_prices import VariantsForm, initial_variants
from vendors.models import Cooperative


class ListingForm(VariantsForm):
    """A listing as its cooperative proposes it; an unfinished one may be saved as a draft."""

    photos = PhotosField(required=False, label=_("Photos"))
    category = forms.ChoiceField(required=False, label=_("Product type"), widget=forms.RadioSelect)
    taxonomy = forms.ChoiceField(required=False, label=_("Exact product type"))
    weight_grams = WholeNumberField(
        required=False,
        min_value=1,
        max_value=200_000,
        label=_("Weight of one item with packaging, in grams"),
    )
    net_quantity = forms.CharField(
        required=False,
        max_length=40,
        label=_("Net quantity, as on the label"),
        help_text=_("For example 250 g"),
    )
    materials = MaterialsField(
        required=False,
        label=_("Materials"),
        help_text=_(
            "One in each line. What you choose from the list, buyers read in their language."
        ),
    )
    quality_marks = forms.MultipleChoiceField(
        required=False,
        label=_("Quality marks"),
        widget=forms.CheckboxSelectMultiple,
        choices=mark_choices,
    )
    quantity = WholeNumberField(
        required=False, min_value=0, max_value=1_000_000, label=_("Quantity in stock")
    )

    def __init__(self, *args: Any, cooperative: Cooperative, is_new: bool, **kwargs: Any) -> None:
        self.cooperative = cooperative
        super().__init__(*args, **kwargs)
        language = get_language() or "ar"
        self.fields["category"].choices = [(c.slug, c.name(language)) for c in CATEGORIES]  # type: ignore[attr-defined]
        self.fields["taxonomy"].choices = _types_by_category(language)  # type: ignore[attr-defined]
        if not is_new:
            del self.fields["quantity"]
        for code, label in LANGUAGES:
            self._add_texts(code, label)
        for market in MARKETS:
            label = _("Price in %(market)s") % {"market": market.name}
            self.fields[f"price_{market.code}"] = PriceField(market, label=label)
        self.add_variants()
        if not self.is_bound:
            self._call_for_needed()

    def clean(self) -> dict[str, Any]:
        """A price far from what such goods usually cost is asked about once."""
        answers: dict[str, Any] = super().clean() or {}
        self.ask_about_unusual(answers, _category_of(answers))
        return answers

    def full_clean(self) -> None:
        """Validate, then mark the fields that the reviewer needs as the empty form does."""
        super().full_clean()
        self._call_for_needed()

    def _call_for_needed(self) -> None:
        """Fields that the reviewer needs are not marked optional; a draft may lack them."""
        language = get_language() or "ar"
        for name in (f"name_{language}", f"price_{self.home.code}", "weight_grams"):
            self.fields[name].required = True

    def _add_texts(self, code: str, label: str) -> None:
        name = forms.CharField(
            required=False,
            max_length=LONGEST_NAME,
            label=_("Name · %(language)s") % {"language": label},
        )
        description = forms.CharField(
            required=False,
            max_length=LONGEST_DESCRIPTION,
            label=_("Description · %(language)s") % {"language": label},
            widget=forms.Textarea(attrs={"rows": 4, "lang": code}),
        )
        own = forms.CharField(
            required=False,
            max_length=LONGEST_MATERIALS,
            label=_("Other materials · %(language)s") % {"language": label},
        )
        name.widget.attrs["lang"] = own.widget.attrs["lang"] = code
        texts = {"name": name, "description": description, "own_materials": own}
        self.fields |= {f"{key}_{code}": field for key, field in texts.items()}

    def home_price(self) -> forms.BoundField:
        """The price that every listing has."""
        return self[f"price_{self.home.code}"]

    def other_prices(self) -> list[tuple[forms.BoundField, str]]:
        """Prices in the other markets, with their currencies."""
        return [(self[f"price_{m.code}"], m.currency) for m in MARKETS if m != self.home]

    def first_texts(self) -> tuple[forms.BoundField, forms.BoundField]:
        """Name and description in the reader's own language."""
        return self._texts(get_language() or "ar")

    def other_texts(self) -> list[tuple[forms.BoundField, ...]]:
        """Name, description and other materials in the other languages."""
        own = get_language() or "ar"
        return [
            (*self._texts(code), self[f"own_materials_{code}"])
            for code, _label in LANGUAGES
            if code != own
        ]

    def first_own_materials(self) -> forms.BoundField:
        """The materials that no code names, in the reader's own language."""
        return self[f"own_materials_{get_language() or 'ar'}"]

    def neutral(self, name: str, value: Any) -> str:
        """Known materials are the same in every language."""
        if name == "materials":
            codes, others = read_materials([str(line) for line in value or []])
            return super().neutral(name, [*codes, *others])
        return super().neutral(name, value)

    def has_other_texts(self) -> bool:
        """Whether another language has a text or an error."""
        return any(bound.value() or bound.errors for pair in self.other_texts() for bound in pair)

    def has_other_prices(self) -> bool:
        """Whether another market has a price or an error."""
        return any(price.value() or price.errors for price, _currency in self.other_prices())

    def _texts(self, code: str) -> tuple[forms.BoundField, forms.BoundField]:
        return self[f"name_{code}"], self[f"description_{code}"]

    def content(self, before: RevisionContent | None) -> RevisionContent:
        """The form's values as a revision's content; ``before`` keeps what it does not cover."""
        answers = self.cleaned_data
        listing_type = find_listing_type(answers["taxonomy"])
        texts = texts_of(answers, before)
        prices, weight = self.prices(), answers["weight_grams"] or 0
        return RevisionContent(
            texts=texts,
            source_language=source_of(texts, before),
            category_slug=_category_of(answers),
            taxonomy_slug=listing_type.slug if listing_type else "",
            hs_code=listing_type.hs_code if listing_type else "",
            origin_country=(before.origin_country if before else "")
            or self.cooperative.country_code,
            material_codes=answers["materials"].codes,
            quality_marks=answers["quality_marks"],
            net_quantity=answers["net_quantity"],
            weight_grams=weight,
            prices=prices,
            **self.proposed_variants(before, prices, weight),
        )

    def quantity_at_first(self, before: RevisionContent | None) -> int:
        """The initial stock, for the first publication."""
        if "quantity" in self.fields:
            return self.cleaned_data["quantity"] or 0
        return before.quantity if before else 0


class StockForm(forms.Form):
    """The stock of a variant."""

    # The variant; the first one by default.
    variant = forms.UUIDField(required=False, widget=forms.HiddenInput)
    # The stock that the page showed.
    seen = WholeNumberField(required=False, widget=forms.HiddenInput)
    quantity = WholeNumberField(min_value=0, max_value=1_000_000, label=_("Quantity in stock now"))


def initial_of(
    content: RevisionContent, language: str, home: Market = MARKETS[0]
) -> dict[str, Any]:
    """The form's initial values of a revision's content; ``home`` is the cooperative's market."""
    initial: dict[str, Any] = {
        "category": content.category_slug,
        "taxonomy": content.taxonomy_slug,
        "weight_grams": content.weight_grams or "",
        "net_quantity": content.net_quantity,
        "materials": names_in(content.material_codes, language),
        "quality_marks": content.quality_marks,
        "quantity": content.quantity,
        **initial_prices(content, language),
        **initial_variants(content, home, language),
    }
    for code, text in content.texts.items():
        initial[f"name_{code}"], initial[f"description_{code}"] = text.name, text.description
        initial[f"own_materials_{code}"] = text.materials
    return initial


def kept_photos(data: Any, before: Sequence[UUID]) -> list[UUID]:
    """Earlier photographs that the member did not tick for removal, the chosen main one first."""
    left_out, main = set(data.getlist("leave_out")), data.get("main_photo", "")
    kept = [photo_id for photo_id in before if str(photo_id) not in left_out]
    return sorted(kept, key=lambda photo_id: str(photo_id) != main)


def _category_of(answers: dict[str, Any]) -> str:
    listing_type = find_listing_type(answers.get("taxonomy") or "")
    chosen: str = answers.get("category") or ""
    return chosen or (category_slug_of(listing_type.slug) if listing_type else "")


def _types_by_category(language: str) -> list[tuple[str, Any]]:
    categories: dict[str, list[tuple[str, str]]] = {}
    for item in listing_types().values():
        categories.setdefault(category_slug_of(item.slug), []).append(
            (item.slug, item.name(language))
        )
    groups = [(c.name(language), categories[c.slug]) for c in CATEGORIES if c.slug in categories]
    return [("", _("Other")), *groups]
