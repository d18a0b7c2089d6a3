"""What became of an act, told to the person on the next page."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest
from django.utils.functional import Promise

from marketplace.core.errors import Forbidden, NotFound, TwizaError


def carry_out(request: HttpRequest, act: Callable[[], object], done: str | Promise) -> bool:
    """Call a service; tell ``done``, or why it was refused. Returns whether it was done.

    What is a matter of rights is not told but passed on: it becomes 404 or 403.
    """
    try:
        act()
    except TwizaError as refusal:
        pass_on_rights(refusal)
        messages.error(request, str(refusal))
        return False
    messages.success(request, str(done))
    return True


def saved(form: BaseForm, act: Callable[[], object], *, beside: str | None = None) -> bool:
    """Call a service with what a form holds; a refusal stands beside a field, or above them all.

    Returns whether it was done. What is a matter of rights is passed on.
    """
    try:
        act()
    except TwizaError as refusal:
        pass_on_rights(refusal)
        form.add_error(beside, str(refusal))
        return False
    return True


def pass_on_rights(refusal: TwizaError) -> None:
    """Raise what is a matter of rights again; the rest may be told on the page."""
    if isinstance(refusal, NotFound | Forbidden):
        raise refusal
