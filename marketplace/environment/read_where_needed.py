"""Variables that never become a setting: passwords, and those of another library."""

from dataclasses import dataclass

from marketplace.environment.subject import BOTH, DEMO, WORKER


@dataclass(frozen=True)
class ReadWhereNeeded:
    """A row of the table for a variable that is read where it is needed."""

    subject: str
    name: str
    accepts: str
    default: str
    meaning: str
    by: str


READ_WHERE_NEEDED = (
    ReadWhereNeeded(
        "Monitoring",
        "TWIZA_WORKER_SIGN",
        "a path",
        "none; in the image, `/tmp/twiza-worker`",
        "A file that the worker touches every ten seconds while all its parts work; "
        "`python -m marketplace.core.sign_of_life` ends with 1 when that was a minute ago.",
        WORKER,
    ),
    ReadWhereNeeded(
        "Saleor",
        "SALEOR_ADMIN_EMAIL",
        "text",
        "asked for",
        "An administrator of the Saleor on which a demo world is created; not stored.",
        DEMO,
    ),
    ReadWhereNeeded(
        "Saleor",
        "SALEOR_ADMIN_PASSWORD",
        "text",
        "asked for",
        "That administrator's password, also for `twiza saleor install` and `rotate`; not stored.",
        "demo, commands",
    ),
    ReadWhereNeeded(
        "Monitoring",
        "OTEL_EXPORTER_OTLP_ENDPOINT",
        "an address",
        "empty: no traces are sent",
        "Where traces are sent (OTLP over HTTP, `http://collector:4318`). The other `OTEL_…` "
        "variables are OpenTelemetry's own.",
        BOTH,
    ),
    ReadWhereNeeded(
        "Monitoring",
        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
        "an address",
        "",
        "The same, for traces only.",
        BOTH,
    ),
    ReadWhereNeeded(
        "Monitoring",
        "OTEL_SERVICE_NAME",
        "text",
        "`twiza-web`, `twiza-worker`",
        "The service's name in traces.",
        BOTH,
    ),
    ReadWhereNeeded(
        "Monitoring",
        "OTEL_SDK_DISABLED",
        "`true`",
        "",
        "Sends no traces, even if an endpoint is set.",
        BOTH,
    ),
)
