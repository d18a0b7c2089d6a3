"""A programme's payouts and books: prepare, approve, tell the bank, write down what it answered."""
