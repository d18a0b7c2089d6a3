"""Bank accounts of cooperatives: added by one person, confirmed by another."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.events import publish
from marketplace.core.versions import ChangedMeanwhile
from vendors.bank_numbers import BankNumber, parse_bank_number, parse_bic
from vendors.errors import AlreadyConfirmed, JoinedTooRecently
from vendors.events import BankAccountChanged
from vendors.models import AccountNotice, BankAccount, Cooperative, Membership, NoticeChannel
from vendors.queries.facts import account_version
from vendors.safeguards import safeguard
from vendors.two_persons import require_second_person, user_id


# long: what an account is, and why it can be refused
@transaction.atomic
def set_bank_account(
    *,
    cooperative: Cooperative,
    holder_name: str,
    number: str,
    country_code: str = "",
    bic: str = "",
    by: Actor,
    version: str | None = None,
) -> BankAccount:
    """Add the account that a cooperative is paid to; not used until another person confirms it.

    ``number`` is a RIB or an IBAN as typed; it is kept as an IBAN, encrypted. A replacement of an
    existing account is announced to the previous contacts. Raises InvalidBankNumber, InvalidBic,
    BicMissing, JoinedTooRecently when somebody who joined less than a day ago replaces one, and
    ChangedMeanwhile unless the account still has the ``version`` that was read
    (``queries.account_version``).
    """
    parsed = parse_bank_number(country_code or cooperative.country_code, number)
    bic = parse_bic(parsed.country, bic)
    # One change at a time for a cooperative.
    Cooperative.objects.within(cooperative.scope).select_for_update(of=("self",)).get()
    now = timezone.now()
    current = BankAccount.objects.within(cooperative.scope).filter(replaced_at__isnull=True)
    details = (holder_name, parsed.country, parsed.iban, bic)
    if same := _unconfirmed(current, details, by):
        # A second click: nothing changed, so nothing is announced.
        return same
    if version and version != account_version(cooperative.pk):
        raise ChangedMeanwhile
    has_current = current.exists()
    if has_current:
        _require_known_member(cooperative, by)
    current.update(replaced_at=now)
    account = _create(cooperative, holder_name, parsed, bic, now, by)
    audit.record("bank_account.set", cooperative, by=by, last_digits=parsed.last_digits)
    if has_current:
        _publish_change(account)
    return account


@transaction.atomic
def confirm_bank_account(
    *, account: BankAccount, by: Actor, seen: str | None = None
) -> BankAccount:
    """Record that a second person has compared the number with the bank's certificate.

    Raises SamePersonTwice when the actor added the account or is not a user, NotIndependent when
    one brought the other in or one person both, AlreadyConfirmed the second time,
    JoinedTooRecently when a new member confirms a replacement, and ChangedMeanwhile when another
    account was entered since; a page passes the id of the account that it showed (``seen``).
    """
    scope = account.cooperative.scope
    known = BankAccount.objects.within(scope).select_for_update(of=("self",))
    account = known.select_related("cooperative").get(pk=account.pk)
    if account.replaced_at is not None or (seen and seen != str(account.pk)):
        raise ChangedMeanwhile
    if account.confirmed_at is not None:
        raise AlreadyConfirmed
    confirmer = require_second_person(first=account.added_by_id, by=by)
    if BankAccount.objects.within(scope).filter(replaced_at__isnull=False).exists():
        _require_known_member(account.cooperative, by)
    account.confirmed_by_id = confirmer
    account.confirmed_at = timezone.now()
    account.save(update_fields=["confirmed_by", "confirmed_at"])
    audit.record(
        "bank_account.confirmed", account.cooperative, by=by, last_digits=account.last_digits
    )
    return account


@transaction.atomic
def note_told_by_phone(*, notice: AccountNotice, by: Actor) -> AccountNotice:
    """Record, once, that the contact known before the change was called."""
    rows = AccountNotice.objects.within(notice.account.cooperative.scope)
    notice = rows.select_for_update(of=("self",)).get(pk=notice.pk)
    if notice.told_at is None and notice.channel == NoticeChannel.PHONE:
        notice.told_at, notice.told_by_id = timezone.now(), user_id(by)
        notice.save(update_fields=["told_at", "told_by"])
        audit.record("bank_account.told", notice.account.cooperative, by=by, channel="phone")
    return notice


def _unconfirmed(
    current: QuerySet[BankAccount], details: tuple[str, str, str, str], by: Actor
) -> BankAccount | None:
    """The account with these details that the same user added and nobody has confirmed yet."""
    account = current.filter(confirmed_at=None, added_by=user_id(by)).first()
    if account is None or by.kind != "user":
        return None
    known = (account.holder_name, account.country_code, account.number, account.bic)
    return account if known == details else None


def _create(
    cooperative: Cooperative,
    holder_name: str,
    parsed: BankNumber,
    bic: str,
    now: datetime,
    by: Actor,
) -> BankAccount:
    return BankAccount.objects.create(
        cooperative=cooperative,
        holder_name=holder_name,
        country_code=parsed.country,
        number=parsed.iban,
        last_digits=parsed.last_digits,
        bic=bic,
        valid_from=now,
        added_by_id=user_id(by),
    )


def _publish_change(account: BankAccount) -> None:
    publish(
        BankAccountChanged(
            aggregate_id=account.cooperative_id,
            cooperative_id=account.cooperative_id,
            programme_id=account.cooperative.programme_id,
            account_id=account.pk,
            occurred_at=account.valid_from,
        )
    )


def _require_known_member(cooperative: Cooperative, by: Actor) -> None:
    """New members may not redirect payouts; staff have a waiting period of their own."""
    joined = (
        Membership.objects.within(cooperative.scope)
        .filter(user_id=user_id(by))
        .values_list("created_at", flat=True)
        .first()
    )
    wait = safeguard("money_role_wait", programme=cooperative.programme.slug)
    if joined is not None and timezone.now() - joined < wait:
        raise JoinedTooRecently
