"""What the variables of one subject have in common, and the names of the processes."""

from pydantic_settings import BaseSettings, SettingsConfigDict

WEB, WORKER, BOTH, DEMO = "web", "worker", "web, worker", "demo"


class Variables(BaseSettings):
    """Variables of one subject; the class's docstring is their heading."""

    model_config = SettingsConfigDict(
        alias_generator=lambda field: f"TWIZA_{field.upper()}",
        case_sensitive=True,
        extra="ignore",
        frozen=True,
        validate_default=False,
    )
