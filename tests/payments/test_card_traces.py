"""The search for traces of a card finds each way one is written, and none in a random id."""

import pytest

from marketplace.payments.models import ProviderNotification
from tests.payments.card_traces import traces_of_a_card


@pytest.mark.parametrize(
    "text",
    [
        "4242424242424242",
        "4242 4242 4242 4242",
        "4242 42** **** 4242",
        '{"last4":"3155"}',
        '{"last4": "4242"}',
        '"brand":"visa"',
        "pi_3Q_secret_9x",
    ],
)
def test_a_trace_is_found(text: str) -> None:
    assert traces_of_a_card([ProviderNotification(subject=text)])


@pytest.mark.parametrize(
    "text", ["0b3f9c1e-4242-4f0a-8a31-55b4c0de3155", "pi_3Qa4242visaX", "12:00:00.004242"]
)
def test_a_random_id_is_none(text: str) -> None:
    assert traces_of_a_card([ProviderNotification(subject=text)]) == []
