"""A list costs as many queries for twenty products as for two."""

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from tests.contract.bulk_rows import listed, row
from tests.contract.engine import Engine
from tests.contract.world import Market

pytestmark = pytest.mark.django_db


def queries_of_list(market: Market) -> int:
    with CaptureQueriesContext(connections["engine"]) as queries:
        listed(market)
    return len(queries)


def queries_of_sweep(engine: Engine) -> int:
    with CaptureQueriesContext(connections["engine"]) as queries:
        engine.as_app("ProductsPage")
    return len(queries)


def create(engine: Engine, market: Market, first: int, count: int) -> int:
    rows = [row(market, number) for number in range(first, first + count)]
    with CaptureQueriesContext(connections["engine"]) as queries:
        made = engine.staff("BulkCreateProducts", products=rows)["productBulkCreate"]
    assert made["count"] == count
    return len(queries)


def test_lists_and_bulk_inserts_do_not_grow_with_the_number(engine: Engine, market: Market) -> None:
    # given two products
    few = create(engine, market, 0, 2)
    of_list, of_sweep = queries_of_list(market), queries_of_sweep(engine)
    # when there are twenty
    many = create(engine, market, 2, 18)
    # then neither the list, nor the sweep, nor the bulk insert asks more of the database
    assert queries_of_list(market) == of_list
    assert queries_of_sweep(engine) == of_sweep
    assert many <= few
    assert of_list < 25
