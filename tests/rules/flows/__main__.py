"""Trace five flows of the running product and print their way through the files.

    uv run --group dev python -m tests.rules.flows            # all five
    uv run --group dev python -m tests.rules.flows search     # those whose name has the word
    uv run --group dev python -m tests.rules.flows --calls    # every call from file to file

Needs what the tests need (PostgreSQL is started when it is not running); takes half a minute. What
counts as entering a file and as returning to it is told in `tracing.py`.
"""

import os
import sys

import django


def main(arguments: list[str]) -> int:
    """Print the flows whose name contains one of the words."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings")
    django.setup()
    from tests.rules.flows.five import FLOWS, open_shop, trace_flow
    from tests.rules.flows.printing import print_flow, print_tools
    from tests.rules.flows.world import as_in_tests, own_database

    words = [argument for argument in arguments if not argument.startswith("--")]
    chosen = {name: flow for name, flow in FLOWS.items() if _is_wanted(name, words)}
    with as_in_tests(), own_database(f"flows_{os.getpid()}"):
        shop = open_shop()
        for name, flow in chosen.items():
            print_flow(name, trace_flow(flow, shop), calls="--calls" in arguments)
    print_tools()
    return 0


def _is_wanted(name: str, words: list[str]) -> bool:
    return not words or any(word in name for word in words)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
