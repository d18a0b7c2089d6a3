"""Turns the two errors that every page may meet into 404 and 403."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import PermissionDenied
from django.http import Http404

from marketplace.core.errors import Forbidden, NotFound


@contextmanager
def refusals_as_http() -> Iterator[None]:
    """``NotFound`` becomes 404, ``Forbidden`` becomes 403; all else passes through."""
    try:
        yield
    except NotFound as error:
        raise Http404(str(error)) from error
    except Forbidden as error:
        raise PermissionDenied(str(error)) from error
