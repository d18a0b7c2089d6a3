"""A failure that has a page of its own gets it: a full disk, a database that is away."""

import errno

import pytest
from django.db import IntegrityError, InterfaceError, OperationalError
from django.test import Client
from psycopg import errors


def caused(cause: Exception) -> OperationalError:
    error = OperationalError("refused")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "status", "word"),
    [
        (OperationalError("connection refused"), 503, "réessayez"),
        (InterfaceError("the connection is closed"), 503, "réessayez"),
        (caused(errors.DeadlockDetected()), 503, "réessayez"),
        (caused(errors.DiskFull()), 507, "place"),
        (OSError(errno.ENOSPC, "No space left on device"), 507, "place"),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), 507, "place"),
        (OSError(errno.EACCES, "Permission denied"), 500, "erreur"),
        (IntegrityError("not of that kind"), 500, "erreur"),
    ],
)
@pytest.mark.django_db
def test_a_failure_has_its_page(
    error: Exception, status: int, word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_words: object, **_names: object) -> None:
        raise error

    monkeypatch.setattr("marketplace.web.storefront.home.views.render", fail)
    response = Client(raise_request_exception=False).get("/ma/fr/")
    assert response.status_code == status
    assert word in response.content.decode()
    assert ("Retry-After" in response.headers) is (status == 503)
