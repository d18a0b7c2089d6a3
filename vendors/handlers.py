"""Handlers of this room's own events: notices of a changed bank account."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.core.mail import send_mail
from marketplace.core.market_usage import speaking
from vendors.events import BankAccountChanged
from vendors.models import (
    AccountNotice,
    BankAccount,
    Cooperative,
    FormerContact,
    MemberRole,
    Membership,
    NoticeChannel,
)
from vendors.safeguards import safeguard
from vendors.scoping import CooperativeScope


def on_bank_account_changed(payload: dict[str, Any]) -> None:
    """Notify every current and recent contact of the change, each once.

    Phone numbers are listed for a person to call. Each mail is recorded as soon as it is sent: at
    worst one is sent twice, none is lost.
    """
    event = BankAccountChanged.model_validate(payload)
    scope = CooperativeScope(event.cooperative_id)
    account = BankAccount.objects.within(scope).select_related("cooperative__programme")
    changed = account.get(pk=event.account_id)
    mails, phones = _contacts(changed.cooperative, event.occurred_at)
    _write_down(changed, mails, phones)
    waiting = AccountNotice.objects.within(scope).filter(
        account=changed, channel=NoticeChannel.MAIL, told_at__isnull=True
    )
    for notice in waiting.order_by("pk"):
        _mail(notice, changed, mails.get(notice.address, ""))
        notice.told_at = timezone.now()
        notice.save(update_fields=["told_at"])


def _contacts(cooperative: Cooperative, at: datetime) -> tuple[dict[str, str], set[str]]:
    """Mail addresses with their reader's language, and phone numbers: current and recent ones."""
    since = at - safeguard("contact_memory", programme=cooperative.programme.slug)
    former = FormerContact.objects.within(cooperative.scope).filter(replaced_at__gte=since)
    mails = {contact.email: "" for contact in former}
    phones = {contact.phone for contact in former}
    mails[cooperative.email] = ""
    if not phones - {""}:
        phones.add(cooperative.phone)
    people = Membership.objects.within(cooperative.scope).exclude(role=MemberRole.SELLER)
    mails |= {m.user.email: m.user.language for m in people.select_related("user")}
    return {mail: language for mail, language in mails.items() if mail}, phones - {""}


@transaction.atomic
def _write_down(account: BankAccount, mails: dict[str, str], phones: set[str]) -> None:
    known = AccountNotice.objects.within(account.cooperative.scope)
    wanted = [(NoticeChannel.MAIL, mail) for mail in sorted(mails)]
    wanted += [(NoticeChannel.PHONE, phone) for phone in sorted(phones)]
    for channel, address in wanted:
        known.get_or_create(account=account, channel=channel, address=address)


def _mail(notice: AccountNotice, account: BankAccount, language: str) -> None:
    programme = account.cooperative.programme
    language = language or (programme.languages or ["fr"])[0]
    with speaking(language, account.cooperative.country_code.lower()):
        words = _(
            "The bank account to which %(programme)s pays %(cooperative)s was changed. The "
            "new one ends in %(digits)s.\n\n"
            "If you are aware of this, there is nothing to do. If not, call the programme "
            "today: nothing is paid to the new account for a few days, and the change can "
            "be undone."
        ) % {
            "programme": getattr(programme, f"name_{language}", programme.name_en),
            "cooperative": account.cooperative.legal_name,
            "digits": account.last_digits,
        }
        send_mail(
            subject=_("The bank account of your cooperative was changed"),
            text=words,
            to=notice.address,
            language=language,
        )
