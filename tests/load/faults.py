"""What happens when a part fails, on the Saleor at ``SALEOR_API_URL``; each run says what it saw.

Twiza runs beside it, its App behind the door of ``between.py`` (``TWIZA_APP_URL`` names the door):

``taxes``    the webhook of taxes is down before, while and after buyers pay, and very slow
             (``--forget`` makes Saleor forget the prices that it keeps).
``away``     our App hears of no order for some minutes while orders are placed, fulfilled,
             cancelled and refunded at Saleor; the worker is stopped meanwhile (``--stop``,
             ``--start`` are the commands for it). Then one sweep, and all is compared.
``slow``     each synchronous webhook takes five seconds, one by one: what the shopper saw.
``restart``  ``--stop`` and ``--start`` restart Saleor while buyers are on their way.
``token``    the App's token is ended at Saleor; ``--mend`` is the command that mends it.

    python -m tests.load.faults away --minutes 10 --stop '…' --start '…'
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Sequence

from django.conf import settings
from django.utils import timezone, translation

from catalog.models import ListingVariant
from marketplace.core.checkup import Mark
from marketplace.orders.sweeps import sweep_orders
from marketplace.payments.services.transaction_sweep import sweep_transactions
from marketplace.saleor import checks, ids, instances
from marketplace.saleor.installing import admin_client
from marketplace.saleor.models import InboxMessage
from tests.load import world
from tests.load.between import Control
from tests.load.direct import Buyer
from tests.load.order_differences import compare_orders, orders_at_saleor, our_orders
from tests.load.world import LANGUAGES, Walk, ask

LONGEST_WAIT = 180.0
ASYNCHRONOUS = (
    "order_created",
    "order_confirmed",
    "order_paid",
    "order_fully_paid",
    "order_updated",
    "order_fulfilled",
    "order_refunded",
    "order_fully_refunded",
    "order_cancelled",
    "order_expired",
    "fulfillment_created",
    "fulfillment_canceled",
    "fulfillment_tracking_number_updated",
    "product_updated",
    "product_variant_updated",
    "product_variant_stock_updated",
    "translation_updated",
    "translation_created",
)
SYNCHRONOUS = (
    "shipping_list_methods_for_checkout",
    "checkout_calculate_taxes",
    "payment_gateway_initialize_session",
    "transaction_initialize_session",
)


def told(walk: Walk) -> str:
    """What became of a buyer, in a line."""
    steps = ", ".join(f"{step} {seconds:.1f} s" for step, seconds in walk.seconds.items())
    if walk.order is not None:
        return f"order {walk.order.number} ({steps})"
    return f"stopped at {walk.step}: {walk.words or walk.error} ({steps})"


# -- taxes -------------------------------------------------------------------------------------


def taxes(door: Control, variants: Sequence[ListingVariant], forget: str, skip: int) -> None:
    """Nobody is charged without an order at the end, wherever the taxes fail.

    ``forget`` is a command that makes Saleor forget the prices which it keeps for an hour, and the
    answers which it keeps for five minutes: otherwise it would not ask again.
    """
    down = {"status": {"checkout_calculate_taxes": 503.0}}
    slow = {"delay": {"checkout_calculate_taxes": 25.0}}
    for name, orders, before in (
        ("down from the beginning", down, "begin"),
        ("down before paying", down, "pay"),
        ("down before the order is placed", down, "complete"),
        ("25 s late from the beginning", slow, "begin"),
    )[skip:]:
        print(f"\ntaxes {name}")
        door.let()
        walks = [Walk(language) for language in LANGUAGES]
        buyers = [
            Buyer(Walk("-"), [(ids.global_id(ids.VARIANT, variants[n].pk), 1)]) for n in range(3)
        ]
        _walk_until(before, walks, buyers, variants)
        door.let(**orders)
        run(forget)
        _walk_on(before, walks, buyers, variants)
        door.let()
        ended = time.monotonic()
        for walk in walks:
            print(f"  by our checkout ({walk.language}): {told(walk)}; paid: {walk.paid}")
        for buyer in buyers:
            end = f"order {buyer.order}" if buyer.order else told(buyer.walk)
            print(f"  by Saleor's own GraphQL: {end}; paid: {buyer.walk.paid}")
        _settled(walks, buyers, ended)


def _walk_until(
    step: str, walks: list[Walk], buyers: list[Buyer], variants: Sequence[ListingVariant]
) -> None:
    for place, (walk, buyer) in enumerate(zip(walks, buyers, strict=True)):
        if step != "begin":
            world.begin(walk, [(variants[place], 1)])
            buyer.begin()
        if step == "complete":
            world.pay(walk)
            buyer.pay()


def _walk_on(
    step: str, walks: list[Walk], buyers: list[Buyer], variants: Sequence[ListingVariant]
) -> None:
    for place, (walk, buyer) in enumerate(zip(walks, buyers, strict=True)):
        begun = step != "begin" or world.begin(walk, [(variants[place], 1)])
        paid = walk.paid or (begun and world.pay(walk))
        _done = paid and world.complete(walk)
        begun = step != "begin" or buyer.begin()
        paid = buyer.walk.paid or (begun and buyer.pay())
        _done = paid and buyer.complete()


def _settled(walks: list[Walk], buyers: list[Buyer], ended: float) -> None:
    """Wait until every charge has an order or is back, by Saleor's own account."""
    gids = [buyer.checkout for buyer in buyers if buyer.checkout and buyer.walk.paid]
    gids += [
        ids.global_id(ids.CHECKOUT, walk.attempt.checkout_id)
        for walk in walks
        if walk.paid and walk.attempt is not None and walk.attempt.checkout_id is not None
    ]
    waits: list[str] = []
    while gids and time.monotonic() - ended < LONGEST_WAIT:
        for gid in list(gids):
            if end := _end_of(gid):
                waits.append(f"{end} after {time.monotonic() - ended:.0f} s")
                gids.remove(gid)
        time.sleep(1)
    print(f"  charged: {len(waits) + len(gids)}; {', '.join(waits) or 'nobody'}")
    print(f"  charged, without an order and without their money: {len(gids)}")


def _end_of(checkout_gid: str) -> str:
    found = ask(
        """query($id: ID!) { checkout(id: $id) { transactions {
          chargedAmount { amount } refundedAmount { amount } } } }""",
        id=checkout_gid,
    )["checkout"]
    if found is None:
        return "an order"
    money = found["transactions"]
    return "" if any(t["chargedAmount"]["amount"] for t in money) else "refunded"


# -- away --------------------------------------------------------------------------------------


def unavailable(
    door: Control, variants: Sequence[ListingVariant], options: argparse.Namespace
) -> None:
    """Orders, and what staff does with them in the Dashboard, while our App hears nothing."""
    sweep_orders()
    sweep_transactions()
    run(options.stop)
    door.let(status=dict.fromkeys(ASYNCHRONOUS, 503.0))
    since, begun = timezone.now(), time.monotonic()
    buyers = _orders_meanwhile(variants, begun + options.minutes * 60)
    _in_the_dashboard(buyers, variants)
    while time.monotonic() < begun + options.minutes * 60:
        time.sleep(1)
    tried = [row for row in door.passed() if row["event"] in ASYNCHRONOUS]
    print(f"away {(time.monotonic() - begun) / 60:.1f} minutes: {len(buyers)} buyers, ", end="")
    print(f"{sum(bool(b.order) for b in buyers)} orders; {len(tried)} deliveries refused")
    print(f"  heard meanwhile: {InboxMessage.objects.filter(received_at__gte=since).count()}")
    orders = orders_at_saleor(since)
    print(f"  known before the sweep: {len(our_orders(orders))} of {len(orders)}")
    door.let()
    for name, sweep in (("orders", sweep_orders), ("transactions", sweep_transactions)):
        before = time.monotonic()
        done = sweep()
        print(
            f"  sweep of {name}: {done.looked_at} looked at, {done.repaired} repaired, "
            f"{time.monotonic() - before:.1f} s {done.last_error}"
        )
    compare_orders(orders)
    run(options.start)


def _orders_meanwhile(variants: Sequence[ListingVariant], until: float) -> list[Buyer]:
    buyers: list[Buyer] = []
    while len(buyers) < 24 and time.monotonic() < until - 90:
        first, second = len(buyers) % len(variants), (len(buyers) + 5) % len(variants)
        lines = [(ids.global_id(ids.VARIANT, variants[n].pk), 1 + n % 2) for n in (first, second)]
        buyer = Buyer(Walk("-"), lines)
        if not buyer.buy():
            print(f"  a buyer {told(buyer.walk)}")
        buyers.append(buyer)
        time.sleep(2)
    return buyers


def _in_the_dashboard(buyers: list[Buyer], variants: Sequence[ListingVariant]) -> None:
    """Staff fulfils, cancels and refunds, and counts a stock."""
    orders = [buyer.order for buyer in buyers if buyer.order]
    for gid in orders[:6]:
        _fulfil(gid)
    for gid in orders[6:9]:
        ask("mutation($id: ID!) { orderCancel(id: $id) { errors { code message } } }", id=gid)
    for buyer in [each for each in buyers if each.order][9:12]:
        # The store's provider gave the money back, and told Saleor.
        ask(
            """mutation($id: ID!, $amount: PositiveDecimal) { transactionEventReport(id: $id,
              type: REFUND_SUCCESS, amount: $amount, pspReference: "till-back") {
              errors { code message } } }""",
            id=buyer.transaction,
            amount=buyer.amount,
        )
    world.set_stock(variants[0], 77)


def _fulfil(gid: str) -> None:
    found = ask(
        """query($id: ID!) { order(id: $id) { lines { id quantity
          allocations { warehouse { id } } } } }""",
        id=gid,
    )["order"]
    ask(
        """mutation($id: ID!, $lines: [OrderFulfillLineInput!]!) { orderFulfill(order: $id,
          input: {lines: $lines, notifyCustomer: false}) { errors { code message } } }""",
        id=gid,
        lines=[
            {
                "orderLineId": line["id"],
                "stocks": [
                    {
                        "warehouse": line["allocations"][0]["warehouse"]["id"],
                        "quantity": line["quantity"],
                    }
                ],
            }
            for line in found["lines"]
        ],
    )


# -- slow, restart, token ----------------------------------------------------------------------


def slow(door: Control, variants: Sequence[ListingVariant], seconds: float) -> None:
    """Every synchronous webhook is late, one after the other."""
    for place, event in enumerate(["", *SYNCHRONOUS]):
        door.let(**({"delay": {event: seconds}} if event else {}))
        door.passed()
        walk = world.buy("fr", [(variants[place], 1)])
        asked = [row["seconds"] for row in door.passed() if row["event"] == event]
        print(f"{event or 'nothing'} {seconds} s late: {told(walk)}; asked {len(asked)} times")
    door.let()
    for event in SYNCHRONOUS:
        door.let(status={event: 503.0})
        walk = world.buy("fr", [(variants[6], 2)])
        print(f"{event} down: {told(walk)}")
    door.let()


def restart(variants: Sequence[ListingVariant], options: argparse.Namespace) -> None:
    """Saleor goes away between two steps of each buyer, and comes back."""
    walks = [Walk(language) for language in LANGUAGES]
    world.begin(walks[1], [(variants[1], 1)])
    _begun = world.begin(walks[2], [(variants[2], 1)]) and world.pay(walks[2])
    run(options.stop)
    world.begin(walks[0], [(variants[0], 1)])
    world.pay(walks[1])
    world.complete(walks[2])
    for walk, what in zip(walks, ("begin", "pay", "complete"), strict=True):
        print(f"Saleor away when she wants to {what}: {told(walk)}")
    run(options.start)
    _until_answering()
    for place, walk in enumerate(walks):
        walk.error = walk.words = ""
        begun = (walk.attempt is not None) or world.begin(walk, [(variants[place], 1)])
        paid = begun and (walk.paid or world.pay(walk))
        _done = paid and world.complete(walk)
        print(f"after it came back: {told(walk)}")


def token(variants: Sequence[ListingVariant], options: argparse.Namespace) -> None:
    """The token is ended by an administrator; what the shopper and the doctor say; mended."""
    admin = admin_client(os.environ["SALEOR_ADMIN_EMAIL"], os.environ["SALEOR_ADMIN_PASSWORD"])
    app_id = instances.current().app_id
    found = admin.app_tokens(app_id).app
    for each in (found.tokens if found else None) or []:
        admin.delete_app_token(each.id)
    print(f"without a token: {told(world.buy('fr', [(variants[0], 1)]))}")
    doctor()
    run(options.mend)
    print(f"mended: {told(world.buy('fr', [(variants[0], 1)]))}")
    doctor()


def _until_answering() -> None:
    begun = time.monotonic()
    while time.monotonic() - begun < 240:
        try:
            ask("query { shop { name } }")
        except Exception:  # noqa: BLE001 -- whatever it says, it is not back
            time.sleep(2)
        else:
            print(f"Saleor answers again after {time.monotonic() - begun:.0f} s")
            return
    sys.exit("Saleor did not come back.")


def doctor() -> None:
    """What the doctor finds wrong of Saleor."""
    for check in (checks.installation, checks.app, checks.store):
        for finding in check():
            if finding.mark != Mark.GOOD:
                print(f"  doctor: {finding.words} {finding.remedy}")


def run(command: str) -> None:
    """A command of whoever runs this; it may start a Saleor, which is a Django of its own."""
    if command:
        settings_apart = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
        subprocess.run(command, shell=True, check=True, env=settings_apart)


def main() -> None:
    """Run the faults that are asked for."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("what", choices=["taxes", "away", "slow", "restart", "token"])
    wanted.add_argument("--minutes", type=float, default=10)
    wanted.add_argument("--seconds", type=float, default=5)
    wanted.add_argument("--skip", type=int, default=0, help="begin with a later way of failing")
    for command in ("--stop", "--start", "--mend", "--forget"):
        wanted.add_argument(command, default="")
    options = wanted.parse_args()
    variants = world.make_world()
    world.in_stock(variants)
    translation.activate(settings.BASE_LANGUAGE)
    door = Control(settings.APP_URL)
    {
        "taxes": lambda: taxes(door, variants, options.forget, options.skip),
        "away": lambda: unavailable(door, variants, options),
        "slow": lambda: slow(door, variants, options.seconds),
        "restart": lambda: restart(variants, options),
        "token": lambda: token(variants, options),
    }[options.what]()


if __name__ == "__main__":
    main()
