"""What a buyer fills in to ask for a return or to complain."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import gettext_lazy as _

from catalog.photo_files import read_photos
from marketplace.core.plain_text import plain_text
from marketplace.orders.models import ComplaintReason, VendorOrderLine
from marketplace.orders.services.complaints.ask import LONGEST_TEXT, MOST_PHOTOS
from marketplace.web.complaints import add_quantities
from marketplace.web.photo_fields import PhotosField, PhotosInput


class ComplaintForm(forms.Form):
    """Units of lines, why, in the buyer's own words, and photographs."""

    # The same request sent twice is one.
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    reason = forms.ChoiceField(
        label=_("What is the matter?"),
        choices=ComplaintReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is the matter.")},
    )
    text = forms.CharField(
        label=_("Describe it"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("The cooperative and the programme's mediator read it."),
    )
    photos = PhotosField(
        label=_("Photos"),
        required=False,
        widget=PhotosInput(attrs={"accept": "image/*,.heic,.heif"}),
        help_text=_("At most four photos, up to 40 MB each."),
    )

    def __init__(
        self, *args: Any, lines: list[tuple[VendorOrderLine, int]], language: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        add_quantities(self, lines, language)
        self.fields["key"].initial = uuid4
        if len(lines) == 1 and lines[0][1] == 1:
            self.fields[f"line-{lines[0][0].pk}"].initial = 1

    @property
    def rows(self) -> list[tuple[VendorOrderLine, int, forms.BoundField]]:
        """Each line, its highest quantity, and its field."""
        return [(line, most, self[f"line-{line.pk}"]) for line, most in self.lines]

    @property
    def quantities(self) -> dict[UUID, int]:
        """The quantity of each line that has one."""
        found = {line.pk: self.cleaned_data.get(f"line-{line.pk}") for line, _most in self.lines}
        return {key: quantity for key, quantity in found.items() if quantity}

    @property
    def key_given(self) -> UUID:
        """The request's key; a new one where none was sent."""
        return self.cleaned_data.get("key") or uuid4()

    def clean(self) -> dict[str, Any]:
        """Require a quantity, and words unless the buyer only changed their mind."""
        cleaned = super().clean() or {}
        if not self.quantities and not any(name.startswith("line-") for name in self.errors):
            self.add_error(None, _("Choose at least one item and its quantity."))
        changed = cleaned.get("reason") == ComplaintReason.CHANGED_MIND
        if cleaned.get("reason") and not changed and not plain_text(cleaned.get("text", "")):
            self.add_error("text", _("Say in a few words what is wrong."))
        if len(cleaned.get("photos") or []) > MOST_PHOTOS:
            self.add_error("photos", _("At most four photos: choose fewer."))
        return cleaned

    def read_photographs(self) -> list[bytes]:
        """The chosen photographs as JPEG; what cannot be read becomes an error of the field."""
        taken, refused = read_photos(self.cleaned_data["photos"], room=MOST_PHOTOS)
        for photo in refused:
            self.add_error("photos", str(photo))
        if refused and taken:
            self.add_error("photos", _("Choose all photos again: none of them was kept."))
        return taken

    @property
    def refusals(self) -> list[str]:
        """What concerns no single field."""
        return [str(error) for error in self.errors.get(NON_FIELD_ERRORS, [])]
