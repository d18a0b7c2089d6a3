"""Files of kept forms, for those who replace keys."""

from marketplace.core.keys.private_files import PrivateFiles


class KeptFiles(PrivateFiles):
    """The files that were sent with a form that could not be saved."""

    name, folder = "media/kept", "kept"
