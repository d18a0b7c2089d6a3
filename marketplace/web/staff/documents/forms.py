"""Forms of documents: legal identifiers, and the reason of a credit note."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from marketplace.web.dates import day_input
from vendors.legal_mentions import PAYER, VAT_EXEMPTION, mentions_for
from vendors.vat_exemptions import LONGEST_OWN_WORDS, code_of, exemptions_for, in_own_words

LANGUAGES = (("ar", "العربية"), ("fr", "Français"), ("en", "English"))


class IdentifierForm(forms.Form):
    """One number of a payer or a cooperative, from a day on.

    Why a payer charges no VAT is a known mention, in any language, or own words in each.
    """

    kind = forms.ChoiceField(label=_("Detail"))
    value = forms.CharField(label=_("Number or text"), max_length=200)
    valid_from = forms.DateField(label=_("Valid from"), widget=day_input())
    source = forms.CharField(label=_("Source document"), max_length=200)

    def __init__(self, *args: Any, country: str, party: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today, language = timezone.localdate(), get_language() or "en"
        rules = mentions_for(country, party, today)
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (rule.kind, rule.label(language)) for rule in rules
        ]
        if party == PAYER:
            self._add_own_reasons(country, today, language)
        self.fields["valid_from"].initial = date(today.year, 1, 1)

    def _add_own_reasons(self, country: str, today: date, language: str) -> None:
        known = exemptions_for(country, PAYER, today)
        self.known_exemptions = [rule.texts.get(language, rule.texts["en"]) for rule in known]
        for code, name in LANGUAGES:
            label = _("Reason for no VAT in your own words · %(language)s") % {"language": name}
            attrs = {"lang": code}
            self.fields[f"words_{code}"] = forms.CharField(
                required=False,
                max_length=LONGEST_OWN_WORDS,
                label=label,
                widget=forms.TextInput(attrs=attrs),
            )

    def own_reasons(self) -> list[forms.BoundField]:
        """The reason in own words, by language."""
        return [
            self[f"words_{code}"] for code, _name in LANGUAGES if f"words_{code}" in self.fields
        ]

    @property
    def values(self) -> dict[str, Any]:
        """What is set; own words by language where there are any."""
        answers = dict(self.cleaned_data)
        texts = {code: answers.pop(f"words_{code}", "") for code, _name in LANGUAGES}
        if answers["kind"] != VAT_EXEMPTION or code_of(answers["value"]):
            return answers
        written = in_own_words(answers["value"]) | {code: t for code, t in texts.items() if t}
        return {**answers, "texts": written}


class CreditForm(forms.Form):
    """Why an invoice is taken back."""

    reason = forms.CharField(
        label=_("Reason for cancellation"),
        max_length=200,
        error_messages={"required": _("Enter the reason for cancellation.")},
    )
