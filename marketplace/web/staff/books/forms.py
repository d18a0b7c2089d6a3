"""Forms of accounting: a period, a closing date, names of accounts."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marketplace.ledger.accounting.opening_file import LARGEST_BYTES
from marketplace.ledger.chart import AccountCode
from marketplace.web.dates import day_input


class PeriodForm(forms.Form):
    """First and last day, both included."""

    first_on = forms.DateField(label=pgettext_lazy("day", "From"), widget=day_input())
    last_on = forms.DateField(label=_("Until"), widget=day_input())

    def clean(self) -> dict[str, Any]:
        """A period does not end before it begins."""
        found = super().clean() or {}
        first, last = found.get("first_on"), found.get("last_on")
        if first and last and last < first:
            raise forms.ValidationError(_("The period ends before it begins."))
        return found

    @classmethod
    def of(cls, data: Any, usual: tuple[date, date]) -> "PeriodForm":
        """The form of a request, with the usual period by default."""
        first, last = usual
        chosen = {
            "first_on": data.get("first_on") or first.isoformat(),
            "last_on": data.get("last_on") or last.isoformat(),
        }
        return cls(chosen)


class CloseForm(forms.Form):
    """The end of the last month to close, and a confirmation."""

    last_on = forms.TypedChoiceField(label=_("Close up to"), coerce=date.fromisoformat)
    confirmed = forms.BooleanField(
        label=_(
            "I have checked the balances against the statements of the bank and the "
            "payment provider"
        ),
        error_messages={"required": _("Tick the box once you have checked.")},
    )

    def __init__(self, *args: Any, ends: list[tuple[date, str]], **kwargs: Any) -> None:
        """``ends`` are the ends of the months that may be closed, with their names."""
        super().__init__(*args, **kwargs)
        choices = [(end.isoformat(), name) for end, name in ends]
        self.fields["last_on"].choices = choices  # type: ignore[attr-defined]


class MapForm(forms.Form):
    """An account's name in the programme's own chart."""

    code = forms.ChoiceField(label=_("Account"), choices=AccountCode.choices)
    number = forms.RegexField(
        label=_("Account number in your chart"),
        regex=r"^[0-9A-Za-z.\-]{1,20}$",
        error_messages={"invalid": _("Up to 20 digits and letters.")},
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    label = forms.CharField(label=_("Account name in your chart"), max_length=120)
    valid_from = forms.DateField(label=pgettext_lazy("day", "From"), widget=day_input())
    source = forms.CharField(label=_("Source: who decided it, in which document"), max_length=200)


class OpeningForm(forms.Form):
    """A file of opening balances, their date and their source."""

    file = forms.FileField(
        label=_("File of balances (CSV)"),
        help_text=_(
            "Columns: account (our code or your account number), cooperative (short name, "
            "for a cooperative's account), currency, debit, credit."
        ),
        error_messages={"required": _("Choose a file.")},
    )
    content = forms.CharField(widget=forms.HiddenInput, required=False, max_length=LARGEST_BYTES)
    on = forms.DateField(label=_("Balances at the start of"), widget=day_input())
    source = forms.CharField(
        label=_("Source: whose accounts they are, and who signed them"), max_length=200
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The second button sends the previewed content, and no file.
        self.fields["file"].required = not (self.is_bound and self.data.get("content"))

    def clean(self) -> dict[str, Any]:
        """The bytes of the file, or of the previewed one."""
        found = super().clean() or {}
        uploaded, looked_at = found.get("file"), found.get("content")
        if uploaded and uploaded.size > LARGEST_BYTES:
            raise forms.ValidationError(_("The file is larger than 500 kB."))
        found["bytes"] = uploaded.read() if uploaded else (looked_at or "").encode()
        return found
