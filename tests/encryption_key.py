"""The key with which tests encrypt; whoever reads the code knows it."""

import base64

KEY = base64.urlsafe_b64encode(b"a key for tests alone, 32 bytes.").decode()
