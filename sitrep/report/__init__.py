"""Report: what a publish came to -> what people are told: terminal, receipts, previews, status."""
