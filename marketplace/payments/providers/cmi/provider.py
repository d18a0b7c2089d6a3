"""Cards by CMI: a signed form leads to its page, its signed callback says what came of it."""

from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.core.money import Money
from marketplace.payments.checkouts import Payable
from marketplace.payments.errors import AmountNotPossible, PaymentRefused
from marketplace.payments.models import ExternalPayment, Method, Payment, ProviderNotification
from marketplace.payments.providers.base import Answer, Shown
from marketplace.payments.providers.cmi.hashing import hash_of
from marketplace.payments.providers.manual_refunds import record_manual_refund
from marketplace.payments.providers.return_addresses import ours

CURRENCY, CURRENCY_NUMBER = "MAD", "504"
LANGUAGES = {"ar", "fr", "en"}
APPROVED, DECLINED = "approved", "declined"


class Cmi:
    """Moroccan and foreign cards, in dirhams."""

    name: ClassVar[str] = "cmi"
    method: ClassVar[str] = Method.CARD
    is_external: ClassVar[bool] = True
    shown: ClassVar[Shown] = Shown(
        title=_("Card"),
        note=_("On the bank's page. Charged now and held until each parcel has arrived."),
        icon="credit-card",
        page="hosted",
    )

    def missing(self) -> list[str]:
        """The settings that are not set."""
        wanted = ("CMI_CLIENT_ID", "CMI_STORE_KEY", "CMI_GATEWAY_URL")
        return [f"TWIZA_{name}" for name in wanted if not getattr(settings, name)]

    def page_policy(self) -> dict[str, list[str]]:
        """The form leads to CMI."""
        there = urlsplit(settings.CMI_GATEWAY_URL)
        return {"form-action": [f"{there.scheme}://{there.netloc}"]}

    def page_data(self, amount: Money) -> dict[str, str]:
        """Nothing of CMI's runs in our page."""
        del amount
        return {}

    def check(self, payable: Payable) -> None:
        if payable.currency != CURRENCY:
            raise AmountNotPossible

    def start(self, payment: Payment, data: dict[str, Any]) -> Answer:
        external, _made = ExternalPayment.objects.update_or_create(
            payment=payment,
            defaults={"reference": oid(payment), "return_url": ours(data.get("return_url"))},
        )
        answer = self.fetch_status(payment)
        if answer.result == "CHARGE_ACTION_REQUIRED":
            fields = _form(external, data)
            answer.data["redirect"] = {
                "method": "POST",
                "url": settings.CMI_GATEWAY_URL,
                "fields": fields,
            }
        return answer

    def continue_payment(self, payment: Payment, data: dict[str, Any]) -> Answer:
        """The buyer is back: the callback has told, or has not come yet."""
        del data
        answer = self.fetch_status(payment)
        if answer.result == "CHARGE_ACTION_REQUIRED" and _told(payment, DECLINED):
            raise PaymentRefused
        return answer

    def fetch_status(self, payment: Payment) -> Answer:
        if _told(payment, APPROVED):
            return Answer("CHARGE_SUCCESS", _amount(payment), actions=("REFUND",))
        return Answer("CHARGE_ACTION_REQUIRED", _amount(payment))

    def abandon(self, payment: Payment) -> Answer:
        """From now on a callback is answered without debiting the card."""
        found = self.fetch_status(payment)
        if found.result == "CHARGE_SUCCESS":
            return found
        return Answer("CHARGE_FAILURE", _amount(payment), message="given_up")

    def charge(self, payment: Payment, amount: Money) -> Answer:
        del payment
        return Answer("CHARGE_SUCCESS", amount, actions=("REFUND",))

    def refund(self, payment: Payment, amount: Money, *, key: str) -> Answer:
        """By staff, in CMI's back office; they say here when it is done."""
        return record_manual_refund(payment, amount, key=key)

    def cancel(self, payment: Payment, amount: Money) -> Answer:
        del amount
        return Answer("CANCEL_SUCCESS", _amount(payment))


def oid(payment: Payment) -> str:
    """The order's number at CMI: one for each try, so that none is mistaken for another."""
    return str(payment.pk.hex)


def _form(external: ExternalPayment, data: dict[str, Any]) -> dict[str, str]:
    """The fields of CMI's form, signed. The buyer's name and mail are not handed on."""
    language = str(data.get("language"))
    home = settings.PUBLIC_URL
    back = home + reverse("payments:cmi-back", kwargs={"oid": external.reference})
    fields = {
        "clientid": settings.CMI_CLIENT_ID,
        "storetype": "3D_PAY_HOSTING",
        "trantype": "PreAuth",
        "amount": f"{_amount(external.payment).decimal:.2f}",
        "currency": CURRENCY_NUMBER,
        "oid": external.reference,
        "okUrl": back,
        "failUrl": back,
        "shopurl": home,
        "callbackUrl": home + reverse("payments:cmi-callback"),
        "CallbackResponse": "true",
        "AutoRedirect": "true",
        "refreshtime": "5",
        "lang": language if language in LANGUAGES else "fr",
        "rnd": external.pk.hex,
        "hashAlgorithm": "ver3",
        "encoding": "UTF-8",
    }
    return fields | {"HASH": hash_of(fields, settings.CMI_STORE_KEY)}


def _told(payment: Payment, kind: str) -> bool:
    told = ProviderNotification.objects.filter(provider=Cmi.name, subject=oid(payment), kind=kind)
    return told.exists()


def _amount(payment: Payment) -> Money:
    return Money(payment.amount_minor, payment.currency)
