"""The errors with which a system says that a disk, or somebody's share of it, is full."""

import errno

FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
