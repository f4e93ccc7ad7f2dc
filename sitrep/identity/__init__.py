"""Identity: updates as read and as known -> which is which: keys, numbers, stamps, what changed."""
