"""Forms for refunds, bank entries and carriers' files."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marketplace.core.amounts import NOT_NEGATIVE
from marketplace.core.money import is_currency
from marketplace.payments.bank_statements.entries import LARGEST_BYTES
from marketplace.payments.queries import RefundableLine
from marketplace.web.amounts import AmountField, amount_in
from marketplace.web.dates import day_input
from marketplace.web.numbers import WholeNumberField
from vendors.models import Cooperative
from vendors.scoping import ProgrammeScope

MAX_FILE_BYTES = 1_000_000


class RefundForm(forms.Form):
    """Units of each line, the delivery, why, and a confirmation."""

    include_shipping = forms.BooleanField(label=_("Also refund the delivery cost"), required=False)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("The buyer sees this reason: “broken on arrival”, “never arrived”."),
    )
    confirmed = forms.BooleanField(
        label=_("I have checked the amount; up to the limit the buyer is refunded immediately"),
        error_messages={"required": _("Tick the box to confirm the refund.")},
    )

    # How many refunds the page showed: a second click finds one more and refunds nothing.
    seen = WholeNumberField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(
        self, *args: Any, lines: list[RefundableLine], may_refund_shipping: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        for item in lines:
            self.fields[self.name_of(item)] = WholeNumberField(
                label=item.line.local_title,
                min_value=0,
                max_value=item.left,
                initial=0,
                required=False,
            )
        if not may_refund_shipping:
            del self.fields["include_shipping"]

    @staticmethod
    def name_of(item: RefundableLine) -> str:
        """The field of a line."""
        return f"line-{item.line.pk}"

    @property
    def rows(self) -> list[tuple[RefundableLine, forms.BoundField]]:
        """Each line with its field."""
        return [(item, self[self.name_of(item)]) for item in self.lines]

    @property
    def quantities(self) -> dict[UUID, int]:
        """Units to refund for each line that has some."""
        found = {item.line.pk: self.cleaned_data.get(self.name_of(item)) for item in self.lines}
        return {line_id: quantity for line_id, quantity in found.items() if quantity}


class StatementForm(forms.Form):
    """A bank's statement of account."""

    file = forms.FileField(
        label=_("Bank statement (camt.053 or CSV)"),
        help_text=_(
            "Importing a statement twice, or overlapping statements, counts each payment only once."
        ),
    )

    def clean_file(self) -> Any:
        """The uploaded file; one above 30 MB is refused unread."""
        uploaded = self.cleaned_data["file"]
        if uploaded.size > LARGEST_BYTES:
            raise forms.ValidationError(_("The file is larger than 30 MB."))
        return uploaded


class EntryForm(forms.Form):
    """The transfer that an entry belongs to, or why it is set aside."""

    reference = forms.CharField(
        label=_("Transfer reference of the order"),
        max_length=40,
        required=False,
        help_text=_("For example TWZ-4K7Q-8M9X. The order is then marked as paid."),
    )
    note = forms.CharField(
        label=_("Or set it aside: reason"),
        max_length=300,
        required=False,
        help_text=_("“Returned on 3 December”, “not a buyer's payment”."),
    )

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        given = super().clean() or {}
        if bool(given.get("reference")) == bool(given.get("note")):
            raise forms.ValidationError(_("Enter either a reference or a reason."))
        return given


class ManualRefundForm(forms.Form):
    """The bank's reference of a refund that was made."""

    reference = forms.CharField(
        label=_("Refund reference"),
        max_length=80,
        help_text=_("As shown by the bank or in the CMI back office."),
    )
    confirmed = forms.BooleanField(
        label=_("The refund has been made; the buyer's order will show it"),
        error_messages={"required": _("Tick the box to confirm the refund.")},
    )


class RemittanceForm(forms.Form):
    """A carrier's file of remitted cash."""

    carrier = forms.CharField(label=_("Carrier"), max_length=60)
    reference = forms.CharField(
        label=_("Reference of the transfer"),
        max_length=80,
        help_text=_("As on the bank statement."),
    )
    received_on = forms.DateField(
        label=_("Received on"),
        widget=day_input(),
        initial=timezone.localdate,
    )
    file = forms.FileField(
        label=_("The carrier's file (CSV)"),
        help_text=_("Columns “order” and “amount”, one row per order."),
    )

    def clean_file(self) -> bytes:
        """The file's content; a file above 1 MB is refused unread."""
        uploaded = self.cleaned_data["file"]
        if uploaded.size > MAX_FILE_BYTES:
            raise forms.ValidationError(_("The file is larger than 1 MB."))
        content: bytes = uploaded.read()
        return content


class CashLimitForm(forms.Form):
    """The limit, its region and cooperative, its first day, and its source."""

    most = AmountField(
        label=_("Maximum"),
        help_text=_("Total of the order, in its currency. 0: cash is not accepted."),
        limits=NOT_NEGATIVE,
        currency_input="id_currency",
    )
    currency = forms.CharField(
        label=_("Currency"),
        min_length=3,
        max_length=3,
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    region_code = forms.ChoiceField(label=_("For this region only"), required=False)
    cooperative_slug = forms.ChoiceField(label=_("For this cooperative only"), required=False)
    valid_from = forms.DateField(
        label=pgettext_lazy("day", "From"),
        initial=timezone.localdate,
        widget=day_input(),
    )
    source = forms.CharField(label=_("Source: who decided it, in which document"), max_length=200)

    def __init__(
        self,
        *args: Any,
        scope: ProgrammeScope,
        currency: str,
        regions: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        owners = Cooperative.objects.within(scope).order_by("legal_name")
        named = [(each.slug, each.legal_name) for each in owners]
        self.fields["currency"].initial = currency
        chosen = str(self.data.get("currency", "")).strip().upper()
        # Without a currency of its own the amount is read in the programme's.
        amount_in(self, "most").currency = chosen if is_currency(chosen) else currency
        self.fields["region_code"].choices = [("", _("no restriction")), *regions]  # type: ignore[attr-defined]
        self.fields["cooperative_slug"].choices = [("", _("no restriction")), *named]  # type: ignore[attr-defined]

    def clean_currency(self) -> str:
        """The code of a currency that exists."""
        code = self.cleaned_data["currency"].upper()
        if not is_currency(code):
            raise forms.ValidationError(_("Enter the three letters of a currency, such as MAD."))
        return str(code)

    @property
    def told(self) -> dict[str, Any]:
        """As the service takes it."""
        given = self.cleaned_data
        names = ("region_code", "cooperative_slug", "valid_from", "source")
        return {"most": given["most"], **{name: given[name] for name in names}}
