"""The fake's memory: objects by id, the balance by currency, events in order."""

import itertools
import json
import time
from collections import defaultdict
from typing import Any

Thing = dict[str, Any]

FEE_BASIS_POINTS = 290
FEE_FIXED = 30
DISPUTE_FEE = 1500
WITHOUT_MODE = {"account", "balance_transaction", "refund", "transfer_reversal"}
WITHOUT_METADATA = {"balance_transaction"}


class Refused(Exception):
    """An error answer of Stripe's."""

    def __init__(
        self,
        message: str,
        *,
        code: str = "",
        kind: str = "invalid_request_error",
        status: int = 400,
    ) -> None:
        self.status = status
        self.error = {"type": kind, "message": message, **({"code": code} if code else {})}
        super().__init__(message)


class Books:
    """What this account of Stripe holds."""

    def __init__(self) -> None:
        self.things: dict[str, Thing] = {}
        self.available: dict[str, int] = defaultdict(int)
        self.events: list[Thing] = []
        self._ids = itertools.count(1)

    def new_id(self, prefix: str) -> str:
        return f"{prefix}_fake{next(self._ids):06d}"

    def add(self, kind: str, prefix: str, **fields: Any) -> Thing:
        """A new object with what all of them have."""
        thing = {"id": self.new_id(prefix), "object": kind, "created": int(time.time()), **fields}
        if kind not in WITHOUT_MODE:
            thing["livemode"] = False
        if kind not in WITHOUT_METADATA:
            thing.setdefault("metadata", {})
        self.things[thing["id"]] = thing
        return thing

    def get(self, kind: str, key: str) -> Thing:
        found = self.things.get(key)
        if found is None or found["object"] != kind:
            raise Refused(f"No such {kind}: '{key}'", code="resource_missing", status=404)
        return found

    def all_of(self, kind: str) -> list[Thing]:
        """Newest first, as Stripe lists."""
        return [t for t in reversed(self.things.values()) if t["object"] == kind]

    def happened(self, kind: str, thing: Thing) -> Thing:
        """An event with the object as it is now."""
        event = {
            "id": self.new_id("evt"),
            "object": "event",
            "api_version": "2026-03-25",
            "created": int(time.time()),
            "data": {"object": json.loads(json.dumps(thing))},
            "livemode": False,
            "pending_webhooks": 1,
            "request": {"id": None, "idempotency_key": None},
            "type": kind,
        }
        self.events.append(event)
        return event

    def move(self, kind: str, source: str, amount: int, currency: str, *, fee: int = 0) -> Thing:
        """A movement of the balance, available at once."""
        self.available[currency] += amount - fee
        now = int(time.time())
        details = [{"amount": fee, "application": None, "currency": currency,
                    "description": "Stripe processing fees", "type": "stripe_fee"}]  # fmt: skip
        return self.add(
            "balance_transaction", "txn",
            amount=amount, available_on=now, balance_type="payments", currency=currency,
            description=None, exchange_rate=None, fee=fee, fee_details=details if fee else [],
            net=amount - fee, reporting_category=kind, source=source, status="available", type=kind,
        )  # fmt: skip


def listed(url: str, things: list[Thing], asked: Thing) -> Thing:
    """One page of a list, newest first."""
    paging = {"limit", "starting_after", "ending_before", "expand", "created"}
    wanted = {name: value for name, value in asked.items() if name not in paging}
    found = [t for t in things if all(str(t.get(name)) == value for name, value in wanted.items())]
    if after := asked.get("starting_after"):
        places = [place for place, thing in enumerate(found) if thing["id"] == after]
        found = found[places[0] + 1 :] if places else []
    limit = int(asked.get("limit", 10))
    return {
        "object": "list", "url": url, "has_more": len(found) > limit, "data": found[:limit],
    }  # fmt: skip
