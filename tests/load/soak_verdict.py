"""What must hold after the soak, and the figures."""

import json
from collections.abc import Sequence

from tests.demos import Demo
from tests.load.soak_actors import Figures

MOST_TIMES_SLOWER = 3
MOST_GROWTH = 1.25
# Run inside the demo: how often each buyer's address has an order, at the engine and with us.
COUNT_ORDERS = """
import json
from collections import Counter
from marketplace.embedded.models import Order as EngineOrder
from marketplace.orders.models import Order
print("COUNTED " + json.dumps({
    "engine": Counter(EngineOrder.objects.filter(user_email__startswith="soak-")
                      .values_list("user_email", flat=True)),
    "ours": Counter(email for email in Order.objects.values_list("email", flat=True)
                    if email.startswith("soak-")),
}))
"""


def verdict(demo: Demo, figures: Figures) -> int:
    """Print everything; 0 when all of it holds."""
    counted = _counted_orders(demo)
    print(f"answers: {dict(figures.answers)}")
    print(f"killed: {dict(figures.killed)}; imports: {dict(figures.imports)}")
    print(f"work: {dict(figures.done)}; purchases given up: {dict(figures.given_up)}")
    print(f"orders: {len(figures.confirmed)} shown to buyers, of {len(figures.begun)} begun")
    for kind, line in figures.memory.items():
        print(f"memory of {kind}: {_quarters(line)} MB by quarters of the time")
    slower = late(figures.busy_pages) / late(figures.quiet_pages)
    for name, times in (("quiet", figures.quiet_pages), ("soak", figures.busy_pages)):
        print(
            f"shop pages, {name}: {len(times)}, p50 {half(times):.0f} ms, p95 {late(times):.0f} ms"
        )
    books = demo.run("ledger", "check", timeout=300)
    wrong = {
        "orders lost": [e for e in figures.confirmed for c in counted.values() if e not in c],
        "orders doubled": [e for c in counted.values() for e, n in c.items() if n > 1],
        "unknown to us, known to the engine": set(counted["engine"]) ^ set(counted["ours"]),
        "answers that nobody should get": figures.unexpected[:20],
        "no orders at all": not figures.confirmed,
        "memory grew": [kind for kind, line in figures.memory.items() if _grew(line)],
        f"p95 over {MOST_TIMES_SLOWER} times the quiet one": slower > MOST_TIMES_SLOWER
        and f"{slower:.1f} times",
        "the books": books.returncode and books.stdout + books.stderr,
    }
    for name, found in wrong.items():
        print(f"{'WRONG' if found else 'right'}: {name}{f': {found}' if found else ''}")
    return int(any(wrong.values()))


def _counted_orders(demo: Demo) -> dict[str, dict[str, int]]:
    said = demo.run("manage", "shell", "-c", COUNT_ORDERS, timeout=300)
    lines = [line for line in said.stdout.splitlines() if line.startswith("COUNTED ")]
    assert lines, said.stderr
    counted: dict[str, dict[str, int]] = json.loads(lines[-1].removeprefix("COUNTED "))
    return counted


def _quarters(line: Sequence[tuple[float, float]]) -> list[int]:
    size = max(1, len(line) // 4)
    parts = [line[start : start + size] for start in range(0, size * 4, size)]
    return [round(sum(mb for _at, mb in part) / len(part)) for part in parts if part]


def _grew(line: Sequence[tuple[float, float]]) -> bool:
    """From the second quarter, when all is loaded, to the last."""
    quarters = _quarters(line)
    return len(quarters) == 4 and quarters[3] > quarters[1] * MOST_GROWTH


def half(times: Sequence[float]) -> float:
    return sorted(times)[len(times) // 2]


def late(times: Sequence[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]
