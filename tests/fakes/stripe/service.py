"""The fake's HTTP door: routes, idempotency keys, failures on demand, signed webhooks."""

import hashlib
import hmac
import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

import stripe
from tests.fakes.stripe import buyers, programme, shop
from tests.fakes.stripe.books import Books, Refused, Thing, listed

SECRET = "whsec_fake"
Handler = Callable[[Thing, Mapping[str, str]], Thing]
KINDS = {
    "payment_intents": "payment_intent",
    "charges": "charge",
    "checkout/sessions": "checkout.session",
    "refunds": "refund",
    "balance_transactions": "balance_transaction",
    "transfers": "transfer",
    "accounts": "account",
    "payouts": "payout",
    "disputes": "dispute",
}


@dataclass
class Failure:
    """The next call whose method and path match fails, before or after it was done."""

    method: str
    path: str
    done: bool
    status: int


@dataclass(frozen=True)
class Call:
    """A request as it came."""

    method: str
    path: str
    asked: Thing
    key: str
    headers: Mapping[str, str]


class FakeStripe(stripe.HTTPClient):
    """See the package."""

    name = "fake"

    def __init__(self) -> None:
        super().__init__()
        self.books = Books()
        self.calls: list[Call] = []
        self._responses: dict[str, tuple[str, str, int]] = {}
        self._failures: list[Failure] = []

    # -- As Stripe's door --------------------------------------
    def request(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str] | None,
        post_data: Any = None,
        **_more: Any,
    ) -> tuple[str, int, Mapping[str, str]]:
        """Answer as Stripe does."""
        parts = urlsplit(url)
        text = str(post_data or "") if method == "post" else parts.query
        given = {name.lower(): value for name, value in (headers or {}).items()}
        key = given.get("idempotency-key", "")
        call = Call(method, parts.path.removeprefix("/v1/"), read_form(text), key, given)
        self.calls.append(call)
        failure = next((f for f in self._failures if self._meets(f, call)), None)
        if failure:
            self._failures.remove(failure)
            if not failure.done:
                return self._break(failure)
        answer = self._remembered(call)
        return self._break(failure) if failure else answer

    def close(self) -> None:
        """Nothing is open."""

    # -- For tests --------------------------------------
    @property
    def events(self) -> list[Thing]:
        """What happened, in order."""
        return self.books.events

    def fail(self, method: str, path: str, *, done: bool, status: int = 0) -> None:
        """Break the next such call; without a status the connection dies."""
        self._failures.append(Failure(method, path, done, status))

    def fund(self, amount: int, currency: str) -> None:
        """Money in the balance from elsewhere."""
        self.books.move("adjustment", "test", amount, currency)

    def add_account(self, country: str = "FR", *, transfers: str = "active") -> str:
        """A connected account; its id."""
        return str(programme.make_account(self.books, country=country, transfers=transfers)["id"])

    def pay(self, intent_id: str, card: str = buyers.VISA) -> Thing:
        return buyers.pay(self.books, self.books.get("payment_intent", intent_id), card)

    def authenticate(self, intent_id: str, *, succeed: bool = True) -> Thing:
        intent = self.books.get("payment_intent", intent_id)
        return buyers.authenticate(self.books, intent, succeed=succeed)

    def pay_session(self, session_id: str, card: str = buyers.VISA) -> Thing:
        """The buyer pays on Stripe's own page."""
        session = self.books.get("checkout.session", session_id)
        intent = buyers.pay(self.books, shop.intent_of(self.books, session), card)
        if intent["status"] == "requires_action":
            intent = buyers.authenticate(self.books, intent, succeed=True)
        if intent["status"] == "succeeded":
            session.update(status="complete", payment_status="paid", url=None)
            self.books.happened("checkout.session.completed", session)
        return session

    def dispute(self, charge_id: str) -> Thing:
        return buyers.dispute(self.books, self.books.get("charge", charge_id))

    def decide(self, dispute_id: str, *, won: bool) -> Thing:
        return buyers.decide(self.books, self.books.get("dispute", dispute_id), won=won)

    def fail_refund(self, refund_id: str) -> Thing:
        return shop.fail_refund(self.books, self.books.get("refund", refund_id))

    def pay_out(self, amount: int, currency: str) -> Thing:
        return programme.pay_out(self.books, amount, currency)

    def return_payout(self, payout_id: str) -> Thing:
        return programme.return_payout(self.books, self.books.get("payout", payout_id))

    def deliver(
        self, event: Thing, *, secret: str = SECRET, at: int | None = None
    ) -> tuple[bytes, str]:
        """The body of an event's webhook and its ``Stripe-Signature``."""
        body = json.dumps(event).encode()
        moment = int(time.time()) if at is None else at
        signed = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256)
        return body, f"t={moment},v1={signed.hexdigest()}"

    def keys(self, path: str) -> list[str]:
        """The idempotency keys of the posts to a path, in order."""
        return [c.key for c in self.calls if c.method == "post" and c.path == path]

    # -- Inside --------------------------------------
    def _meets(self, failure: Failure, call: Call) -> bool:
        return call.method == failure.method and re.fullmatch(failure.path, call.path) is not None

    def _break(self, failure: Failure) -> tuple[str, int, Mapping[str, str]]:
        if not failure.status:
            raise stripe.APIConnectionError("the connection died", should_retry=True)
        error = {"error": {"type": "api_error", "message": "Something went wrong"}}
        return json.dumps(error), failure.status, {"request-id": "req_fake"}

    def _remembered(self, call: Call) -> tuple[str, int, Mapping[str, str]]:
        if call.method != "post" or not call.key:
            return self._answer(call)
        same = json.dumps([call.path, call.asked], sort_keys=True)
        if known := self._responses.get(call.key):
            if known[0] != same:
                refused = Refused(
                    "Keys for idempotent requests can only be used with the same parameters they "
                    "were first used with.",
                    kind="idempotency_error",
                )
                return self._error(refused)
            return known[1], known[2], {"request-id": "req_fake", "Idempotent-Replayed": "true"}
        body, status, headers = self._answer(call)
        self._responses[call.key] = (same, body, status)
        return body, status, headers

    def _answer(self, call: Call) -> tuple[str, int, Mapping[str, str]]:
        try:
            found = self._route(call)
        except Refused as refused:
            return self._error(refused)
        asked = call.asked.get("expand") or []
        return json.dumps(self._shown(found, asked)), 200, {"request-id": "req_fake"}

    def _error(self, refused: Refused) -> tuple[str, int, Mapping[str, str]]:
        return json.dumps({"error": refused.error}), refused.status, {"request-id": "req_fake"}

    def _route(self, call: Call) -> Thing:  # noqa: PLR0911 -- a table of addresses
        books, asked = self.books, call.asked
        if call.method == "get":
            return self._read(call)
        match call.path.split("/"):
            case ["payment_intents"]:
                return shop.make_intent(books, asked)
            case ["payment_intents", key, "cancel"]:
                return shop.cancel_intent(books, books.get("payment_intent", key))
            case ["checkout", "sessions"]:
                return shop.make_session(books, asked)
            case ["checkout", "sessions", key, "expire"]:
                return shop.expire_session(books, books.get("checkout.session", key))
            case ["refunds"]:
                return shop.make_refund(books, asked)
            case ["transfers"]:
                return programme.make_transfer(books, asked)
            case ["transfers", key, "reversals"]:
                return programme.reverse_transfer(books, books.get("transfer", key), asked)
        raise Refused(f"Unrecognized request URL ({call.path})", status=404)

    def _read(self, call: Call) -> Thing:
        if call.path == "balance":
            return programme.balance(self.books)
        if call.path == "account":
            return programme.platform()
        if call.path.startswith("country_specs/"):
            return programme.country_spec(call.path.rpartition("/")[2])
        if call.path in KINDS:
            things = self.books.all_of(KINDS[call.path])
            return listed(f"/v1/{call.path}", things, call.asked)
        folder, _, key = call.path.rpartition("/")
        if key == "reversals":
            transfer = self.books.get("transfer", folder.rpartition("/")[2])
            return listed(f"/v1/{call.path}", transfer["reversals"]["data"], call.asked)
        if folder in KINDS:
            return self.books.get(KINDS[folder], key)
        raise Refused(f"Unrecognized request URL ({call.path})", status=404)

    def _shown(self, thing: Thing, expand: list[str]) -> Thing:
        """Without what is the fake's own, and with what was asked to be whole."""
        shown = {name: value for name, value in thing.items() if not name.startswith("_")}
        if shown.get("object") == "list":
            within = [path.removeprefix("data.") for path in expand]
            shown["data"] = [self._shown(item, within) for item in shown["data"]]
            return shown
        for path in expand:
            first, _, rest = path.partition(".")
            value = shown.get(first)
            if isinstance(value, dict):
                shown[first] = self._shown(value, [rest] if rest else [])
            elif value in self.books.things:
                shown[first] = self._shown(self.books.things[value], [rest] if rest else [])
        return shown


def read_form(text: str) -> Thing:
    """Stripe's nested form: ``a[b]=1&c[0][d]=2``."""
    found: Thing = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        path = re.findall(r"[^\[\]]+", name)
        place = found
        for step in path[:-1]:
            place = place.setdefault(step, {})
        place[path[-1]] = value
    return _lists(found)


def _lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if value and all(name.isdigit() for name in value):
        return [_lists(value[name]) for name in sorted(value, key=int)]
    return {name: _lists(item) for name, item in value.items()}


def use(monkeypatch: pytest.MonkeyPatch, fake: stripe.HTTPClient) -> None:
    """Let our client of Stripe speak to ``fake`` for the length of a test."""
    monkeypatch.setattr("marketplace.payments.providers.stripe.client.http_client", lambda: fake)
