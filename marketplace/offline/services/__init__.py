"""The use case of a phone that has a network again."""

from marketplace.offline.services.take import take_commands

__all__ = ["take_commands"]
