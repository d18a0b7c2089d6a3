"""Forms of a buyer: ask, and write again."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.conversations.texts import LONGEST
from marketplace.core.person_names import has_an_address, plain_line
from marketplace.web.message_forms import KeyedForm, TextField


class WriteForm(KeyedForm):
    """A message."""

    text = TextField(label=_("Your message"), longest=LONGEST, rows=5)


class AskOfOrderForm(WriteForm):
    """The first message about an order, whose buyer is known."""

    text = TextField(label=_("Your question"), longest=LONGEST, rows=6)


def request_for_more() -> str:
    """What a request for a larger quantity is to say, for the buyer to fill in."""
    lines = (
        _("I would like to order more than the shop offers at once."),
        "",
        _("How many:"),
        _("Needed by:"),
        _("For which company or occasion:"),
    )
    return "\n".join(str(line) for line in lines)


class AskForm(AskOfOrderForm):
    """Name, e-mail address and the first message."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=120,
        help_text=_("We write to you when there is an answer. The cooperative does not see it."),
    )
    # People do not see it; programs fill in whatever there is.
    website = forms.CharField(required=False, max_length=200)

    field_order: tuple[str, ...] = ("name", "email", "text")

    def clean_text(self) -> str:
        """What was filled in; a request for more says how many."""
        text: str = self.cleaned_data["text"]
        if text.split() == request_for_more().split():
            raise forms.ValidationError(_("Write how many you need."))
        return text

    def clean_name(self) -> str:
        """The name in one line; it is greeted in mails, which must not carry advertisements."""
        name = plain_line(self.cleaned_data["name"])
        if not name or has_an_address(name):
            raise forms.ValidationError(
                _("Enter the name of a person or an organization, without web or e-mail addresses.")
            )
        return name

    def clean(self) -> dict[str, Any]:
        """Refuse what a program filled in, in words for a person whose browser did."""
        cleaned = super().clean() or {}
        if cleaned.get("website"):
            raise forms.ValidationError(
                _("A hidden field was filled in, as programs do. Please send the form again.")
            )
        return cleaned
