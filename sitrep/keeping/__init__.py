"""Keeping: identity and history. The ledger (text, append-only) and the archive (SQLite, disposable)."""
