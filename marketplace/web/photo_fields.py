"""Fields of photographs that people choose or take: several at once, without JavaScript."""

from typing import Any

from django import forms


class PhotosInput(forms.ClearableFileInput):
    """A file input that takes several photographs, from the camera too."""

    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Several uploads; the catalogue checks that they are photographs."""

    widget = PhotosInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:  # noqa: ARG002
        """All of them, whatever they are: one bad file does not refuse the form."""
        return [*data] if isinstance(data, list | tuple) else [data] if data else []
