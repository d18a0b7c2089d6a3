"""The form of a voucher that the programme or a region bears."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from marketplace.orders.models import DiscountBearer
from marketplace.web.voucher_forms import VoucherForm
from vendors.geography import regions
from vendors.models import Cooperative, Programme
from vendors.scoping import ProgrammeScope

OURS = [c for c in DiscountBearer.choices if c[0] != DiscountBearer.COOPERATIVE]


class StaffVoucherForm(VoucherForm):
    """Whose goods it is for, and who bears it, besides what every voucher says."""

    cooperative_id = forms.ChoiceField(
        label=gettext_lazy("For this cooperative only"), required=False
    )
    region_code = forms.ChoiceField(label=gettext_lazy("For this region only"), required=False)
    bearer = forms.ChoiceField(label=gettext_lazy("Borne by"), choices=OURS[::-1])

    def __init__(
        self, *args: Any, programme: Programme, scope: ProgrammeScope, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        owners = Cooperative.objects.within(scope).order_by("legal_name")
        found = [region for country in programme.country_codes for region in regions(country)]
        choices = {
            "cooperative_id": [(str(each.pk), each.legal_name) for each in owners],
            "region_code": [(region.code, region.name(language)) for region in found],
        }
        for name, rows in choices.items():
            self.fields[name].choices = [("", _("no restriction")), *rows]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """What a region bears is for its goods."""
        given = super().clean()
        is_for = given.get("cooperative_id") or given.get("region_code")
        if given.get("bearer") == DiscountBearer.REGION and not is_for:
            self.add_error("region_code", _("Choose the region that bears it."))
        return given

    @property
    def scope_of(self) -> dict[str, Any]:
        """Whose goods it is for, and who bears it."""
        given = self.cleaned_data
        return {
            "bearer": given["bearer"],
            "cooperative_id": UUID(given["cooperative_id"]) if given["cooperative_id"] else None,
            "region_code": given["region_code"],
        }
