"""Ledger: what cannot be derived again, as text, append-only: events -> what is known of each update."""
