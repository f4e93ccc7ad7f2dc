"""Claims: the items that speak of rumors -> rumors followed over time, and what became of each."""
