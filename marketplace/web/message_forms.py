"""Forms of conversations for members and staff: answer, report, close."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.conversations.services.report import LONGEST_REASON
from marketplace.conversations.texts import LONGEST


class TextField(forms.CharField):
    """A text of several lines; a browser sends each line end as two characters."""

    def __init__(self, *, longest: int, rows: int, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows})
        super().__init__(max_length=longest, widget=widget, **kwargs)

    def to_python(self, value: Any) -> str:
        """The text with one character for a line end."""
        return (super().to_python(value) or "").replace("\r\n", "\n")


class KeyedForm(forms.Form):
    """A form with a ``key`` that names it: sent twice, it counts once."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid4().hex)

    @property
    def form_key(self) -> str:
        """What tells this form from another; a form without a key is always another."""
        return self.cleaned_data["key"] or uuid4().hex


class AnswerForm(KeyedForm):
    """The cooperative's message to a buyer."""

    text = TextField(label=_("Your answer"), longest=LONGEST, rows=5)


class ReportForm(forms.Form):
    """What is wrong with a conversation."""

    reason = TextField(label=_("What is wrong?"), longest=LONGEST_REASON, rows=3, required=False)


class CloseForm(forms.Form):
    """Why staff close a conversation."""

    closing = TextField(
        label=_("Why is it closed?"),
        longest=LONGEST,
        rows=3,
        help_text=_("The buyer and the cooperative read this reason."),
    )
