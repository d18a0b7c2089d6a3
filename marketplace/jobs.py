"""Schedule → job: everything that runs by the clock stands here."""

from procrastinate import App


def schedule(app: App) -> None:
    """Register the periodic jobs (called once when Django is ready)."""
