"""Forms of the staff pages of search."""

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.web.numbers import WholeNumberField
from search.blocked_phrases import MAX_BLOCKED_LENGTH
from search.errors import NothingToBlock, TooFewPhrases
from search.language.normalizing import stems
from search.language.synonyms import built_in_synonyms
from search.models import SynonymGroup
from search.services import clean_phrases


class RuleForm(forms.Form):
    """The fairness rule."""

    max_per_cooperative = WholeNumberField(
        label=_("Maximum listings of one cooperative per page"), min_value=0, max_value=24
    )
    new_cooperative_days = WholeNumberField(
        label=_("Days for which a cooperative counts as new"), min_value=0, max_value=365
    )
    new_cooperative_position = WholeNumberField(
        label=_("Position to which its best listing is raised"), min_value=0, max_value=24
    )


class SynonymsForm(forms.Form):
    """A group of synonyms, one a line."""

    phrases = forms.CharField(
        label=_("Synonyms, one per line"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=3000,
    )
    group = WholeNumberField(required=False, widget=forms.HiddenInput)
    replaces = forms.CharField(required=False, widget=forms.HiddenInput, max_length=60)
    version = forms.CharField(required=False, widget=forms.HiddenInput, max_length=40)

    def clean_phrases(self) -> list[str]:
        """The phrases, checked."""
        try:
            return clean_phrases(self.cleaned_data["phrases"].splitlines())
        except TooFewPhrases as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def clean_group(self) -> SynonymGroup | None:
        """The group that is changed, None for a new one."""
        return SynonymGroup.objects.filter(pk=self.cleaned_data["group"] or 0).first()

    def clean_replaces(self) -> str:
        """The built-in group that is replaced, empty for none."""
        slug: str = self.cleaned_data["replaces"]
        return slug if slug in built_in_synonyms() else ""


class BlockForm(forms.Form):
    """A word or phrase to block."""

    text = forms.CharField(label=_("Word or phrase"), max_length=MAX_BLOCKED_LENGTH)

    def clean_text(self) -> str:
        """The text, if it has a word that search knows as one."""
        text: str = self.cleaned_data["text"]
        if not stems(text):
            raise forms.ValidationError(str(NothingToBlock()))
        return text
