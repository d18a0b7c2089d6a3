"""Where a cooperative is paid: named by one person, confirmed by another, told to everybody."""

from django.db import transaction
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.events import publish
from vendors.bank_numbers import parse_bank_number, parse_bic
from vendors.errors import AlreadyConfirmed, JoinedTooRecently, SamePersonTwice
from vendors.events import BankAccountChanged
from vendors.models import AccountNotice, BankAccount, Cooperative, Membership, NoticeChannel
from vendors.safeguards import safeguard
from vendors.services.people import user_id


# long: one transaction: checks, the new account, notices and audit entry in their order
@transaction.atomic
def set_bank_account(
    *,
    cooperative: Cooperative,
    holder_name: str,
    number: str,
    country_code: str = "",
    bic: str = "",
    by: Actor,
) -> BankAccount:
    """Note where a cooperative is paid; nothing is paid there until another person confirms it.

    ``number`` is a RIB or an IBAN as typed; it is kept as an IBAN, encrypted. An account that takes
    another's place is announced to the old contacts. Raises InvalidBankNumber, InvalidBic,
    BicMissing, and JoinedTooRecently for a member of less than a day who would change one.
    """
    parsed = parse_bank_number(country_code or cooperative.country_code, number)
    bic = parse_bic(parsed.country, bic)
    # One change at a time for a cooperative.
    Cooperative.objects.within(cooperative.scope).select_for_update(of=("self",)).get()
    now = timezone.now()
    current = BankAccount.objects.within(cooperative.scope).filter(replaced_at__isnull=True)
    waiting: BankAccount | None = current.filter(confirmed_at=None, added_by=user_id(by)).first()
    told = (holder_name, parsed.country, parsed.iban, bic)
    if waiting and by.kind == "user" and told == _as_told(waiting):
        # A second click: nothing changed, so nothing is announced.
        return waiting
    takes_place = current.exists()
    if takes_place:
        _require_known_member(cooperative, by)
    current.update(replaced_at=now)
    account = BankAccount.objects.create(
        cooperative=cooperative,
        holder_name=holder_name,
        country_code=parsed.country,
        number=parsed.iban,
        last_digits=parsed.last_digits,
        bic=bic,
        valid_from=now,
        added_by_id=user_id(by),
    )
    audit.record("bank_account.set", cooperative, by=by, last_digits=parsed.last_digits)
    if takes_place:
        publish(
            BankAccountChanged(
                aggregate_id=cooperative.pk,
                cooperative_id=cooperative.pk,
                programme_id=cooperative.programme_id,
                account_id=account.pk,
                occurred_at=now,
            )
        )
    return account


@transaction.atomic
def confirm_bank_account(*, account: BankAccount, by: Actor) -> BankAccount:
    """A second person has compared the number with the bank's paper.

    Raises SamePersonTwice when whoever added it confirms it, or nobody by name; AlreadyConfirmed
    the second time; JoinedTooRecently for a member of less than a day, if there was one before.
    """
    scope = account.cooperative.scope
    known = BankAccount.objects.within(scope).select_for_update(of=("self",))
    account = known.select_related("cooperative").get(pk=account.pk)
    if account.confirmed_at is not None:
        raise AlreadyConfirmed
    confirmer = user_id(by)
    if confirmer in {None, account.added_by_id}:
        raise SamePersonTwice
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
    """Somebody called the number that was known before the account changed; noted once."""
    rows = AccountNotice.objects.within(notice.account.cooperative.scope)
    notice = rows.select_for_update(of=("self",)).get(pk=notice.pk)
    if notice.told_at is None and notice.channel == NoticeChannel.PHONE:
        notice.told_at, notice.told_by_id = timezone.now(), user_id(by)
        notice.save(update_fields=["told_at", "told_by"])
        audit.record("bank_account.told", notice.account.cooperative, by=by, channel="phone")
    return notice


def _as_told(account: BankAccount) -> tuple[str, str, str, str]:
    return account.holder_name, account.country_code, account.number, account.bic


def _require_known_member(cooperative: Cooperative, by: Actor) -> None:
    """A member who came a moment ago does not redirect money; staff have their own wait."""
    joined = (
        Membership.objects.within(cooperative.scope)
        .filter(user_id=user_id(by))
        .values_list("created_at", flat=True)
        .first()
    )
    wait = safeguard("money_role_wait", programme=cooperative.programme.slug)
    if joined is not None and timezone.now() - joined < wait:
        raise JoinedTooRecently
