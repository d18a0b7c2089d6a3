"""The one command line: ``twiza``."""

import os
import sys


def main() -> None:
    """Entry point of the console script."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings")
    if sys.argv[1:2] == ["manage"]:
        from django.core.management import execute_from_command_line

        execute_from_command_line(["twiza manage", *sys.argv[2:]])


if __name__ == "__main__":
    main()
