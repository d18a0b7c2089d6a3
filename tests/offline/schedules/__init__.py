"""Random days of three phones: what happens, the phones themselves, and what must be true after."""
