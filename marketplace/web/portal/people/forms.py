"""The form of a member who is presented."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from catalog.photo_files import read_photos
from marketplace.core.person_names import has_an_address, plain_line
from marketplace.web.numbers import WholeNumberField
from marketplace.web.photo_fields import PhotosField, PhotosInput
from vendors.models import ShownMember
from vendors.models.shown_members import LONGEST_SENTENCE
from vendors.services import MemberFacts

LANGUAGES = {"ar": _("Arabic"), "fr": _("French"), "en": _("English")}
_EARLIEST = 1920


class PersonForm(forms.Form):
    """Name, work and a sentence by language, a photograph, and consent."""

    name = forms.CharField(label=_("Name as it is to be shown"), max_length=80)
    name_ar = forms.CharField(
        label=_("Name in Arabic letters"),
        max_length=80,
        required=False,
        help_text=_("Shown on Arabic pages. Without it the name above stands there too."),
    )
    since_year = WholeNumberField(
        label=_("Member since"), required=False, min_value=_EARLIEST, help_text=_("A year")
    )
    photos = PhotosField(
        label=_("Photo"),
        required=False,
        widget=PhotosInput(attrs={"accept": "image/*,.heic,.heif", "multiple": False}),
        help_text=_("One photo of the face, up to 40 MB. Without one a drawing is shown."),
    )
    removes_photo = forms.BooleanField(label=_("Remove the photo"), required=False)
    consent = forms.BooleanField(
        label=_("The person has seen what stands here, and agrees that everybody can read it."),
        error_messages={
            "required": _("Tick that the person has agreed: nobody is presented without.")
        },
    )

    def __init__(self, *args: Any, member: ShownMember | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in LANGUAGES:
            self.fields[f"craft_{code}"] = forms.CharField(
                label=_in(_("What the person does"), code), max_length=80, required=False
            )
            self.fields[f"sentence_{code}"] = forms.CharField(
                label=_in(_("One sentence in own words"), code),
                max_length=LONGEST_SENTENCE,
                required=False,
            )
        if member is None or not member.file:
            del self.fields["removes_photo"]

    @property
    def by_language(self) -> list[tuple[str, Any, Any, Any]]:
        """For each language its code, its name, and its two fields."""
        return [
            (code, name, self[f"craft_{code}"], self[f"sentence_{code}"])
            for code, name in LANGUAGES.items()
        ]

    def clean_name(self) -> str:
        """The name in one line, without addresses."""
        return _a_name(self.cleaned_data["name"])

    def clean_name_ar(self) -> str:
        """As the name; may be empty."""
        typed: str = self.cleaned_data["name_ar"]
        return _a_name(typed) if typed else ""

    def clean_since_year(self) -> int | None:
        """A year that has begun; may be empty."""
        year: int | None = self.cleaned_data["since_year"]
        if year is not None and year > timezone.localdate().year:
            raise forms.ValidationError(_("Enter a year that has begun."))
        return year

    def clean_photos(self) -> list[Any]:
        """One photograph at most."""
        chosen: list[Any] = self.cleaned_data.get("photos") or []
        if len(chosen) > 1:
            raise forms.ValidationError(_("Choose one photo."))
        return chosen

    def clean(self) -> dict[str, Any]:
        """What somebody does is said in one language at least."""
        given = super().clean() or {}
        crafts = [code for code in LANGUAGES if f"craft_{code}" in given]
        if crafts and not any(given[f"craft_{code}"] for code in crafts):
            first = next(iter(crafts))
            self.add_error(
                f"craft_{first}", _("Say what the person does, in one language at least.")
            )
        return given

    def read_photo(self) -> bytes | None:
        """The chosen photograph as JPEG; one that cannot be read becomes an error of the field."""
        taken, refused = read_photos(self.cleaned_data["photos"], room=1)
        for photo in refused:
            self.add_error("photos", str(photo))
        return taken[0] if taken else None

    @property
    def facts(self) -> MemberFacts:
        """What was entered."""
        given = self.cleaned_data
        return MemberFacts(
            name=given["name"],
            name_ar=given["name_ar"],
            crafts={code: given[f"craft_{code}"] for code in LANGUAGES},
            sentences={code: given[f"sentence_{code}"] for code in LANGUAGES},
            since_year=given["since_year"],
            has_consented=given["consent"],
        )


def initial_of(member: ShownMember) -> dict[str, Any]:
    """The form's values of a member; consent is asked anew."""
    names = ["name", "name_ar", "since_year"]
    names += [f"{what}_{code}" for what in ("craft", "sentence") for code in LANGUAGES]
    return {name: getattr(member, name) for name in names}


def _in(label: object, code: str) -> Any:
    return format_lazy("{label} ({language})", label=label, language=LANGUAGES[code])


def _a_name(typed: str) -> str:
    name = plain_line(typed)
    if not name or has_an_address(name):
        raise forms.ValidationError(
            _("Enter the name of a person or an organization, without web or e-mail addresses.")
        )
    return name
