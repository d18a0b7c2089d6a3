"""Of every order, whatever its state, method, market and language: page and mails say what is so.

The words of each language stand here, so that a new text is held to the same rules. Each state and
method is read in every market and in every language, and in all languages of Morocco (which has an
Arabic of its own) and the Arabic of Egypt (whose digits are others). In the other markets it is
read in one language, another one from market to market; ``TWIZA_READINGS=all`` reads all in all.
"""

import os
import re
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.test import Client

from catalog.markets import MARKETS, market_of
from marketplace.core.formats import Format
from marketplace.orders import buyer_mails as orders
from marketplace.orders.models import Order, Parcel
from marketplace.orders.services import mails, tracking_links
from marketplace.orders.services.tell_of_late import tell_of_late_parcels
from marketplace.payments import buyer_mails as payments
from marketplace.payments import services
from marketplace.payments.models import Refund
from tests.factories.told_orders import LONG_PAST, PLACED, REFUNDED, TOTAL, Case, cases, make_order
from tests.factories.vendors import make_cooperative, make_programme
from vendors.models import Cooperative
from vendors.scoping import Crossing

pytestmark = pytest.mark.django_db

LANGUAGES = ("ar", "fr", "en")
ZONES = {
    "ma": "Africa/Casablanca", "eg": "Africa/Cairo", "tn": "Africa/Tunis",
    "sn": "Africa/Dakar", "jo": "Asia/Amman", "eu": "Europe/Paris",
}  # fmt: skip
ALL_CASES = tuple(cases())
ALL_READINGS = os.environ.get("TWIZA_READINGS") == "all"
# Words or digits that no other market has: everything is read there.
ITS_OWN = {("ma", "ar"), ("ma", "fr"), ("ma", "en"), ("eg", "ar")}
NOON = time(12)
# What denies is taken out first: "nothing was charged" claims no payment.
DENIALS = {
    "en": r"nothing (was|has been) (paid|charged)( yet)?|there is nothing to pay|to be paid on "
    r"delivery|is not paid before|did not arrive in time|it has not arrived|has not arrived yet",
    "fr": r"rien n’a été (payé|débité)|il n’y a rien à payer|à payer à la livraison|n’est pas payée"
    r" avant|n’est pas arrivé à temps|il n’est pas arrivé|n’est pas encore arrivé|"
    r"si votre carte a été débitée",
    "ar": r"لم يُخصم شيء( قبل ذلك)?|لم يُؤدَّ شيء|وليس عليكم أداء شيء|"
    r"لا تتوصّل التعاونية بالمبلغ قبل وصول\S*( الطرد)?|لم يصل التحويل البنكي في الأجل|لم يصل|"
    r"لم يُدفع شيء|وليس عليكم دفع شيء|لا تتلقّى التعاونية المبلغ قبل وصول\S*( الطرد)?",
}
PAID = {
    "en": r"and paid|you paid|is held|are paid|was charged",
    "fr": r"et payée|vous avez payé|conservé\b|sont payées|débité",
    "ar": r"وأُدّي|ودُفع|المبلغ محفوظ|أدّيتم|دفعتم|تتوصّل التعاونيات|تتلقّى التعاونيات",
}
CASH = {
    "en": r"courier|\bcash\b|on delivery",
    "fr": r"livreur|espèces|à la livraison",
    "ar": r"للموزّع|الموزّع|مندوب التوصيل|نقدا|عند التسليم|عند الاستلام",
}
TRANSFER = {"en": r"transfer", "fr": r"virement|virez", "ar": r"تحويل|حوّلوا"}
ARRIVAL = {
    "en": r"arriv|until you receive|will send|are sent",
    "fr": r"arriv|réception|à venir",
    "ar": r"يصل|تصل|وصول|وصل",
}
BROKEN = re.compile(r"%\(|\{\{|\bNone\b|Torn\b.*Torn\b.*Torn")


@pytest.fixture
def cooperative(settings: Any) -> Cooperative:
    settings.BANK_ACCOUNTS = ";".join(
        f"{market.currency}=011810000012345678901242|Tajriba|Banque" for market in MARKETS
    )
    return make_cooperative(make_programme())


def cases_of(code: str) -> list[Case]:
    """What there is in a market: cash only where it is one country."""
    in_cash = market_of(code).is_one_country
    return [case for case in ALL_CASES if in_cash or case.method != "cod"]


def cases_read(code: str, language: str) -> list[Case]:
    """What is read in a market's language: all cases where it has words or digits of its own."""
    if ALL_READINGS or (code, language) in ITS_OWN:
        return cases_of(code)
    turn = sorted(ZONES).index(code) + LANGUAGES.index(language)
    mine = ALL_CASES[turn % len(LANGUAGES) :: len(LANGUAGES)]
    return [case for case in cases_of(code) if case in mine]


def claims(text: str, language: str, words: dict[str, str]) -> list[str]:
    """What a text says by these words, denials left out."""
    bare = re.sub(DENIALS[language], " ", text, flags=re.IGNORECASE)
    return [found.group() for found in re.finditer(words[language], bare, flags=re.IGNORECASE)]


def page_of(order: Order, language: str) -> str:
    token = tracking_links.issue_link(order=order)
    path = f"/{order.market}/{language}/orders/{token}/"
    html = Client().get(path + "?new=1").content.decode()
    return text_of(html.partition("<main")[2].partition("</main>")[0])


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html)).replace("&#x27;", "'")


def mails_of(order: Order) -> list[str]:
    """All mails that an order in this state may send, each as its subject and both bodies."""
    mail.outbox.clear()
    mails.confirm_to_buyer(order)
    services.mail_transfer_instructions(order_id=order.pk)
    for parcel in Parcel.objects.crossing(Crossing.POLICY).filter(vendor_order__order=order):
        mails.announce_parcel(parcel)
        orders.on_parcel_delivered({"parcel_id": str(parcel.pk), "evidence": "time_out"})
    told = {"order_id": str(order.pk)}
    if order.was_charged:
        amount = {"amount_minor": order.total_minor, "currency": order.currency}
        orders.on_payment_captured({**told, "method": order.payment_method, **amount})
    orders.on_vendor_order_cancelled(told)
    for refund in Refund.objects.crossing(Crossing.POLICY).filter(order_id=order.pk, state="made"):
        payments.on_refund_made({**told, "refund_id": str(refund.pk)})
    tell_of_late_parcels(now=datetime.combine(LONG_PAST + timedelta(days=1), NOON, tzinfo=UTC))
    found = []
    for sent in mail.outbox:
        assert sent.to == [order.email]
        html = " ".join(str(body) for body, _kind in getattr(sent, "alternatives", ()))
        found.append(text_of(f"{sent.subject} {sent.body} {html}"))
    return found


def other_digits(text: str, written: Format) -> list[str]:
    """Numbers in another system of digits; codes with Latin letters or dashes may have theirs."""
    bare = re.sub(r"\S*[A-Za-z]\S*|\S*[0-9]-[0-9]\S*|&\S+;", " ", text)
    digits = "[0-9]" if written.digits == "arab" else "[٠-٩]"
    return re.findall(rf"\S*{digits}\S*", bare)


def broken_rules(text: str, case: Case, language: str, market: str) -> list[str]:
    """What a page or mail says that is not so; the reader's language decides the words."""
    wrong = []
    paid = claims(text, language, PAID)
    if case.method != "cod" and not case.is_paid and paid:
        wrong.append(f"says {paid}, and nothing was paid")
    if case.method == "cod" and case.state not in {"delivered", "sent_back", "part_refunded"}:
        wrong += [f"says {paid} of cash"] if paid else []
    if case.method != "cod" and (cash := claims(text, language, CASH)):
        wrong.append(f"says {cash} of {case.method}")
    if case.method != "bank" and (transfer := claims(text, language, TRANSFER)):
        wrong.append(f"says {transfer} of {case.method}")
    if case.is_over and (arrival := claims(text, language, ARRIVAL)):
        wrong.append(f"says {arrival} of what is {case.state}")
    if mixed := other_digits(text, Format(language, market)):
        wrong.append(f"mixes digits: {mixed}")
    if BROKEN.search(text):
        wrong.append("has a gap")
    return wrong


def test_every_combination_is_there() -> None:
    assert {market.code for market in MARKETS} == set(ZONES)
    assert {case.method for case in ALL_CASES} == {"card", "cod", "bank"}
    assert len(ALL_CASES) > 35
    for code in ZONES:
        found = [case for language in LANGUAGES for case in cases_read(code, language)]
        assert set(found) == set(cases_of(code))
    for language in LANGUAGES:
        abroad = [case for code in ZONES if code != "ma" for case in cases_read(code, language)]
        assert set(abroad) == set(ALL_CASES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", sorted(ZONES))
def test_page_and_mails_say_what_is_so(code: str, language: str, cooperative: Cooperative) -> None:
    market, wrong = market_of(code), []
    for case in cases_read(code, language):
        order = make_order(case, market, language, cooperative)
        for text in (page_of(order, language), *mails_of(order)):
            wrong += [(case, rule, text) for rule in broken_rules(text, case, language, code)]
    assert not wrong, wrong[:3]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", sorted(ZONES))
def test_hours_and_amounts_are_those_of_the_market(
    code: str, language: str, cooperative: Cooperative
) -> None:
    market = market_of(code)
    written, zone = Format(language, code), ZoneInfo(ZONES[code])
    for state, method, refund in (("delivered", "bank", 0), ("part_refunded", "card", REFUNDED)):
        order = make_order(Case(state, method, is_paid=True), market, language, cooperative)
        text = page_of(order, language)

        assert text_of(written.moment(PLACED, zone=zone)) in text
        amounts = (TOTAL, refund, TOTAL - refund) if refund else (TOTAL,)
        for amount in amounts:
            assert text_of(written.money(amount, market.currency)) in text
        if refund:
            assert "Broken on arrival" in text


def test_an_address_of_another_market_shows_the_orders_own_hours(cooperative: Cooperative) -> None:
    order = make_order(Case("sent", "card", is_paid=True), market_of("eg"), "fr", cooperative)
    token = tracking_links.issue_link(order=order)

    text = text_of(Client().get(f"/sn/fr/orders/{token}/").content.decode())

    assert text_of(Format("fr", "eg").moment(PLACED, zone=ZoneInfo("Africa/Cairo"))) in text


def test_markets_keep_their_own_clocks() -> None:
    assert {market.code: market.time_zone for market in MARKETS} == ZONES
