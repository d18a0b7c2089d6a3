"""The cooperative's adviser: who it is, what was done in its name, and the switch."""
