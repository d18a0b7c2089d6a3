"""A form's field for one cooperative, which people know by its name."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vendors.models import Cooperative
from vendors.queries import cooperatives_called, names_to_offer
from vendors.scoping import ProgrammeScope

LONGEST_SEARCH = 80


class CooperativeField(forms.CharField):
    """Part of a name that one cooperative alone has, or its whole name, or its short name.

    It cleans to the Cooperative; the form sets ``scope``, in which it is looked for.
    """

    default_error_messages = {
        "unknown": _("No cooperative of that name."),
        "several": _("Several cooperatives are called that: type the whole name."),
    }
    scope: ProgrammeScope

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("Cooperative"), max_length=200, **kwargs)

    def clean(self, value: Any) -> Any:
        """The cooperative; raises ValidationError for a name of none, or of several."""
        text = super().clean(value)
        found = self._exactly(text) or list(
            cooperatives_called(self.scope, text[:LONGEST_SEARCH])[:2]
        )
        if not found:
            raise forms.ValidationError(self.error_messages["unknown"], code="unknown")
        if len(found) > 1:
            raise forms.ValidationError(self.error_messages["several"], code="several")
        return found[0]

    def names(self) -> list[str]:
        """Names to offer while somebody types."""
        return names_to_offer(self.scope)

    def _called(self, text: str) -> list[Cooperative]:
        return list(cooperatives_called(self.scope, text[:LONGEST_SEARCH])[:2])

    def _exactly(self, text: str) -> list[Cooperative]:
        named = Q(legal_name__iexact=text) | Q(legal_name_latin__iexact=text)
        return list(Cooperative.objects.within(self.scope).filter(Q(slug=text) | named)[:2])


class OfCooperative(forms.Form):
    """A form about one cooperative of a scope."""

    cooperative = CooperativeField()

    def __init__(self, *args: Any, scope: ProgrammeScope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = self._field.names
        self._field.scope = scope

    @property
    def _field(self) -> CooperativeField:
        field = self.fields["cooperative"]
        assert isinstance(field, CooperativeField)
        return field
