"""The App's views for the engine: manifest, registration, webhooks."""

import json
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from marketplace.saleor import inbox, registration
from marketplace.saleor.errors import BadSignature, EngineUnavailable
from marketplace.saleor.manifest import manifest as app_manifest
from marketplace.saleor.webhooks.signatures import verify
from marketplace.saleor.webhooks.subscriptions import ASYNCHRONOUS_EVENTS, SYNCHRONOUS_EVENTS

logger = logging.getLogger(__name__)

LARGEST_BODY = 1024 * 1024
LARGEST_REGISTRATION = 4096
# Old synchronous requests are refused: they may be replays.
FRESH = timedelta(hours=1)

View = Callable[..., HttpResponse]


def limited(largest: int) -> Callable[[View], View]:
    """Refuse a body that is too large, or of unknown length, before reading it."""

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            length = request.META.get("CONTENT_LENGTH") or "0"
            if not length.isdecimal() or int(length) > largest:
                return _problem("The body is too large.", 413)
            return view(request, *args, **kwargs)

        return checked

    return decorate


@require_GET
def manifest(_request: HttpRequest) -> HttpResponse:
    """The manifest that the engine fetches to install our App."""
    return JsonResponse(app_manifest())


@csrf_exempt
@require_POST
@limited(LARGEST_REGISTRATION)
def register(request: HttpRequest) -> HttpResponse:
    """Receives our App's token from the engine."""
    try:
        content = json.loads(request.body)
        token = content["auth_token"]
    except (ValueError, KeyError, TypeError):
        return _problem("auth_token is missing.", 400)
    try:
        registration.register(token=str(token), domain=request.headers.get("Saleor-Domain", ""))
    except BadSignature:
        return _problem("The configured engine does not know this token.", 403)
    except EngineUnavailable as error:
        return _problem(str(error), 503)
    return JsonResponse({"success": True})


@csrf_exempt
@require_POST
@limited(LARGEST_BODY)
def webhooks(request: HttpRequest) -> HttpResponse:
    """An asynchronous event: verified, stored once, acknowledged at once."""
    if problem := _unverified(request):
        return problem
    event = request.headers.get("Saleor-Event", "").lower()
    if event not in ASYNCHRONOUS_EVENTS:
        return _problem("Not an event of ours.", 400)
    try:
        stored = inbox.store(event, request.body)
    except ValueError:
        return _problem("The body is not a JSON object.", 400)
    return JsonResponse({"stored": stored})


@csrf_exempt
@require_POST
@limited(LARGEST_BODY)
def sync(request: HttpRequest, event: str) -> HttpResponse:
    """A synchronous event: verified, answered by the function named in ``events.py``."""
    if problem := _unverified(request):
        return problem
    said = request.headers.get("Saleor-Event", "").lower()
    answer = _answerer(event)
    if said != event or event not in SYNCHRONOUS_EVENTS or answer is None:
        return _problem("Not an event of ours.", 404)
    try:
        # The engine repeats some requests with an empty body.
        payload = json.loads(request.body) if request.body else {}
    except ValueError:
        return _problem("The body is not JSON.", 400)
    if not _is_fresh(payload):
        return _problem("This request is too old.", 400)
    return JsonResponse(answer(payload), safe=False)


def _unverified(request: HttpRequest) -> HttpResponse | None:
    try:
        verify(request.headers, request.body)
    except BadSignature:
        logger.warning("A webhook without the engine's signature was refused")
        return _problem("The signature is not the engine's.", 401)
    except EngineUnavailable as error:
        return _problem(str(error), 503)
    return None


def _answerer(event: str) -> Callable[[dict[str, Any]], Any] | None:
    table: dict[str, str] = import_string(settings.SALEOR_SYNC_HANDLERS)
    path = table.get(event) or table.get(event.upper())
    return import_string(path) if path else None


def _is_fresh(payload: Any) -> bool:
    if not isinstance(payload, dict):
        return False
    issued = payload.get("issuedAt")
    if issued is None:
        return True
    try:
        return abs(timezone.now() - datetime.fromisoformat(issued)) <= FRESH
    except (TypeError, ValueError):
        return False


def _problem(message: str, status: int) -> HttpResponse:
    return JsonResponse({"error": message}, status=status)
