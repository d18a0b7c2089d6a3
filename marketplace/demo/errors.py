"""Errors that keep a demo from starting."""


class DemoRefused(RuntimeError):
    """The demo cannot start; the message says what to do."""
