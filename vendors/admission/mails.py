"""Mails and text messages of an admission: whose turn it is now, and what was decided."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.core.mail import send_mail
from marketplace.core.market_usage import speaking
from marketplace.core.text_senders import OutgoingText, PerhapsSent, TextRefused, text_sender
from vendors.accounts import User
from vendors.acting_mails import managers_of
from vendors.admission.phone_links import issue_phone_token, message_reference
from vendors.events import AdmissionMoved, PhoneLinkWanted
from vendors.in_office import staff_who_may_for
from vendors.models import (
    Admission,
    AdmissionStep,
    Cooperative,
    StepKind,
    TextState,
)
from vendors.permissions import StaffPermission
from vendors.scoping import CooperativeScope


def on_admission_moved(payload: dict[str, Any]) -> None:
    """Tell the staff of what was submitted, the managers of what was decided.

    An invitation tells by its own link (``role_mails``).
    """
    event = AdmissionMoved.model_validate(payload)
    scope = CooperativeScope(event.cooperative_id)
    rows = AdmissionStep.objects.within(scope).select_related("admission__cooperative__programme")
    step = rows.get(pk=event.step_id)
    own = step.admission.cooperative
    if step.kind == StepKind.SUBMITTED:
        for user in staff_who_may_for(StaffPermission.COOPERATIVE_EDIT, own):
            _tell_staff(user, own)
    elif step.kind in _WORDS:
        for user in managers_of(own):
            _tell_manager(user, own, step)


def on_phone_link_wanted(payload: dict[str, Any]) -> None:
    """Send the link to the phone, once: what was perhaps sent is not sent again by itself."""
    event = PhoneLinkWanted.model_validate(payload)
    rows = Admission.objects.within(CooperativeScope(event.cooperative_id))
    admission = rows.select_related("cooperative__programme").get()
    expires = admission.token_expires_at
    if admission.text_state != TextState.WAITING or not expires or expires < timezone.now():
        return
    language, own = admission.language, admission.cooperative
    link = settings.PUBLIC_URL + reverse(
        "account-phone-link", kwargs={"token": issue_phone_token(admission)}
    )
    with speaking(language, own.programme.home):
        text = _("%(programme)s invites %(cooperative)s to sell here. Open this link: %(link)s") % {
            "programme": own.programme.name_in(language),
            "cooperative": own.legal_name,
            "link": link,
        }
    message = OutgoingText(message_reference(admission), admission.phone, text, language)
    try:
        text_sender().send(message)
    except TextRefused:
        admission.text_state = TextState.FAILED
    except PerhapsSent:
        admission.text_state = TextState.UNSURE
    else:
        admission.text_state = TextState.SENT
    admission.save(update_fields=["text_state"])


def _tell_staff(user: User, own: Cooperative) -> None:
    with speaking(user.language, own.programme.home):
        path = reverse(
            "staff:admission", kwargs={"programme": own.programme.slug, "slug": own.slug}
        )
        body = _(
            "%(cooperative)s has filled in everything that is needed before its shop opens. "
            "Please read it and decide:\n\n%(link)s"
        ) % {"cooperative": own.legal_name, "link": settings.PUBLIC_URL + path}
        send_mail(
            subject=_("To decide: %(cooperative)s") % {"cooperative": own.legal_name},
            text=body,
            to=user.email,
            language=user.language,
        )


def _approved(facts: dict[str, str]) -> str:
    return (
        _(
            "%(programme)s has approved %(cooperative)s: your page is open to buyers. Add your "
            "products now:\n\n%(link)s"
        )
        % facts
    )


def _returned(facts: dict[str, str]) -> str:
    return (
        _(
            "%(programme)s has read what you filled in for %(cooperative)s and asks you to correct "
            "something:\n\n%(text)s\n\nThe remarks stand beside the fields. Correct them and "
            "submit again:\n\n%(link)s"
        )
        % facts
    )


def _refused(facts: dict[str, str]) -> str:
    return (
        _(
            "%(programme)s has not approved %(cooperative)s, for this reason:\n\n%(text)s\n\nIf "
            "you can change that, correct it and submit again:\n\n%(link)s"
        )
        % facts
    )


_WORDS = {
    StepKind.APPROVED: _approved,
    StepKind.RETURNED: _returned,
    StepKind.REFUSED: _refused,
}


def _tell_manager(user: User, own: Cooperative, step: AdmissionStep) -> None:
    with speaking(user.language, own.country_code.lower()):
        page = "portal:today" if step.kind == StepKind.APPROVED else "portal:admission"
        link = settings.PUBLIC_URL + reverse(page, kwargs={"cooperative": own.slug})
        facts = {
            "programme": own.programme.name_in(user.language),
            "cooperative": own.legal_name,
            "text": step.text or _("See the remarks."),
            "link": link,
        }
        subjects = {
            StepKind.APPROVED: _("Approved: your shop is open"),
            StepKind.RETURNED: _("Something to correct before your shop opens"),
            StepKind.REFUSED: _("Your shop was not approved"),
        }
        send_mail(
            subject=subjects[StepKind(step.kind)],
            text=_WORDS[StepKind(step.kind)](facts),
            to=user.email,
            language=user.language,
        )
