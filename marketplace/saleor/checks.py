"""Checks of the boundary: installation, the store's set-up, webhooks, sweeps."""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.db.models import Count, Max, Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.core.checks import STUBBORN, waiting
from marketplace.core.checkup import Finding, broken, good, warning
from marketplace.saleor import instances, setup
from marketplace.saleor.errors import EngineRefused, EngineUnavailable
from marketplace.saleor.models import InboxMessage, SweepRun

QUIET_SWEEP = timedelta(minutes=20)


def installation() -> Iterator[Finding]:
    """Whether our App is installed at the engine and has its token and keys."""
    instance = instances.current()
    if not instance.app_token or not instance.domain:
        yield broken(
            "installation",
            _("The App is not installed at %(engine)s.") % {"engine": instance.api_url},
            _("Run: twiza saleor install --email ADMINISTRATOR"),
        )
        return
    if not instance.jwks.get("keys"):
        yield warning(
            "installation",
            _("The engine's keys, by which its webhooks are known, were never fetched."),
            _("They come with the first webhook. If not: can this machine reach %(engine)s?")
            % {"engine": instance.api_url},
        )
        return
    yield good(
        "installation", _("The App is installed at %(engine)s.") % {"engine": instance.api_url}
    )


def store() -> Iterator[Finding]:
    """Whether the engine answers, and the store is as planned."""
    try:
        differences = setup.plan()
    except EngineUnavailable as error:
        yield broken(
            "store",
            str(error),
            _("See whether the engine runs, and whether this machine reaches it."),
        )
        return
    except EngineRefused as error:
        yield broken(
            "store",
            str(error),
            _("Token refused, or a permission lacking: install anew with twiza saleor install"),
        )
        return
    if differences:
        yield warning(
            "store",
            _("The store differs from its plan: %(differences)s.")
            % {"differences": ", ".join(differences)},
            _("Look with: twiza saleor plan – and make it so with: twiza saleor apply"),
        )
    else:
        yield good("store", _("The store is as planned."))


def webhooks() -> Iterator[Finding]:
    """What the engine has told us and we have not worked in yet."""
    found = InboxMessage.objects.filter(handled_at__isnull=True).aggregate(
        count=Count("id"),
        oldest=Min("received_at"),
        stubborn=Count("id", filter=Q(attempts__gte=STUBBORN)),
    )
    yield from waiting("webhooks", found, _("messages of the engine"))
    last = InboxMessage.objects.aggregate(last=Max("received_at"))["last"]
    if last is None:
        yield warning(
            "webhooks",
            _("The engine has never told us anything."),
            _("Normal before the first product. Else: can the engine reach %(address)s?")
            % {"address": settings.APP_URL},
        )


def sweeps() -> Iterator[Finding]:
    """When each sweep last looked for what never arrived, and what it repaired."""
    names = SweepRun.objects.order_by().values_list("name", flat=True).distinct()
    for name in names:
        runs = SweepRun.objects.filter(name=name)
        last = runs.filter(finished_at__isnull=False).order_by("-finished_at").first()
        newest = runs.order_by("-started_at").first()
        if newest is not None and newest.last_error:
            yield broken(
                "sweeps",
                _("The sweep of %(name)s fails: %(error)s")
                % {"name": name, "error": newest.last_error},
                _("It goes on by itself once the cause is gone."),
            )
        elif last is not None and last.finished_at is not None:
            repaired = runs.filter(started_at__gte=timezone.now() - timedelta(days=1))
            yield good(
                "sweeps",
                _("The sweep of %(name)s last ended at %(moment)s; repaired in a day: %(count)d.")
                % {
                    "name": name,
                    "moment": f"{timezone.localtime(last.finished_at):%Y-%m-%d %H:%M:%S}",
                    "count": sum(repaired.values_list("repaired", flat=True)),
                },
            )
