"""Where a phone sends what it recorded without a network, and asks what it takes along."""

import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from marketplace.core.errors import TwizaError
from marketplace.core.throttle import TooSoon, Use, require
from marketplace.offline.commands import LARGEST_BODY, MOST_AT_ONCE
from marketplace.offline.errors import AnotherPerson, TooManyCommands, UnreadableCommands
from marketplace.offline.services import take_commands
from marketplace.offline.snapshot import snapshot_for
from marketplace.web.body_sizes import is_larger
from marketplace.web.portal.access import MemberAccess, member_view

BAD, ANOTHER_PERSON, TOO_LARGE, TOO_OFTEN = 400, 409, 413, 429


@member_view("cooperative:read")
@require_http_methods(["GET", "POST"])
def sync(request: HttpRequest, access: MemberAccess) -> JsonResponse:
    """GET says who is signed in; POST does commands, each once, and says what there is now.

    A body names the person whose queue it is: what one member recorded is never done in the name
    of another who has signed in on the same phone.
    """
    if request.method != "POST":
        return _json({"person": str(access.user.pk), "token": get_token(request)})
    try:
        require(Use("offline_sync", str(access.user.pk)))
        said = _commands(request, access)
    except TooSoon as error:
        answer = _refused(error, TOO_OFTEN)
        answer.headers["Retry-After"] = str(error.seconds)
        return answer
    except AnotherPerson as error:
        return _refused(error, ANOTHER_PERSON)
    except TooManyCommands as error:
        return _refused(error, TOO_LARGE)
    except UnreadableCommands as error:
        return _refused(error, BAD)
    answers = take_commands(access=access, said=said)
    return _json(
        {
            "person": str(access.user.pk),
            "at": timezone.now().isoformat(),
            "answers": [
                {"key": str(key), **answer.written()}
                for (key, _said), answer in zip(said, answers, strict=True)
            ],
            **snapshot_for(access),
        }
    )


def _commands(request: HttpRequest, access: MemberAccess) -> list[tuple[UUID, Any]]:
    """The commands that are sent, with their keys; raises if none of them is to be taken."""
    if is_larger(request, LARGEST_BODY):
        raise TooManyCommands
    try:
        body = json.loads(request.body)
        person, commands = body["person"], body["commands"]
        found = [(UUID(one["key"]), one) for one in _listed(commands)]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise UnreadableCommands from error
    if len(found) > MOST_AT_ONCE:
        raise TooManyCommands
    if person != str(access.user.pk):
        raise AnotherPerson
    return found


def _listed(commands: Any) -> list[Any]:
    if not isinstance(commands, list):
        raise UnreadableCommands
    return commands


def _refused(error: TwizaError, status: int) -> JsonResponse:
    return _json({"error": error.code, "words": [str(error)]}, status)


def _json(said: dict[str, Any], status: int = 200) -> JsonResponse:
    return JsonResponse(said, status=status, headers={"Cache-Control": "private, no-store"})
