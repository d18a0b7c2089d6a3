"""An import killed anywhere is continued by the same file: nothing twice, nothing forgotten."""

import io
from collections.abc import Callable
from typing import Any

import pytest

from catalog.errors import ImportRunning
from catalog.models import Listing, ListingPage, ListingRevision, RevisionState
from catalog.services import ImportReport, bulk, import_listings, import_steps, importing
from marketplace.embedded import models as engine
from tests.factories.shop import BY
from vendors.models import Cooperative
from vendors.scoping import CooperativeScope

FILE = "key,name,price,weight_grams,quantity\n" + "".join(
    f"K{n},Savon numéro {n},20,300,10\n" for n in range(1, 8)
)

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """What a signal does: no handler of ours catches it."""


def run(cooperative: Cooperative, report: ImportReport | None = None) -> ImportReport:
    return import_listings(
        file=io.BytesIO(FILE.encode()), cooperative=cooperative, by=BY, report=report
    )


def die(*_args: Any, **_kwargs: Any) -> None:
    raise Killed


def dying_after(real: Callable[..., Any]) -> Callable[..., Any]:
    def then_die(*args: Any, **kwargs: Any) -> None:
        real(*args, **kwargs)
        raise Killed

    return then_die


@pytest.mark.parametrize(
    "kill",
    [
        pytest.param(lambda m: m.setattr(bulk, "create_products", die), id="before the engine"),
        pytest.param(
            lambda m: m.setattr("catalog.publishing.bulk.ids.link_many", die),
            id="before its answer was noted",
        ),
        pytest.param(
            lambda m: m.setattr(bulk, "create_products", dying_after(bulk.create_products)),
            id="after the engine",
        ),
        pytest.param(lambda m: m.setattr(bulk, "_show", die), id="before it is shown"),
    ],
)
def test_a_killed_import_is_continued(
    cooperative: Cooperative,
    monkeypatch: pytest.MonkeyPatch,
    kill: Callable[[pytest.MonkeyPatch], None],
) -> None:
    monkeypatch.setattr(import_steps, "BATCH", 3)
    so_far = ImportReport()
    with monkeypatch.context() as patched:
        kill(patched)
        with pytest.raises(Killed):
            run(cooperative, so_far)
    # what was not reached is told
    assert so_far.count("waiting") == 7

    continued = run(cooperative)

    assert continued.count("imported") + continued.count("unchanged") == 7
    ours = Listing.objects.within(CooperativeScope(cooperative.pk))
    assert ours.count() == 7
    assert ListingPage.objects.filter(is_published=True).count() == 7
    assert engine.Product.objects.count() == 7
    # and a third time nothing is left to do
    assert run(cooperative).count("unchanged") == 7


def test_what_the_shop_refused_is_told_again(
    cooperative: Cooperative, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse_first(client: Any, proposals: Any) -> dict[Any, str]:
        return {proposals[0][0].pk: "This name is not allowed.", **real(client, proposals[1:])}

    real = bulk.create_products
    with monkeypatch.context() as patched:
        patched.setattr(bulk, "create_products", refuse_first)
        first = run(cooperative)
    assert (first.rows[0].outcome, first.rows[0].reason) == ("failed", "This name is not allowed.")
    assert first.count("imported") == 6

    again = run(cooperative)

    assert (again.rows[0].outcome, again.rows[0].reason) == (
        "failed",
        "Imported before and refused by the shop: This name is not allowed. "
        "Correct it in the portal.",
    )
    assert again.count("unchanged") == 6
    revisions = ListingRevision.objects.within(CooperativeScope(cooperative.pk))
    assert revisions.filter(state=RevisionState.RETURNED).count() == 1


def test_two_imports_of_a_cooperative_do_not_run_at_once(
    cooperative: Cooperative, monkeypatch: pytest.MonkeyPatch
) -> None:
    from contextlib import nullcontext

    monkeypatch.setattr(importing, "import_lock", lambda _pk: nullcontext(False))

    with pytest.raises(ImportRunning):
        run(cooperative)

    assert not Listing.objects.within(CooperativeScope(cooperative.pk)).exists()
