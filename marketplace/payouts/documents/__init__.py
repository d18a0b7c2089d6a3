"""Papers of the money: the monthly statement, the commission's invoice, the year's summary."""
