"""Forms of reviews: a buyer's own, and a reader's report."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.photo_files import read_photos
from marketplace.reviews.models import ReportReason, Review
from marketplace.reviews.services import Given
from marketplace.reviews.services.photos import MOST_PHOTOS
from marketplace.reviews.services.report import LONGEST_REPORT
from marketplace.reviews.texts import LANGUAGES, LONGEST, LONGEST_NAME
from marketplace.web.message_forms import TextField
from marketplace.web.photo_fields import PhotosField, PhotosInput

STARS = (
    ("5", _("5 stars: very good")),
    ("4", _("4 stars: good")),
    ("3", _("3 stars: all right")),
    ("2", _("2 stars: not good")),
    ("1", _("1 star: bad")),
)


class ReviewForm(forms.Form):
    """Stars, words, the name that is shown, and photographs."""

    stars = forms.ChoiceField(
        label=_("How do you like it?"),
        choices=STARS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one to five stars.")},
    )
    text = TextField(
        label=_("Your review"),
        longest=LONGEST,
        rows=6,
        required=False,
        help_text=_("What is it like, and what do you use it for? Leave out addresses and phones."),
    )
    language = forms.ChoiceField(label=_("Language of your review"), choices=LANGUAGES)
    name = forms.CharField(
        label=_("Name to show"),
        max_length=LONGEST_NAME,
        required=False,
        help_text=_("Everybody reads it. Without one we write “A buyer”."),
    )
    photos = PhotosField(
        label=_("Photos"),
        required=False,
        widget=PhotosInput(attrs={"accept": "image/*,.heic,.heif"}),
        help_text=_(
            "At most four photos, up to 40 MB each, without other people. They are shown once the "
            "programme has looked at them."
        ),
    )
    removes_photos = forms.BooleanField(label=_("Remove my photos"), required=False)

    def __init__(
        self, *args: Any, review: Review | None, language: str, first_name: str, **kwargs: Any
    ) -> None:
        initial = {"language": language, "name": first_name}
        if review is not None and review.text + review.name:
            initial = {"language": review.language, "name": review.name, "text": review.text}
        if review is not None:
            initial["stars"] = str(review.stars)
        super().__init__(*args, **kwargs)
        self.initial.update(initial)
        self.photo_count = len(review.photos.all()) if review else 0
        if not self.photo_count:
            del self.fields["removes_photos"]

    def clean_photos(self) -> list[Any]:
        """At most four."""
        chosen: list[Any] = self.cleaned_data.get("photos") or []
        if len(chosen) > MOST_PHOTOS:
            raise forms.ValidationError(_("At most four photos: choose fewer."))
        return chosen

    def read_photographs(self) -> list[bytes]:
        """The chosen photographs as JPEG; what cannot be read becomes an error of the field."""
        taken, refused = read_photos(self.cleaned_data["photos"], room=MOST_PHOTOS)
        for photo in refused:
            self.add_error("photos", str(photo))
        if refused and taken:
            self.add_error("photos", _("Choose all photos again: none of them was kept."))
        return taken

    def given(self, photos: list[bytes]) -> Given:
        """What the buyer gave."""
        cleaned = self.cleaned_data
        return Given(
            stars=int(cleaned["stars"]),
            text=cleaned["text"],
            name=cleaned["name"],
            language=cleaned["language"],
            photos=photos,
            removes_photos=bool(cleaned.get("removes_photos")),
        )


class ReviewReportForm(forms.Form):
    """What is wrong with a review."""

    reason = forms.ChoiceField(
        label=_("What is wrong with this review?"),
        choices=ReportReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is wrong.")},
    )
    text = TextField(label=_("Say more"), longest=LONGEST_REPORT, rows=3, required=False)
