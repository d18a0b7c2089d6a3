"""Forms of the decision on an admission: remarks, a refusal, the tax status of an approval."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from vendors.admission.deciding import TaxChoice
from vendors.admission.given_facts import GivenFact
from vendors.legal_mentions import SELLER
from vendors.vat_exemptions import exemptions_for

REMARK = "remark_"
LONGEST_REMARK = 300
# Rates of VAT in basis points that a country's cooperatives may charge.
RATES = {"MA": (2000, 1000)}


class RemarksForm(forms.Form):
    """What is to be corrected: a remark beside each field that needs one."""

    text = forms.CharField(
        label=gettext_lazy("What is to be corrected"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, facts: list[GivenFact], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for fact in facts:
            self.fields[REMARK + fact.field] = forms.CharField(
                label=_("Remark on “%(field)s”") % {"field": fact.label},
                max_length=LONGEST_REMARK,
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        if not self.errors and not any(answers.values()):
            self.add_error("text", _("Say what is to be corrected."))
        return answers

    @property
    def remarks(self) -> dict[str, str]:
        """Remarks by field."""
        given = self.cleaned_data
        return {
            name.removeprefix(REMARK): text
            for name, text in given.items()
            if name.startswith(REMARK) and text
        }


class RefusalForm(forms.Form):
    """Why the cooperative is not admitted."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ApprovalForm(forms.Form):
    """Whether it charges VAT, where that is not recorded yet."""

    tax = forms.ChoiceField(label=gettext_lazy("Tax status"))
    source = forms.CharField(
        label=gettext_lazy("Source document"),
        max_length=200,
        help_text=gettext_lazy("In which document you have read it."),
    )

    def __init__(self, *args: Any, country: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language, today = get_language() or "en", timezone.localdate()
        choices = [
            (rule.code, rule.texts.get(language, rule.texts["en"]))
            for rule in exemptions_for(country, SELLER, today)
        ]
        choices += [
            (str(rate), _("Subject to VAT at %(rate)s %%") % {"rate": rate // 100})
            for rate in RATES.get(country, ())
        ]
        self.fields["tax"].choices = choices  # type: ignore[attr-defined]

    @property
    def choice(self) -> TaxChoice:
        """The tax status as the service takes it."""
        chosen, source = self.cleaned_data["tax"], self.cleaned_data["source"]
        if chosen.isdigit():
            return TaxChoice(vat_rate_bp=int(chosen), source=source)
        return TaxChoice(exemption_code=chosen, source=source)
