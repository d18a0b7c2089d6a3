"""What an operator asks first: are we installed at the engine, is the store as planned?"""

from dataclasses import dataclass

from marketplace.saleor import instances, setup
from marketplace.saleor.errors import EngineRefused, EngineTooOld, EngineUnavailable
from marketplace.saleor.manifest import manifest_url
from marketplace.saleor.models import InboxMessage


@dataclass(frozen=True)
class Status:
    """The state of our side of the boundary; ``problem`` is empty when all is well."""

    api_url: str
    manifest_url: str
    is_installed: bool
    differences: list[str]
    waiting_messages: int
    failing_messages: int
    problem: str


def status() -> Status:
    """Ask the engine and look into the inbox; a failure of the engine is told, not raised."""
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
