"""Every day: the payments, the provider, the carriers and the bank against the ledger."""
