"""Connections of the workers of jobs: each waits for PostgreSQL until it says something.

psycopg looks ten times a second whether an interrupt came while it waits. A task of asyncio is
cancelled without that, and four workers that listen made two thirds of what an idle one cost.
"""

from typing import Any

from procrastinate import PsycopgConnector
from procrastinate.contrib.django.utils import connector_params
from psycopg import AsyncConnection
from psycopg.abc import RV, PQGen

LONGEST_WAIT_SECONDS = 60.0


class PatientConnection(AsyncConnection[Any]):
    """Sleeps until its socket has something to read, or its caller's own time is over.

    The waiting's other options are passed on, whichever a version has.
    """

    async def wait(  # type: ignore[override]
        self, gen: PQGen[RV], interval: float = LONGEST_WAIT_SECONDS, **options: Any
    ) -> RV:
        return await super().wait(gen, interval, **options)


def job_connector() -> PsycopgConnector:
    """What the workers of jobs reach the shop's database by."""
    return PsycopgConnector(kwargs=connector_params(), connection_class=PatientConnection)
