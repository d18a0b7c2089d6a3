"""Metrics for Prometheus."""

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from marketplace.core.metrics import Gauge, exposition
from marketplace.core.models import JobRun
from marketplace.saleor.models import InboxMessage


@pytest.mark.django_db
def test_the_numbers_are_there_for_the_token(client: Client, settings: Settings) -> None:
    settings.METRICS_TOKEN = "a-long-word"
    now = timezone.now()
    JobRun.objects.create(name="catalog.jobs.quick_sweep", started_at=now, succeeded_at=now)
    InboxMessage.objects.create(event="x", body_hash="1", body={}, next_attempt_at=now)

    answer = client.get("/health/metrics", headers={"Authorization": "Bearer a-long-word"})

    lines = answer.content.decode().splitlines()
    assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    assert "twiza_webhooks_waiting 1.0" in lines
    assert "twiza_events_waiting 0.0" in lines
    (job,) = (line for line in lines if '{job="catalog.jobs.quick_sweep"}' in line)
    assert float(job.rpartition(" ")[2]) == pytest.approx(now.timestamp(), abs=0.001)


@pytest.mark.parametrize(("token", "given"), [("", "Bearer "), ("", ""), ("right", "Bearer wrong")])
def test_nobody_else_learns_that_they_are_there(
    client: Client, settings: Settings, token: str, given: str
) -> None:
    settings.METRICS_TOKEN = token
    assert client.get("/health/metrics", headers={"Authorization": given}).status_code == 404


def test_gauges_of_one_name_are_described_once_and_labels_escaped() -> None:
    text = exposition([Gauge("a", "Help.", 1, {"j": 'x"y'}), Gauge("a", "Help.", 2.5)])
    assert text == b'# HELP a Help.\n# TYPE a gauge\na{j="x\\"y"} 1.0\na 2.5\n'
