"""Mails about reviews: to the cooperative's members, and to the author by the order's address."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from marketplace.core.formats import Format
from marketplace.core.mail import send_mail
from marketplace.core.market_usage import speaking
from marketplace.orders.services.buyer_notices import Notice, tell_buyer, tell_once
from marketplace.orders.services.mail_parts import cooperative_name
from marketplace.reviews.models import Review
from vendors.accounts import User
from vendors.in_office import staff_who_may_for
from vendors.models import Membership
from vendors.permissions import StaffPermission
from vendors.queries import members_who_ship
from vendors.scoping import Crossing

Payload = dict[str, Any]
# Subject and text of a mail, in the language that is active.
Write = Callable[[dict[str, str]], tuple[str, str]]


def on_shown(payload: Payload) -> None:
    """ReviewShown: the members read a new one; the author hears of one that was held."""
    row = _row(payload)
    if not row.is_shown:
        return
    if payload["is_new"]:
        _tell_members(row, "review-new", _of_new)
    if payload["was_held"]:

        def write(_written: Format, _new: Sequence[str]) -> Notice:
            return Notice(
                _("Your review is shown: %(product)s") % _facts(row, row.line.vendor_order.order),
                [_("The programme has looked at your review. The shop shows it now.")],
                place="reviews/",
            )

        tell_buyer(row.line.vendor_order.order, [_key("review-shown", payload)], write)


def on_answered(payload: Payload) -> None:
    """ReviewAnswered: the author reads the answer."""
    row = _row(payload)
    if not row.is_shown or not row.answer:
        return
    order = row.line.vendor_order.order

    def write(_written: Format, _new: Sequence[str]) -> Notice:
        facts = _facts(row, order)
        return Notice(
            _("%(cooperative)s has answered your review") % facts,
            [_("%(cooperative)s answers your review of %(product)s:") % facts, row.answer],
            place="reviews/",
        )

    tell_buyer(order, [_key("review-answered", payload)], write)


def on_hidden(payload: Payload) -> None:
    """ReviewHidden: the author and the members read why."""
    row = _row(payload)
    if not row.hidden_reason:
        return
    order, reason = row.line.vendor_order.order, row.hidden_reason

    def write(_written: Format, _new: Sequence[str]) -> Notice:
        return Notice(
            _("Your review is hidden: %(product)s") % _facts(row, order),
            [
                _("The programme has hidden your review. Its reason:"),
                reason,
                _("You may change it on the page of your order; somebody then looks at it again."),
            ],
            place="reviews/",
        )

    tell_buyer(order, [_key("review-hidden", payload)], write)
    _tell_members(row, _key("review-hid", payload), _of_hidden(reason))


def on_restored(payload: Payload) -> None:
    """ReviewRestored: the author and the members hear of it."""
    row = _row(payload)
    if not row.is_shown:
        return
    order = row.line.vendor_order.order

    def write(_written: Format, _new: Sequence[str]) -> Notice:
        return Notice(
            _("Your review is shown again: %(product)s") % _facts(row, order),
            [_("The programme had hidden your review, and shows it again.")],
            place="reviews/",
        )

    tell_buyer(order, [_key("review-back", payload)], write)
    _tell_members(row, _key("review-bk", payload), _of_restored)


def _of_new(facts: dict[str, str]) -> tuple[str, str]:
    text = _("A buyer gives %(product)s %(stars)s of 5 stars.") % facts
    answer = _("You can answer once; everybody reads your answer.")
    return _("New review: %(product)s") % facts, "\n\n".join(
        filter(None, [text, facts["words"], answer])
    )


def _of_hidden(reason: str) -> Write:
    def write(facts: dict[str, str]) -> tuple[str, str]:
        text = _("The programme has hidden a review of %(product)s. Its reason:") % facts
        return _("A review is hidden: %(product)s") % facts, f"{text}\n\n{reason}"

    return write


def _of_restored(facts: dict[str, str]) -> tuple[str, str]:
    text = _("The programme had hidden a review of %(product)s, and shows it again.") % facts
    return _("A review is shown again: %(product)s") % facts, text


def _tell_members(row: Review, key: str, write: Write) -> None:
    """The members who answer, each once; without any, the advisers."""
    cooperative, order = row.cooperative, row.line.vendor_order.order
    for user, path in _who_answers(row):

        def send(user: User = user, path: str = path) -> None:
            market = cooperative.country_code.lower()
            with speaking(user.language, market):
                subject, text = write(_facts(row, order, Format(user.language, market)))
                send_mail(
                    to=user.email,
                    language=user.language,
                    subject=subject,
                    text=f"{text}\n\n{settings.PUBLIC_URL}{path}",
                )

        tell_once(order, f"{key}:{row.pk.hex[:8]}:{user.pk}"[:80], send)


def _who_answers(row: Review) -> list[tuple[User, str]]:
    members = members_who_ship(Membership.objects.within(row.cooperative.scope))
    portal = f"/portal/{row.cooperative.slug}/reviews/{row.pk}/"
    found = [(membership.user, portal) for membership in members.select_related("user")]
    if found:
        return found
    advisers = staff_who_may_for(StaffPermission.REVIEW_ANSWER, row.cooperative)
    staff = f"/staff/{row.programme.slug}/reviews/{row.pk}/"
    return [(adviser, staff) for adviser in advisers]


def _row(payload: Payload) -> Review:
    rows = Review.objects.crossing(Crossing.SCHEDULED_JOB).select_related(
        "cooperative__programme", "programme", "line__vendor_order__order",
        "line__vendor_order__cooperative",
    )  # fmt: skip
    found: Review = rows.get(pk=UUID(payload["aggregate_id"]))
    return found


def _facts(row: Review, order: Any, written: Format | None = None) -> dict[str, str]:
    """What sentences say of a review, in the language of the order or of ``written``."""
    language = written.language if written else order.language
    form = written or Format(order.language, order.market)
    return {
        "product": row.line.title_in(language),
        "cooperative": cooperative_name(row.line.vendor_order, language),
        "stars": form.number(row.stars),
        "words": row.text,
    }


def _key(what: str, payload: Payload) -> str:
    """Of one happening: the same event tells once, another one again."""
    moment = parse_datetime(payload["occurred_at"])
    assert moment is not None
    return f"{what}:{UUID(payload['aggregate_id']).hex[:12]}:{moment.timestamp():.3f}"
