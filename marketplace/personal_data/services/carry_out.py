"""Carry out erasures: step by step, each noted when it is done, so that a crash loses nothing.

Every step may be repeated. One process at a time works on one erasure.
"""

import logging
from collections.abc import Callable
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.conversations import personal_data as conversations
from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.mail import send_mail
from marketplace.core.market_usage import speaking
from marketplace.favourites import personal_data as favourites
from marketplace.orders import personal_data as orders
from marketplace.orders.locks import one_at_a_time
from marketplace.orders.services.buyer_texts import text_erased
from marketplace.personal_data import accounts
from marketplace.personal_data.buyers import Buyer
from marketplace.personal_data.models import DataLink, Erasure

logger = logging.getLogger(__name__)
_LONGEST_ERROR = 300

Step = Callable[[Buyer], int]
STEPS: dict[str, Step] = {
    "orders": lambda buyer: orders.erase(buyer.proof),
    "addresses": lambda buyer: orders.erase_addresses(buyer.user) if buyer.user else 0,
    "conversations": lambda buyer: conversations.erase(buyer.proof),
    "favourites": lambda buyer: favourites.erase(buyer.user) if buyer.user else 0,
    "traces": accounts.erase_traces,
    "account": lambda buyer: accounts.close(buyer.user),
}


def carry_out_erasures() -> int:
    """Carry out all that wait; what fails is tried again by the next turn. Returns how many."""
    done = 0
    for key in Erasure.objects.filter(finished_at=None).order_by("asked_at").values_list("pk"):
        try:
            carry_out(key[0])
            done += 1
        except Exception as error:
            logger.exception("An erasure stopped and is tried again")
            told = f"{type(error).__name__}: {error}"[:_LONGEST_ERROR]
            Erasure.objects.filter(pk=key[0]).update(last_error=told)
    return done


def carry_out(erasure_id: UUID) -> Erasure:
    """Do the steps that are not done yet, then let the erasure itself name nobody."""
    with one_at_a_time(erasure_id):
        erasure = Erasure.objects.select_related("user").get(pk=erasure_id)
        if erasure.finished_at is not None:
            return erasure
        buyer = Buyer(tuple(erasure.emails), erasure.user, tuple(erasure.order_ids))
        for name, step in STEPS.items():
            if name not in erasure.done_steps:
                erasure.counts[name] = step(buyer)
                erasure.done_steps.append(name)
                if buyer.user is not None and buyer.user.pk is None:
                    erasure.user = None
                erasure.save(update_fields=["counts", "done_steps"])
        _tell(erasure)
        _forget(erasure)
    return erasure


def _tell(erasure: Erasure) -> None:
    """One mail to each address, the last one: after it the shop no longer knows them.

    To a buyer without an address one message to the phone.
    """
    if erasure.phone and "texted" not in erasure.done_steps:
        with transaction.atomic():
            text_erased(phone=erasure.phone, language=erasure.language, market=erasure.market)
            _note(erasure, "texted")
    if "told" in erasure.done_steps:
        return
    with speaking(erasure.language, erasure.market):
        for email in erasure.emails:
            send_mail(
                to=email,
                language=erasure.language,
                subject=_("Your data were erased"),
                text=_(
                    "What this shop held about you was erased, as you asked. Invoices and amounts "
                    "stay in the books of the cooperatives, without your name. We do not write to "
                    "you again."
                ),
            )
    _note(erasure, "told")


def _note(erasure: Erasure, step: str) -> None:
    erasure.done_steps.append(step)
    erasure.save(update_fields=["done_steps"])


@transaction.atomic
def _forget(erasure: Erasure) -> None:
    for link in DataLink.objects.filter(expires_at__gt=timezone.now()):
        both = {*link.emails, *link.order_ids} & {*erasure.emails, *erasure.order_ids}
        if both:
            link.delete()
    erasure.emails_json = erasure.phone = erasure.key = erasure.last_error = ""
    erasure.order_ids = []
    erasure.user, erasure.finished_at = None, timezone.now()
    erasure.save()
    by = Actor.system("erasure")
    audit.record("personal_data.erased", erasure, by=by, counts=erasure.counts)
