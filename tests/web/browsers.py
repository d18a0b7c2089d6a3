"""Browsers of signed-in persons, and what they do at the same moment."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connections
from django.test import Client

from vendors.models import User


def browser(user: User, language: str = "fr") -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["twiza_language"] = language
    return client


def twin(client: Client) -> Client:
    """The same browser in another thread: it sends the same cookies."""
    other = Client()
    other.cookies = client.cookies
    return other


def at_once(acts: list[Callable[[], Any]]) -> list[Any]:
    """Do all at the same moment, each in a thread; the answers in their order."""
    gate = threading.Barrier(len(acts))
    answers: list[Any] = [None] * len(acts)

    def run(place: int, act: Callable[[], Any]) -> None:
        gate.wait()
        try:
            answers[place] = act()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
