"""How a cooperative delivers: from which sum it pays for it, and who may collect."""
