"""The one command line, ``twiza``: what stands here is which command there is, not what it does."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from marketplace.process import ALLOWABLE, serve, use_data_folder, work

DEFAULT_PORT = 8000

# Commands of the rooms, each a Django management command of the same name with underscores.
ROOM_COMMANDS = {
    "import-listings": "bring a spreadsheet of products in as listings of a cooperative",
    "programme": "begin a programme, register its cooperatives from a table",
    "adopt": "give a store's own products to cooperatives, and take them back",
    "search": "ask the search as a buyer would",
    "search-eval": "judge the search by a file of queries (nDCG@10)",
    "reindex": "build the search index anew",
    "payouts": "prepare, approve or settle a payout run; ask Stripe where it pays",
    "papers": "invoice the commission of a month",
    "ledger": "check the books",
    "impact": "export the indicators",
    "doctor": "check everything, say what to do",
    "backup": "write database and files to one file",
    "restore": "bring a backup into an empty database",
    "database": "create roles, run migrations, set rights",
    "saleor": "set the store up, show what differs",
    "move": "bring the shop from one engine to another",
}


def parser() -> argparse.ArgumentParser:
    """The commands that start and stop processes; the rooms' own read their own arguments."""
    root = argparse.ArgumentParser(
        prog="twiza",
        description="A marketplace for cooperatives, built on Saleor.",
        epilog="\n".join(f"  {name:18}{words}" for name, words in ROOM_COMMANDS.items()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = root.add_subparsers(dest="command", metavar="COMMAND", required=True)
    demo = commands.add_parser("demo", help="start everything with a demo world")
    _add_place(demo)
    demo.add_argument(
        "--engine",
        choices=["embedded", "saleor"],
        default="embedded",
        help="which commerce engine: the embedded one (default), or the Saleor at SALEOR_API_URL",
    )
    reset = commands.add_parser("reset", help="forget a demo world, to start over")
    _add_place(reset)
    reset.add_argument("--yes", action="store_true", help="do not ask")
    serve = commands.add_parser("serve", help="the web process of a production")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=DEFAULT_PORT)
    serve.add_argument("--workers", type=int, default=2)
    serve.add_argument(
        "--allow",
        default="",
        metavar="WHAT,…",
        help=f"start although it is there: {', '.join(ALLOWABLE)}",
    )
    worker = commands.add_parser("worker", help="the process that works jobs, webhooks, events")
    worker.add_argument("--once", action="store_true", help="work what is due, then stop")
    messages = commands.add_parser("messages", help="translations: compile, check")
    messages.add_argument("action", choices=["compile", "check"])
    manage = commands.add_parser("manage", help="Django's own commands", add_help=False)
    manage.add_argument("arguments", nargs=argparse.REMAINDER)
    return root


def _add_place(command: argparse.ArgumentParser) -> None:
    command.add_argument("--port", type=int, default=DEFAULT_PORT, help="default: %(default)s")
    command.add_argument(
        "--data", type=Path, metavar="DIR", help="where the world is kept (default: .twiza/<port>)"
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Entry point of the console script; exits with 0, 1 (it failed) or 2 (asked wrongly)."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings")
    if words[:1] == ["manage"]:
        _django(words[1:] or ["help"])
    elif words and words[0] in ROOM_COMMANDS:
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
    """``--data DIR`` says which demo's world a command is about; the rest is the command's own."""
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
        allowed = {word for word in options.allow.split(",") if word}
        sys.exit(
            serve(host=options.host, port=options.port, workers=options.workers, allowed=allowed)
        )
    if options.command == "worker":
        sys.exit(work(once=options.once))


if __name__ == "__main__":
    main()
