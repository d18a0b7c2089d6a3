"""What a buyer adds to a checkout: a company, a gift message, hidden prices, a note."""

from dataclasses import asdict, dataclass, field

from django.utils import timezone

from marketplace.core.errors import Invalid
from marketplace.orders.company import Company, checked
from marketplace.orders.company_errors import CompanyRefused
from marketplace.orders.gift_and_note import GiftAndNote, clean_text
from marketplace.orders.gift_errors import TextRefused
from marketplace.orders.models import CheckoutAttempt


class AdditionsRefused(Invalid):
    """Something cannot be kept; ``errors`` has the reason for each field."""

    code = "additions_refused"


@dataclass(frozen=True)
class Additions:
    """All of it may be left out."""

    gift: GiftAndNote = field(default_factory=GiftAndNote)
    company: Company = field(default_factory=Company)


def keep_additions(attempt: CheckoutAttempt, added: Additions) -> None:
    """Keep them with a checkout that the caller holds; raises AdditionsRefused for any of them."""
    errors: dict[str, str] = {}
    wanted = asdict(added.gift)
    for name in ("gift_message", "note"):
        try:
            wanted[name] = clean_text(wanted[name])
        except TextRefused as refused:
            errors[name] = str(refused)
    try:
        wanted |= asdict(checked(added.company, attempt.address.country_code, timezone.localdate()))
    except CompanyRefused as refused:
        errors[refused.field] = str(refused)
    if errors:
        raise AdditionsRefused(errors)
    for name, value in wanted.items():
        setattr(attempt, name, value)
    attempt.save(update_fields=[*wanted, "updated_at"])
