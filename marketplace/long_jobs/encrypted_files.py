"""Results of long jobs, for those who replace keys."""

from marketplace.core.keys.private_files import PrivateFiles


class JobFiles(PrivateFiles):
    """The files that jobs have made, until they are fetched or deleted."""

    name, folder = "media/long_jobs", "long_jobs"
