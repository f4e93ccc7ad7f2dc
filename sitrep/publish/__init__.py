"""Publish: one look at the drop folder -> ledger, archive and output/ brought up to it."""
