"""The browser of the tests: Debian's chromium, or the one that ``TWIZA_CHROMIUM`` names."""

import os
import shutil

import pytest

CHROMIUM = os.environ.get("TWIZA_CHROMIUM") or shutil.which("chromium")
# With TWIZA_REQUIRE_BROWSER=1 (as in `.ci/run`) a missing one is a failure.
IS_REQUIRED = bool(os.environ.get("TWIZA_REQUIRE_BROWSER"))
needs_chromium = pytest.mark.skipif(
    not CHROMIUM and not IS_REQUIRED, reason="no chromium on this machine"
)
