"""The values of the facet of ratings."""

# Four stars and more, in hundredths of a star.
RATED_4, FOUR_STARS = "4", 400


def ratings_of(score: int | None) -> tuple[str, ...]:
    """The values that a score in hundredths of a star has; none without a score."""
    return (RATED_4,) if score is not None and score >= FOUR_STARS else ()
