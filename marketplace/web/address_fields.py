"""Fields of telephone numbers and addresses in forms, as their country has them."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from marketplace.core.directions import as_code
from marketplace.core.phones import LONGEST, BadPhoneNumber, read_phone, shown_phone
from marketplace.core.postal_addresses import cities_of, country_rules


class PhoneField(forms.CharField):
    """A telephone number, kept in E.164; without a prefix it is one of ``country``."""

    def __init__(self, *, country: str = "", **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST, **kwargs)
        self.country = country

    def clean(self, value: Any) -> str:
        """The number in E.164, or nothing; refuses with an example of the country."""
        typed: str = super().clean(value)
        if not typed:
            return ""
        try:
            return read_phone(typed, self.country)
        except BadPhoneNumber as refused:
            raise forms.ValidationError(str(refused), code=refused.code) from refused

    def prepare_value(self, value: Any) -> Any:
        """A kept number as people of the country dial it; what was typed, as it was typed."""
        is_kept = isinstance(value, str) and value.startswith("+") and value[1:].isdigit()
        return shown_phone(value, self.country) if is_kept else value


def ask_for(form: forms.Form, country: str) -> None:
    """Ask in a form with ``city`` and ``postal_code`` for what addresses of a country need.

    A ``region_code`` without choices becomes a list of provinces, or is taken out where letters
    name none.
    """
    rules = country_rules(country)
    code, region = form.fields["postal_code"], form.fields.get("region_code")
    code.required = rules.needs_postal_code
    code.widget.attrs["inputmode"] = "numeric" if rules.has_digits_only else "text"
    if rules.postal_code_example:
        code.help_text = _("For example %(example)s") % {
            "example": as_code(rules.postal_code_example)
        }
    if isinstance(region, forms.ChoiceField) and not region.choices:
        if not rules.provinces:
            del form.fields["region_code"]
            return
        region.choices = [("", "—"), *((p.code, p.name) for p in rules.provinces)]
        region.label, region.required = _("Province"), rules.needs_province
    chosen = form.data.get(form.add_prefix("region_code"), "") if region else ""
    if towns := cities_of(country, chosen):
        city = form.fields["city"]
        form.fields["city"] = forms.ChoiceField(
            label=city.label, choices=[("", "—"), *((town, town) for town in towns)]
        )
