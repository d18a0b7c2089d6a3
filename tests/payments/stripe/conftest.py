"""A deployment with an account at (a pretended) Stripe."""

from typing import Any

import pytest

from tests.fakes.stripe import SECRET, FakeStripe, use


@pytest.fixture
def fake(settings: Any, monkeypatch: pytest.MonkeyPatch) -> FakeStripe:
    settings.STRIPE_SECRET_KEY = "sk_test_fake"
    settings.STRIPE_PUBLISHABLE_KEY = "pk_test_fake"
    settings.STRIPE_WEBHOOK_SECRET = SECRET
    settings.PUBLIC_URL = "https://shop.example"
    settings.TEST_PAYMENTS = False
    made = FakeStripe()
    use(monkeypatch, made)
    return made
