"""The command line ``twiza``: which commands there are. What they do is written in the rooms."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

from marketplace.core.collecting import collect_seldom
from marketplace.core.queues import Queue
from marketplace.process import ALLOWABLE, KEYS, leave_owner_behind, serve, use_data_folder, work

DEFAULT_PORT = 8000
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 -- its only name

# Those that start and stop processes, and the developer's.
OWN_COMMANDS = {
    "demo": "start everything with a demo world",
    "reset": "delete a demo world, to start over",
    "serve": "the web process of a production",
    "worker": "run jobs, deliver webhooks and events",
    "messages": "translations: compile, check",
    "manage": "Django's own commands",
}
# Commands of the rooms, each a Django management command of the same name with underscores.
ROOM_COMMANDS = {
    "import-listings": "import a spreadsheet of products as listings of a cooperative",
    "programme": "begin a programme, register its cooperatives from a table",
    "shop": "who administers the whole shop",
    "adopt": "give a store's own products to cooperatives, and take them back",
    "search": "search as a buyer would",
    "search-eval": "measure search quality with a file of judged queries (nDCG@10)",
    "reindex": "rebuild the search index",
    "payouts": "prepare, approve or settle a payout run; ask Stripe where it pays",
    "papers": "invoice the commission of a month",
    "ledger": "check the books",
    "impact": "export the indicators; compute their figures again",
    "doctor": "check everything, and say what to do",
    "backup": "write database and files to one file",
    "restore": "restore a backup into an empty database",
    "database": "create roles, run migrations, set rights; print what needs no owner",
    "keys": "make, count and replace the keys of what is encrypted",
    "saleor": "set the store up, show what differs",
    "reset-factor": "remove the second factor of somebody whose phone is lost",
    "demo-code": "print the code to sign in with as one of the demo's staff",
    "move": "move the shop from one engine to another",
}
# These work for minutes beside a shop that is open: visitors' pages go first.
YIELDING = {"import-listings", "adopt", "reindex", "search-eval"}
YIELDING_NICENESS = 5


def parser() -> argparse.ArgumentParser:
    """All commands, a line each. The rooms' own are known by name; they read their arguments."""
    every = {**OWN_COMMANDS, **ROOM_COMMANDS}
    listed = "\n".join(f"  {name:18}{words}" for name, words in every.items())
    root = argparse.ArgumentParser(
        prog="twiza",
        usage="twiza COMMAND …",
        description="A marketplace for cooperatives, built on Saleor.",
        epilog=f"commands:\n{listed}\n\ntwiza COMMAND --help lists the options of a command.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = root.add_subparsers(
        prog="twiza", dest="command", metavar="COMMAND", help=argparse.SUPPRESS
    )
    _add_demo_commands(commands)
    _add_processes(commands)
    _add(commands, "messages").add_argument("action", choices=["compile", "check"])
    for name in ("manage", *ROOM_COMMANDS):
        commands.add_parser(name, add_help=False)
    return root


def _add(commands: Commands, name: str) -> argparse.ArgumentParser:
    return commands.add_parser(name, description=f"{OWN_COMMANDS[name].capitalize()}.")


def _add_demo_commands(commands: Commands) -> None:
    demo = _add(commands, "demo")
    _add_place(demo)
    demo.add_argument(
        "--engine",
        choices=["embedded", "saleor"],
        default="embedded",
        help="which commerce engine: the embedded one (default), or the Saleor at SALEOR_API_URL",
    )
    reset = _add(commands, "reset")
    _add_place(reset)
    reset.add_argument("--yes", action="store_true", help="do not ask")


def _add_processes(commands: Commands) -> None:
    web = _add(commands, "serve")
    web.add_argument("--host", default="127.0.0.1")
    web.add_argument("--port", type=int, default=DEFAULT_PORT)
    web.add_argument("--workers", type=int, default=2)
    web.add_argument(
        "--allow",
        default="",
        metavar="WHAT,…",
        help=f"start although these were found: {', '.join(ALLOWABLE)}",
    )
    worker = _add(commands, "worker")
    worker.add_argument("--once", action="store_true", help="do what is due, then stop")
    worker.add_argument(
        "--queue",
        action="append",
        default=[],
        choices=[queue.value for queue in Queue],
        help="work on this one only; may be given several times (default: all)",
    )
    worker.add_argument(
        "--allow",
        default="",
        metavar="WHAT,…",
        help=f"start although these were found: {', '.join(KEYS)}",
    )


def _add_place(command: argparse.ArgumentParser) -> None:
    command.add_argument("--port", type=int, default=DEFAULT_PORT, help="default: %(default)s")
    command.add_argument(
        "--data", type=Path, metavar="DIR", help="the data folder (default: .twiza/<port>)"
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Entry point of the console script; exits with 0, 1 (failure) or 2 (wrong arguments).

    Without arguments it lists the commands.
    """
    collect_seldom()
    words = list(sys.argv[1:] if arguments is None else arguments) or ["--help"]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings")
    if words == ["keys", "new"]:
        from marketplace.core.keys.making import new_key

        print(new_key())
    elif words[:1] == ["manage"]:
        _django(words[1:] or ["help"])
    elif words and words[0] in ROOM_COMMANDS:
        if arguments is None and words[0] in YIELDING:
            os.nice(YIELDING_NICENESS)
        _django([words[0].replace("-", "_"), *words[1:]])
    else:
        _run(parser().parse_args(words))


def _django(words: list[str]) -> None:
    from django.core.management import ManagementUtility

    words = _take_data_folder(words)
    use_data_folder()
    _require_right_settings()
    ManagementUtility(["twiza", *words]).execute()


def _require_right_settings() -> None:
    """Before anything starts: name each environment variable with a wrong value, and stop."""
    from django.core.exceptions import ImproperlyConfigured

    from marketplace.environment.reading import read_environment

    try:
        read_environment()
    except ImproperlyConfigured as wrong:
        sys.exit(f"twiza: {wrong}")


def _take_data_folder(words: list[str]) -> list[str]:
    """Take ``--data DIR`` out, which names a demo's data folder; the rest is the command's own."""
    if "--data" in words[:-1]:
        at = words.index("--data")
        os.environ["TWIZA_DATA_DIR"] = str(Path(words[at + 1]).resolve())
        return words[:at] + words[at + 2 :]
    return words


def _run(options: argparse.Namespace) -> None:
    if options.command == "demo":
        _require_right_settings()
        from marketplace.demo.run import run_demo

        sys.exit(run_demo(port=options.port, folder=options.data, engine=options.engine))
    if options.command == "reset":
        from marketplace.demo.folder import reset_demo

        sys.exit(reset_demo(port=options.port, folder=options.data, ask=not options.yes))
    if options.command == "messages":
        from marketplace.core.messages import run_messages

        sys.exit(run_messages(options.action))
    use_data_folder()
    _require_right_settings()
    if options.command == "serve":
        allowed = _words(options.allow)
        sys.exit(
            serve(host=options.host, port=options.port, workers=options.workers, allowed=allowed)
        )
    if options.command == "worker":
        leave_owner_behind()
        sys.exit(work(once=options.once, queues=options.queue, allowed=_words(options.allow)))


def _words(listed: str) -> set[str]:
    return {word for word in listed.split(",") if word}


if __name__ == "__main__":
    main()
