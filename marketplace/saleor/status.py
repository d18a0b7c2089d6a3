"""The status of installation and store set-up."""

from dataclasses import dataclass

from marketplace.saleor import instances, setup
from marketplace.saleor.errors import EngineRefused, EngineTooOld, EngineUnavailable
from marketplace.saleor.manifest import manifest_url
from marketplace.saleor.models import InboxMessage


@dataclass(frozen=True)
class Status:
    """The status of our side of the boundary; ``problem`` is empty when there is none."""

    api_url: str
    manifest_url: str
    is_installed: bool
    differences: list[str]
    waiting_messages: int
    failing_messages: int
    problem: str


def status() -> Status:
    """Query the engine and the inbox; an engine's failure is reported, not raised."""
    instance = instances.current()
    differences: list[str] = []
    problem = ""
    try:
        differences = setup.plan()
    except (EngineUnavailable, EngineRefused, EngineTooOld) as error:
        problem = str(error)
    waiting = InboxMessage.objects.filter(handled_at__isnull=True)
    return Status(
        api_url=instance.api_url,
        manifest_url=manifest_url(),
        is_installed=bool(instance.app_token and instance.domain),
        differences=differences,
        waiting_messages=waiting.count(),
        failing_messages=waiting.filter(attempts__gte=3).count(),
        problem=problem,
    )
