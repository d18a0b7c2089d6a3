"""What tests of money share."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine


@pytest.fixture
def in_november() -> Iterator[None]:
    """The month of the sales: what is paid out and written off stands on its statement."""
    with time_machine.travel(datetime(2026, 11, 20, 12, tzinfo=UTC)):
        yield
