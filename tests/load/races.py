"""Twenty buyers race for the last unit, again and again, on the Saleor at ``SALEOR_API_URL``.

Twiza's web process and worker must run beside it. Four kinds of race:

``reserved``  all go the whole way at once; the checkout reserves, so losers are refused early.
``lapsed``    nobody's reservation holds (as after its minutes), all have paid, all complete.
``counted``   all have reserved and paid, then staff counts one unit on the category.
``direct``    as ``reserved``, by Saleor's own GraphQL alone.

Prints, for each kind: orders kept, what losers were told, and how long charged losers waited for
their money.

    python -m tests.load.races --rounds 50 --kind reserved
"""

import argparse
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.conf import settings

from catalog.models import ListingVariant
from marketplace.orders.models import Order, VendorOrderLine, VendorOrderState
from marketplace.saleor import ids
from tests.load import world
from tests.load.direct import Buyer
from tests.load.world import LANGUAGES, Walk, ask
from vendors.scoping import Crossing

LONGEST_WAIT = 150.0


@dataclass
class Tally:
    """What a kind of race came to."""

    kept: Counter[int] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)
    untold: int = 0
    charged_losers: int = 0
    waits: list[float] = field(default_factory=list)
    never: int = 0
    seconds: list[float] = field(default_factory=list)


def together(acts: Sequence[Callable[[], object]]) -> None:
    """Run all at once, each in a thread of its own."""
    gate = threading.Barrier(len(acts))

    def one(act: Callable[[], object]) -> None:
        gate.wait()
        try:
            act()
        finally:
            world.forget_connections()

    threads = [threading.Thread(target=one, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def reserved(walks: list[Walk], variant: ListingVariant) -> None:
    """All at once, from the basket to the order."""
    _shelve(variant, 1)

    def whole(walk: Walk) -> None:
        _done = world.begin(walk, [(variant, 1)]) and world.pay(walk) and world.complete(walk)

    together([lambda w=walk: whole(w) for walk in walks])  # type: ignore[misc]


def lapsed(walks: list[Walk], variant: ListingVariant) -> None:
    """All have paid for what nobody keeps for them."""
    _shelve(variant, 1)
    _reserve_for(None)
    try:
        _paid(walks, variant)
    finally:
        _reserve_for(settings.BASKET_RESERVATION_MINUTES)
    together([lambda w=walk: w.paid and world.complete(w) for walk in walks])  # type: ignore[misc]


def counted(walks: list[Walk], variant: ListingVariant) -> None:
    """All have reserved and paid; then there is one only."""
    _shelve(variant, len(walks))
    _paid(walks, variant)
    _shelve(variant, 1)
    together([lambda w=walk: w.paid and world.complete(w) for walk in walks])  # type: ignore[misc]


def _paid(walks: list[Walk], variant: ListingVariant) -> None:
    for first in range(0, len(walks), 5):
        together(
            [
                lambda w=walk: world.begin(w, [(variant, 1)]) and world.pay(w)  # type: ignore[misc]
                for walk in walks[first : first + 5]
            ]
        )


def _shelve(variant: ListingVariant, free: int) -> None:
    """So many units are free to sell, and our page of the listing knows it."""
    world.set_stock(variant, world.allocated(variant) + free)
    time.sleep(2)


def _reserve_for(minutes: int | None) -> None:
    ask(
        """mutation($m: Int) { shopSettingsUpdate(input: {
          reserveStockDurationAnonymousUser: $m, reserveStockDurationAuthenticatedUser: $m})
          { errors { message } } }""",
        m=minutes,
    )


def direct(walks: list[Walk], variant: ListingVariant) -> None:
    """Without our checkout: what any shop in front of Saleor would ask."""
    _shelve(variant, 1)
    gid = ids.global_id(ids.VARIANT, variant.pk)
    together([Buyer(walk, [(gid, 1)]).buy for walk in walks])


KINDS = {"reserved": reserved, "lapsed": lapsed, "counted": counted, "direct": direct}


def race(kind: str, variant: ListingVariant, buyers: int, tally: Tally) -> None:
    """One race, and what came of it."""
    before = world.allocated(variant)
    walks = [Walk(LANGUAGES[place % 3]) for place in range(buyers)]
    begun = time.monotonic()
    KINDS[kind](walks, variant)
    ended = time.monotonic()
    tally.seconds.append(ended - begun)
    charged = [w for w in walks if w.attempt and w.paid and w.order is None]
    tally.charged_losers += len(charged)
    tally.told.update(
        f"{w.step}: {w.error}" for w in walks if w.order is None and (w.error or kind == "direct")
    )
    won = world.orders_of(walks)
    tally.untold += sum(1 for w in walks if w.order is None and not w.words and kind != "direct")
    _wait_for_money(charged, ended, tally)
    tally.kept[_kept(variant, won, before, kind)] += 1
    _clear(variant)


def _wait_for_money(charged: list[Walk], ended: float, tally: Tally) -> None:
    waiting = list(charged)
    while waiting and time.monotonic() - ended < LONGEST_WAIT:
        time.sleep(0.5)
        for walk in list(waiting):
            assert walk.attempt is not None
            money = world.transactions_of(walk.attempt)
            if money and all(t["chargedAmount"]["amount"] == 0 for t in money):
                tally.waits.append(time.monotonic() - ended)
                waiting.remove(walk)
            elif Order.objects.filter(pk=walk.attempt.order_id).exists():
                waiting.remove(walk)  # it became an order after all
    tally.never += len(waiting)


def _kept(variant: ListingVariant, won: set[object], before: int, kind: str) -> int:
    """Orders for the unit that stand: not cancelled, not marked as beyond stock."""
    if kind == "direct":
        return world.allocated(variant) - before
    lines = VendorOrderLine.objects.crossing(Crossing.SCHEDULED_JOB)
    rows = lines.filter(variant_id=variant.pk, vendor_order__order_id__in=won)
    not_cancelled = rows.exclude(vendor_order__state=VendorOrderState.CANCELLED)
    return not_cancelled.values("vendor_order__order_id").distinct().count()


def _clear(variant: ListingVariant) -> None:
    """The category is full again, and our page of it says so, before the next race."""
    world.set_stock(variant, 500)


def report(kind: str, tally: Tally, rounds: int, buyers: int) -> None:
    """A table for people."""
    print(f"\n{kind}: {rounds} races of {buyers} buyers for one unit")
    print("  orders kept    " + ", ".join(f"{n}: {c}×" for n, c in sorted(tally.kept.items())))
    for told, count in tally.told.most_common():
        print(f"  told           {count:5} {told}")
    print(f"  not told       {tally.untold}")
    print(f"  charged, lost  {tally.charged_losers}, not refunded: {tally.never}")
    if tally.waits:
        waits = sorted(tally.waits)
        print(f"  refunded after p50 {waits[len(waits) // 2]:.1f} s, at worst {waits[-1]:.1f} s")
    times = sorted(tally.seconds)
    print(f"  a race took    p50 {times[len(times) // 2]:.1f} s, at worst {times[-1]:.1f} s")


def main() -> None:
    """Race as often as asked for."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--rounds", type=int, default=50)
    wanted.add_argument("--buyers", type=int, default=20)
    wanted.add_argument("--skip", type=int, default=0, help="begin with a later listing")
    wanted.add_argument("--kind", choices=[*KINDS, "all"], default="all")
    options = wanted.parse_args()
    variants = world.make_world()
    world.in_stock(variants)
    time.sleep(5)
    for kind in KINDS if options.kind == "all" else [options.kind]:
        tally = Tally()
        for number in range(options.rounds):
            race(kind, variants[(options.skip + number) % len(variants)], options.buyers, tally)
            print(f"{kind} {number + 1}: {dict(tally.kept)}", flush=True)
        report(kind, tally, options.rounds, options.buyers)


if __name__ == "__main__":
    main()
