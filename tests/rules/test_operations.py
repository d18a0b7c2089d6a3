"""What we ask of Saleor is what Saleor answers: every operation is valid by the official schema."""

import os
from pathlib import Path

import pytest
from graphql import DocumentNode, GraphQLSchema, build_schema, parse, validate

from marketplace.saleor.webhooks.subscriptions import ASYNCHRONOUS, SYNCHRONOUS

ROOT = Path(__file__).resolve().parents[2]
OPERATIONS = ROOT / "marketplace/saleor/operations"


@pytest.fixture(scope="module", params=["3.22", "3.23"])
def official(request: pytest.FixtureRequest) -> tuple[str, GraphQLSchema]:
    folder = os.environ.get("TWIZA_SALEOR_SDL")
    if not folder:
        pytest.skip("TWIZA_SALEOR_SDL does not name a folder with Saleor's official schemas")
    text = (Path(folder) / f"schema-{request.param}.graphql").read_text()
    return request.param, build_schema(text)


def read(folder: Path) -> DocumentNode:
    return parse("\n".join(path.read_text() for path in sorted(folder.glob("*.graphql"))))


# What a version lacks, by the words of the finding. See docs/developer/saleor-versions.md.
LACKING = {
    # Two documents of their own, asked by version: CalculateDeliveryOptions and StockByZones; and a
    # field of an input, which is only sent to a newer one.
    "3.22": ("deliveryOptionsCalculate", "useLegacyShippingZoneStockAvailability")
}


def test_every_operation_is_valid(official: tuple[str, GraphQLSchema]) -> None:
    version, schema = official
    findings = [
        error.message
        for error in validate(schema, read(OPERATIONS))
        if not any(word in error.message for word in LACKING.get(version, ()))
    ]
    assert findings == []


def test_every_subscription_is_valid(official: tuple[str, GraphQLSchema]) -> None:
    _version, schema = official
    findings = [
        f"{subscription.name}: {error.message}"
        for subscription in (*ASYNCHRONOUS, *SYNCHRONOUS)
        for error in validate(schema, parse(subscription.query))
    ]
    assert findings == []
