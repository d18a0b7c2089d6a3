"""Invitations on pages of the portal and of staff: their forms, sent again, withdrawn."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from marketplace.core.actors import Actor
from marketplace.web.outcomes import carry_out
from vendors import services
from vendors.models import Invitation, MemberRole, Programme
from vendors.services import Invited


class InvitedForm(forms.Form):
    """Who is invited, and the language of their mail."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail"))
    language = forms.ChoiceField(label=_("Language of the e-mail"))

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["language"]
        assert isinstance(field, forms.ChoiceField)
        names = dict(settings.LANGUAGES)
        codes = dict.fromkeys([*programme.languages, *names])
        field.choices = [(code, names[code]) for code in codes if code in names]
        field.initial = next(iter(codes))

    @property
    def invited(self) -> Invited:
        """The person, once the form is valid."""
        answers = self.cleaned_data
        return Invited(answers["email"], answers["name"], answers["language"])


class MemberForm(InvitedForm):
    """A person who is to be a member of a cooperative."""

    role = forms.ChoiceField(label=_("Role"), choices=MemberRole.choices)


def send_again(request: HttpRequest, invitation: Invitation, *, by: Actor) -> None:
    """Send a new link, and tell so."""
    carry_out(
        request,
        lambda: services.resend_invitation(invitation=invitation, by=by),
        _("Sent again. The earlier link no longer works."),
    )


def withdraw(request: HttpRequest, invitation: Invitation, *, by: Actor) -> None:
    """Make the link worthless, and tell so."""
    services.withdraw_invitation(invitation=invitation, by=by)
    messages.success(request, gettext("Withdrawn. The link no longer works."))
