"""Private links to somebody's data: mailed to the address, or opened by a code from the phone."""

import json
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.core.hashes import new_token, token_hash
from marketplace.core.mail import send_mail
from marketplace.core.market_usage import speaking
from marketplace.core.throttle import Use, require
from marketplace.orders.models import LookupPurpose
from marketplace.orders.services.look_up import prove
from marketplace.personal_data.buyers import (
    Buyer,
    buyer_of_address,
    buyer_of_order,
    buyer_of_user,
)
from marketplace.personal_data.errors import DataLinkNotValid
from marketplace.personal_data.models import DataLink

VALID_FOR = timedelta(hours=2)


def mail_link(*, email: str, seen_from: str, market: str, language: str) -> None:
    """Mail a link to the data of an address, whether anything is held or not.

    So that nobody learns by asking who buys here. Raises TooSoon and MailServerUnavailable.
    """
    written = email.strip()
    require(Use("data_link_address", seen_from), Use("data_link_contact", written.casefold()))
    buyer = buyer_of_address(written)
    token = issue_link(buyer=buyer, market=market, language=language, is_mailed=True)
    where = {"market": market, "language": language, "token": token}
    address = f"{settings.PUBLIC_URL}{reverse('storefront:data', kwargs=where)}"
    with speaking(language, market):
        text = _(
            "Here you see what this shop holds about you, can take it away, and can have it "
            "erased:\n\n%(address)s\n\nThe link is valid for two hours. If you have not asked for "
            "it, ignore this e-mail: nothing happens."
        )
        send_mail(
            to=written,
            language=language,
            subject=_("Your data"),
            text=text % {"address": address},
        )


def link_by_code(*, lookup_id: UUID, code: str, seen_from: str, market: str, language: str) -> str:
    """The token of a link for a buyer without an address, whose code is right.

    Raises CodeNotRight and TooSoon.
    """
    order = prove(lookup_id=lookup_id, code=code, seen_from=seen_from, purpose=LookupPurpose.DATA)
    buyer = buyer_of_order(order)
    return issue_link(buyer=buyer, market=market, language=language, is_mailed=True)


def issue_link(*, buyer: Buyer, market: str, language: str, is_mailed: bool) -> str:
    """A new token for somebody's data; only its hash is kept."""
    token = new_token()
    DataLink.objects.create(
        token_hash=token_hash(token),
        user=buyer.user,
        emails_json=json.dumps(buyer.emails),
        order_ids=list(buyer.order_ids),
        phone=buyer.phone,
        is_mailed=is_mailed,
        market=market,
        language=language,
        expires_at=timezone.now() + VALID_FOR,
    )
    return token


def open_link(token: str) -> DataLink:
    """The link of a token; raises DataLinkNotValid."""
    rows = DataLink.objects.filter(token_hash=token_hash(token), expires_at__gt=timezone.now())
    found = rows.select_related("user").first()
    if found is None:
        raise DataLinkNotValid
    return found


def buyer_of_link(link: DataLink) -> Buyer:
    """Whose link it is; what the account has proven since comes along."""
    proven = buyer_of_user(link.user) if link.user else Buyer()
    emails = sorted({*link.emails, *proven.emails})
    order_ids = sorted({*link.order_ids, *proven.order_ids})
    return Buyer(tuple(emails), link.user, tuple(order_ids), link.phone)


@transaction.atomic
def purge_links() -> int:
    """Delete the links that expired; returns how many."""
    return DataLink.objects.filter(expires_at__lt=timezone.now()).delete()[0]
