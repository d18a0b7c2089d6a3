"""The score: careful with few reviews, not ruined by one, and nearer to the mean with more."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.reviews.scores import STARS, lower_bound, score_of, score_rule

RULE = score_rule(date(2026, 12, 1))
COUNTS = st.fixed_dictionaries({stars: st.integers(0, 500) for stars in STARS})


def mean(counts: dict[int, int]) -> float:
    return sum(stars * n for stars, n in counts.items()) / sum(counts.values())


def bound(counts: dict[int, int]) -> float:
    return lower_bound(counts, RULE)


@given(COUNTS)
def test_it_is_a_number_of_stars(counts: dict[int, int]) -> None:
    assert 1 <= bound(counts) <= 5
    assert (score_of(counts) is None) == (sum(counts.values()) < RULE.fewest)


@given(COUNTS, st.sampled_from(STARS[:-1]))
def test_a_better_review_in_the_place_of_another_never_lowers_it(
    counts: dict[int, int], stars: int
) -> None:
    worse = counts | {stars: counts[stars] + 1}
    better = counts | {stars + 1: counts[stars + 1] + 1}
    assert bound(better) >= bound(worse)


@given(COUNTS)
def test_one_more_bad_review_takes_at_most_half_a_star(counts: dict[int, int]) -> None:
    if sum(counts.values()) >= RULE.fewest:
        assert 0 <= bound(counts) - bound(counts | {1: counts[1] + 1}) < 0.5


@pytest.mark.parametrize("n", [5, 6, 10])
def test_one_bad_review_among_few_takes_less_than_from_a_plain_mean(n: int) -> None:
    good, spoilt = {5: n}, {5: n, 1: 1}
    assert bound(good) - bound(spoilt) < mean(good) - mean(spoilt)


@given(st.fixed_dictionaries({stars: st.integers(1, 50) for stars in STARS}))
def test_with_more_reviews_of_the_same_kind_it_comes_nearer_to_their_mean(
    counts: dict[int, int],
) -> None:
    far = abs(mean(counts) - bound(counts))
    near = abs(mean(counts) - bound({stars: 40 * n for stars, n in counts.items()}))
    assert near < far or far < 0.05


def test_few_perfect_reviews_do_not_go_before_many_good_ones() -> None:
    assert bound({5: 5}) < bound({5: 160, 4: 40})


def test_the_rule_wants_five_and_names_where_it_comes_from() -> None:
    assert RULE.fewest == 5
    assert sum(RULE.prior) == pytest.approx(5)
    assert score_of({5: 5}, on=date(2026, 12, 1)) == 435
