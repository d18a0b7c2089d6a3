"""Checks of the doctor: installation, store set-up, webhooks, sweeps."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx
from django.conf import settings
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.core.backlog import measure_backlog
from marketplace.core.checks import judge_backlog
from marketplace.core.checkup import Finding, broken, good, warning
from marketplace.core.word_lists import listed
from marketplace.saleor import app_plan, instances, setup
from marketplace.saleor.errors import EngineRefused, EngineTooOld, EngineUnavailable
from marketplace.saleor.gateway import app_client
from marketplace.saleor.models import InboxMessage, SweepRun
from marketplace.saleor.transport import engine_http
from marketplace.saleor.versions import require_supported

# Webhooks are refused when an hour old; a Dashboard user's token after five
# minutes. The check warns well before either.
LARGEST_CLOCK_DIFFERENCE = timedelta(seconds=60)
RECENTLY = timedelta(days=1)


def installation() -> Iterator[Finding]:
    """Whether our App is installed at the engine and has its token and keys."""
    instance = instances.current()
    if not instance.app_token or not instance.domain:
        yield broken(
            "installation",
            _("The app is not installed at %(engine)s.") % {"engine": instance.api_url},
            _run_install(),
        )
        return
    if not instance.jwks.get("keys"):
        yield warning(
            "installation",
            _("The engine's signing keys for webhooks have never been fetched."),
            _(
                "They are fetched with the first webhook. If not, check that this machine can "
                "reach %(engine)s."
            )
            % {"engine": instance.api_url},
        )
        return
    yield good(
        "installation", _("The app is installed at %(engine)s.") % {"engine": instance.api_url}
    )


def _run_install() -> str:
    """The embedded engine's administrator is whoever may run the command."""
    administrator = " --email ADMINISTRATOR" if settings.SALEOR_API_URL else ""
    return _("Run: %(command)s") % {"command": f"twiza saleor install{administrator}"}


def engine_version() -> Iterator[Finding]:
    """Whether the engine's version is supported."""
    try:
        version = require_supported(app_client())
    except EngineTooOld as error:
        yield broken(
            "engine_version",
            str(error),
            _("Upgrade Saleor. What each version lacks: docs/developer/saleor-versions.md"),
        )
    except (EngineUnavailable, EngineRefused):
        return  # Reported by the check of the store.
    else:
        yield good(
            "engine_version", _("The engine's version is %(version)s.") % {"version": version}
        )


def engine_clock() -> Iterator[Finding]:
    """The engine's clock compared with ours, by the Date header of its responses."""
    address = httpx.URL(instances.api_url()).copy_with(path="/.well-known/jwks.json", query=None)
    try:
        with engine_http() as http:
            said = http.get(address).headers.get("Date", "")
        theirs = parsedate_to_datetime(said)
    except (httpx.HTTPError, ValueError, TypeError):
        return  # An engine in this process has our clock; another check reports an unavailable one.
    apart = abs(timezone.now() - theirs)
    words = _("The engine's clock differs from ours by %(seconds)d seconds.") % {
        "seconds": round(apart.total_seconds())
    }
    if apart > LARGEST_CLOCK_DIFFERENCE:
        yield warning("engine_clock", words, _("Synchronise the clocks of both machines with NTP."))
    else:
        yield good("engine_clock", words)


def app() -> Iterator[Finding]:
    """Whether our App's permissions and webhooks in the engine match our manifest."""
    try:
        client = app_client()
        differences = list(app_plan.changes(client))
    except (EngineUnavailable, EngineRefused):
        return  # Reported by the check of the store.
    if lacking := [change.what for change in differences if change.make is None]:
        yield broken(
            "app",
            _("The App lacks permissions on the engine: %(what)s.")
            % {"what": listed(lacking, ";")},
            _run_install(),
        )
    if differing := [change.what for change in differences if change.make is not None]:
        yield broken(
            "app",
            _("The App's webhooks on the engine differ from ours: %(what)s.")
            % {"what": listed(differing, ";")},
            _("Run: twiza saleor apply"),
        )
    if not differences:
        yield good("app", _("The App's permissions and webhooks are correct."))


def deliveries() -> Iterator[Finding]:
    """Webhooks that the engine could not deliver within a day, by its own record."""
    try:
        found = app_client().failed_deliveries().app
    except (EngineUnavailable, EngineRefused):
        return  # Reported by the check of the store.
    failed: Counter[str] = Counter()
    since = timezone.now() - RECENTLY
    for webhook in (found.webhooks if found else None) or []:
        edges = webhook.event_deliveries.edges if webhook.event_deliveries else []
        recent = [edge for edge in edges if _moment(edge.node.created_at) > since]
        if recent:
            failed[webhook.name or webhook.id] = len(recent)
    if failed:
        told = listed(f"{name}: {count}" for name, count in failed.most_common())
        yield warning(
            "deliveries",
            _("In the last 24 hours some of the engine's deliveries failed: %(told)s.")
            % {"told": told},
            _("Regular checks repair this. If it continues: can the engine reach %(address)s?")
            % {"address": settings.APP_URL},
        )
    else:
        yield good(
            "deliveries", _("All of the engine's deliveries succeeded in the last 24 hours.")
        )


def _moment(said: object) -> datetime:
    return said if isinstance(said, datetime) else datetime.fromisoformat(str(said))


def store() -> Iterator[Finding]:
    """Whether the engine is available and the store is set up as planned."""
    try:
        differences = setup.plan()
    except EngineTooOld:
        return  # Reported by the check of the version.
    except EngineUnavailable as error:
        yield broken(
            "store",
            f"{error} ({error.reason})" if error.reason else str(error),
            _("Check that the engine is running, and that this machine can reach it."),
        )
        return
    except EngineRefused as error:
        yield broken(
            "store",
            f"{error} ({listed(error.codes)})",
            _("Token refused or permission missing: reinstall with twiza saleor install"),
        )
        return
    if differences:
        yield warning(
            "store",
            _("The store's configuration differs from the plan: %(differences)s.")
            % {"differences": listed(differences)},
            _("Show: twiza saleor plan – apply: twiza saleor apply"),
        )
    else:
        yield good("store", _("The store's configuration matches the plan."))


def webhooks() -> Iterator[Finding]:
    """Webhooks received and not handled yet."""
    waiting = InboxMessage.objects.filter(handled_at__isnull=True)
    backlog = measure_backlog(waiting, since="received_at")
    yield from judge_backlog("webhooks", backlog, _("engine messages"))
    last = InboxMessage.objects.aggregate(last=Max("received_at"))["last"]
    if last is None:
        yield warning(
            "webhooks",
            _("No messages received from the engine yet."),
            _(
                "Normal before the first product. Otherwise check that the engine can reach "
                "%(address)s."
            )
            % {"address": settings.APP_URL},
        )


def sweeps() -> Iterator[Finding]:
    """When each sweep last ran, and what it repaired."""
    names = SweepRun.objects.order_by().values_list("name", flat=True).distinct()
    for name in names:
        runs = SweepRun.objects.filter(name=name)
        last = runs.filter(finished_at__isnull=False).order_by("-finished_at").first()
        newest = runs.order_by("-started_at").first()
        if newest is not None and newest.last_error:
            yield broken(
                "sweeps",
                _("Sweep %(name)s fails: %(error)s") % {"name": name, "error": newest.last_error},
                _("It resumes automatically once the cause is fixed."),
            )
        elif last is not None and last.finished_at is not None:
            repaired = runs.filter(started_at__gte=timezone.now() - timedelta(days=1))
            yield good(
                "sweeps",
                _("Sweep %(name)s: last completed at %(moment)s; repairs in 24 hours: %(count)d.")
                % {
                    "name": name,
                    "moment": f"{timezone.localtime(last.finished_at):%Y-%m-%d %H:%M:%S}",
                    "count": sum(repaired.values_list("repaired", flat=True)),
                },
            )
