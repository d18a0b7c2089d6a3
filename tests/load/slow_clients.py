"""How the home page answers while slow clients hang on the server, and how much it serves at all.

Fifty clients that are slow with heads, fifty with bodies, fifty with reading, then all of them at
once; each time the home page and the liveness check are asked for ten seconds. Then the home page
by four visitors at once. With ``--beside PORT`` a second server is asked in turns, so that both see
the same load of the machine, and a ratio is printed.

    python -m tests.load.slow_clients --port 8000 --each 50
"""

import argparse
import threading
import time

import httpx

from tests.attacks.slow import KINDS, SlowClients

PAGE, LIVE = "/ma/fr/", "/health/live"
TIMEOUT_SECONDS = 20.0


def asked(port: int, path: str, seconds: float) -> tuple[list[float], int]:
    """Milliseconds of each answer within some seconds, and how many failed or came too late."""
    times: list[float] = []
    failed = 0
    ends = time.monotonic() + seconds
    with httpx.Client(base_url=f"http://localhost:{port}", trust_env=False) as client:
        while time.monotonic() < ends:
            begun = time.monotonic()
            try:
                client.get(path, timeout=TIMEOUT_SECONDS).raise_for_status()
            except httpx.HTTPError:
                failed += 1
            times.append((time.monotonic() - begun) * 1000)
            time.sleep(0.1)
    return times, failed


def row(name: str, times: list[float], failed: int) -> None:
    ordered = sorted(times)
    half, late = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]
    print(
        f"| {name} | {len(ordered)} | {half:.0f} | {late:.0f} | {ordered[-1]:.0f} | {failed} |",
        flush=True,
    )


def both(name: str, port: int, seconds: float) -> None:
    """The home page and the liveness check, by two clients at once."""
    found: dict[str, tuple[list[float], int]] = {}
    threads = [
        threading.Thread(target=lambda p=path: found.update({p: asked(port, p, seconds)}))
        for path in (PAGE, LIVE)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for path, (times, failed) in sorted(found.items(), reverse=True):
        row(f"{name}: `{path}`", times, failed)


def throughput(port: int, seconds: float, visitors: int) -> float:
    """Home pages a second, asked for by some visitors at once."""
    counts = [0] * visitors
    ends = time.monotonic() + seconds

    def visit(place: int) -> None:
        with httpx.Client(base_url=f"http://localhost:{port}", trust_env=False) as client:
            while time.monotonic() < ends:
                client.get(PAGE, timeout=60).raise_for_status()
                counts[place] += 1

    threads = [threading.Thread(target=visit, args=(place,)) for place in range(visitors)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / seconds


def slowness(port: int, each: int, seconds: float) -> None:
    """A table: nobody is slow, then some of each kind, then all kinds."""
    asked(port, PAGE, 2)
    print("| while | answers | p50 ms | p95 ms | longest ms | failed |\n|---|---|---|---|---|---|")
    both("nobody is slow", port, seconds)
    for kinds in [(kind,) for kind in KINDS] + [KINDS]:
        with SlowClients(port, each=each, kinds=kinds) as slow:
            time.sleep(1)
            both(f"{each} slow with {', '.join(kinds)}", port, seconds)
            print(f"  hanging: {slow.hanging}; ended: {dict(slow.ended)}", flush=True)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--port", type=int, default=8000)
    options.add_argument("--each", type=int, default=50)
    options.add_argument("--seconds", type=float, default=10)
    options.add_argument("--beside", type=int, help="the port of a second server")
    options.add_argument("--turns", type=int, default=20, help="of two seconds, for throughput")
    options.add_argument("--only-throughput", action="store_true")
    chosen = options.parse_args()
    if not chosen.only_throughput:
        slowness(chosen.port, chosen.each, chosen.seconds)
    ports = [chosen.port, *([chosen.beside] if chosen.beside else [])]
    served: dict[int, list[float]] = {port: [] for port in ports}
    for _ in range(chosen.turns):
        for port in ports:
            served[port].append(throughput(port, 2, 4))
    for port in ports:
        ordered = sorted(served[port])
        mean = sum(ordered) / len(ordered)
        print(
            f"home pages a second at {port}: {mean:.1f} on average,"
            f" {ordered[len(ordered) // 2]:.1f} in the middle turn",
            flush=True,
        )
    if chosen.beside:
        print(f"ratio: {sum(served[chosen.port]) / sum(served[chosen.beside]):.2f}", flush=True)


if __name__ == "__main__":
    main()
