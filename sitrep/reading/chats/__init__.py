"""Messages of an exported or copied chat -> items, and datelines for its days; no sender's name."""
