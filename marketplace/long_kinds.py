"""Name → long job: everything that a person can ask for and wait for stands here."""

from marketplace.long_jobs.kinds import Kind

KINDS: dict[str, Kind] = {}
